"""Keeping an audience under a name: from its own page and from another form's builder, changing and deleting it."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from admin.audiences import fields
from admin.audiences.reach import AudienceHere, Here, Manager, today
from admin.auth import CheckedViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import fragment, page
from admin.shell.path import RowId
from core.audiences import actions
from core.audiences.model import Audience
from core.audiences.rules import TITLE_LENGTH
from core.errors import AppError, Denied, NotFound

router = APIRouter()
LIST = "/audiences"


@dataclass(slots=True)
class AudienceForm:
    """`errors` by name of field."""

    title: str = ""
    shared: bool = False
    audience: Audience = field(default_factory=Audience)
    form_id: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@router.get("/audiences/new")
async def new(request: Request, services: ServicesHere, viewer: Manager) -> Response:
    return await _show(request, services, viewer, AudienceForm(form_id=secrets.token_urlsafe(12)))


@router.post("/audiences/new")
async def create(request: Request, services: ServicesHere, viewer: Manager, _checked: CheckedViewer) -> Response:
    """A doubled press keeps one."""
    sent = await request.form()
    form = _typed(sent)
    if sent.get("step") != "count" and await _kept(form, lambda: _save(services, viewer, form)):
        return flash.redirect(LIST, "audience.saved")
    return await _show(request, services, viewer, form, status=422 if form.errors else 200)


@router.post("/audiences/save")
async def save(request: Request, services: ServicesHere, viewer: Manager, _checked: CheckedViewer) -> HTMLResponse:
    """From the builder of another form, which stays as it is: the answer is a message for it."""
    form = _typed(await request.form())
    good = await _kept(form, lambda: _save(services, viewer, form))
    sentence = texts.text("audience.saved") if good else " ".join(form.errors.values())
    return HTMLResponse(fragment("audiences/said.html", good=good, sentence=sentence), status_code=200 if good else 422)


@router.get("/audiences/{audience_id}")
async def edit(request: Request, services: ServicesHere, here: AudienceHere) -> Response:
    row = here.row
    form = AudienceForm(title=row.title, shared=row.shared, audience=row.audience)
    return await _show(request, services, here.viewer, form, here)


@router.post("/audiences/{audience_id}")
async def change(request: Request, services: ServicesHere, here: AudienceHere, _checked: CheckedViewer) -> Response:
    sent = await request.form()
    form = _typed(sent)

    async def work() -> None:
        await actions.change(
            services.db,
            services.clock,
            here.viewer.actor,
            here.row.id,
            title=form.title,
            audience=form.audience,
            shared=form.shared,
        )

    if sent.get("step") != "count" and await _kept(form, work):
        return flash.redirect(LIST, "audience.changed")
    return await _show(request, services, here.viewer, form, here, status=422 if form.errors else 200)


@router.get("/audiences/{audience_id}/delete")
async def ask(request: Request, here: AudienceHere) -> Response:
    if not here.row.may_change:
        raise Denied
    return page(request, "audiences/delete.html", here.viewer, row=here.row, form_id=secrets.token_urlsafe(12))


@router.post("/audiences/{audience_id}/delete")
async def discard(
    request: Request, services: ServicesHere, viewer: Manager, _checked: CheckedViewer, audience_id: RowId
) -> Response:
    """A second press finds it gone and leads to the same list."""

    async def work() -> str:
        await actions.discard(services.db, services.clock, viewer.actor, audience_id)
        return LIST

    # The page's own id keeps it apart from a later one that gets the same number.
    form_id = str((await request.form()).get("form_id", ""))[:40] or secrets.token_urlsafe(12)
    place = await services.once.run(f"{viewer.actor.account_id}:{audience_id}:{form_id}", work)
    return flash.redirect(place, "audience.discarded")


async def _save(services: Services, viewer: Viewer, form: AudienceForm) -> None:
    async def work() -> str:
        await actions.save(
            services.db,
            services.clock,
            viewer.actor,
            viewer.municipality.id,
            form.title,
            form.audience,
            shared=form.shared,
        )
        return LIST

    await services.once.run(f"{viewer.actor.account_id}:{form.form_id}", work)


async def _kept(form: AudienceForm, work: Callable[[], Awaitable[None]]) -> bool:
    """Whether core took it; why not is among the form's errors then."""
    try:
        await work()
    except (Denied, NotFound):
        raise
    except AppError as error:
        place = "audience" if error.key == "audience.foreign" else "title"
        form.errors[place] = texts.sentence(error)
        return False
    return True


def _typed(sent: FormData) -> AudienceForm:
    return AudienceForm(
        title=str(sent.get("title", "")).strip(),
        shared=sent.get("shared") == "yes",
        audience=fields.typed(sent),
        form_id=str(sent.get("form_id", ""))[:40] or secrets.token_urlsafe(12),
    )


async def _show(
    request: Request,
    services: Services,
    viewer: Viewer,
    form: AudienceForm,
    here: Here | None = None,
    *,
    status: int = 200,
) -> Response:
    day = today(services, viewer)
    async with services.db.read() as session:
        builder = await fields.choices(
            session, viewer.actor, viewer.municipality.id, form.audience, day, recount=True, keeps=False
        )
    row = here.row if here else None
    return page(
        request,
        "audiences/form.html",
        viewer,
        status=status,
        row=row,
        form=form,
        audience=builder,
        may_change=row is None or row.may_change,
        title_length=TITLE_LENGTH,
    )
