"""A sheet of invites: first what it would do, then the file, at once, for its codes are stored nowhere."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer
from admin.invites import files, sheet_form
from admin.invites.reach import Place, PlaceHere, chosen
from admin.invites.sheet_form import SheetForm
from admin.invites.words import TERM_CHOICES, WHOM
from admin.services import Services, ServicesHere
from admin.shell import texts
from admin.shell.page import page
from core.errors import AppError, Denied, NotFound
from core.invites import actions, queries
from core.invites.model import Sheet, SheetPlan, SheetRequest, Whom

router = APIRouter()


@router.get("/invites/{organisation_id}/sheet")
async def form(request: Request, services: ServicesHere, here: PlaceHere) -> Response:
    return await _show(request, services, here, sheet_form.blank(chosen(request.query_params.getlist("person"))))


@router.post("/invites/{organisation_id}/sheet")
async def make(request: Request, services: ServicesHere, here: PlaceHere, _checked: CheckedViewer) -> Response:
    wanted = sheet_form.typed(await request.form())
    try:
        sheet = await _made(services, here, wanted)
        links = [await _link(services, slip.code) for slip in sheet.slips]
    except (Denied, NotFound):
        raise
    except AppError as error:
        return await _show(request, services, here, wanted, error)
    now = services.clock.now()
    content = await files.render(sheet, links, wanted.ending, now, consents=wanted.consents)
    return files.attachment(content, f"Приглашения - {here.name}", wanted.ending)


async def _made(services: Services, here: Place, wanted: SheetForm) -> Sheet:
    """The sheet of this form: made now, or a moment ago by the same form (admin.invites.kept)."""
    await _link(services, "")  # asked first: when the bot has no name yet, nothing is made and nothing ends
    order, actor = wanted.request(here.id), here.viewer.actor

    async def work() -> Sheet:
        return await actions.make_sheet(services.db, services.clock, actor, order)

    key = (actor.account_id, wanted.form_id)
    return await services.sheets.get_or_make(key, order, services.clock.now(), work)


async def _link(services: Services, code: str) -> str:
    link = await services.invite_link(code)
    if link is None:
        raise AppError("invite.no_bot")
    return link


async def _show(
    request: Request, services: Services, here: Place, wanted: SheetForm, error: AppError | None = None
) -> Response:
    """The form, with what each choice would do as things stand now. After an error it counts as a new form."""
    offered = (Whom.CHOSEN,) if wanted.teachers else (Whom.MISSING, Whom.NOT_JOINED)
    plans = [await _plan(services, here, wanted, whom) for whom in offered]
    if error is not None:
        wanted.errors["days" if error.key == "invite.term_unknown" else "whom"] = texts.sentence(error)
        wanted.form_id = sheet_form.new_id()
    if wanted.whom not in offered:
        wanted.whom = offered[0]
    return page(
        request,
        "invites/sheet.html",
        here.viewer,
        status=200 if error is None else 409,
        here=here,
        form=wanted,
        plans=dict(zip(offered, plans, strict=True)),
        seen=plans[0].seen,
        whom=WHOM,
        terms=TERM_CHOICES,
    )


async def _plan(services: Services, here: Place, wanted: SheetForm, whom: Whom) -> SheetPlan:
    order = SheetRequest(here.id, whom, 0, 0, wanted.teachers)
    async with services.db.read() as session:
        return await queries.plan(session, here.viewer.actor, order, services.clock.now())
