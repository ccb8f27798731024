"""Sending, scheduling, pausing, recalling and the rest: a page that asks, a press that does."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from admin.announcements import bubble, consequences, performing, steps
from admin.announcements.reach import AnnouncementHere, Here, managing, zone_title
from admin.announcements.steps import Step
from admin.auth import CheckedViewer
from admin.campaigns.forms import local_text
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.announcements import actions, queries
from core.announcements.model import Reach
from core.audiences.describing import describe
from core.errors import AppError, Denied, NotFound

router = APIRouter()


@dataclass(slots=True)
class Asked:
    """What the question holds beside its sentences; `errors` by name of field."""

    send_at: str = ""
    revision: int = 0
    sure: bool = False
    """They have looked at the surnames once more."""
    form_id: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@router.get("/announcements/{announcement_id}/{code}")
async def ask(request: Request, services: ServicesHere, here: AnnouncementHere, code: str) -> Response:
    """The question before the change; when there is nothing to change any more, the card."""
    step = _step(code)
    if step not in steps.offered(here.detail):
        return RedirectResponse(here.card, status_code=303)
    asked = Asked(_suggested(services, here), here.detail.revision, form_id=secrets.token_urlsafe(12))
    return await _question(request, services, here, step, asked)


@router.post("/announcements/{announcement_id}/preview")
async def preview(services: ServicesHere, here: AnnouncementHere, _checked: CheckedViewer) -> Response:
    """Sends it to the chat of whoever looks at it."""
    try:
        await actions.preview(services.db, services.clock, here.viewer.actor, here.id)
    except (Denied, NotFound):
        raise
    except AppError as error:
        return flash.redirect(here.card, error.key, good=False, **error.params)
    services.wake_sender()
    return flash.redirect(here.card, "announcement.previewed")


@router.post("/announcements/{announcement_id}/delete")
async def discard(request: Request, services: ServicesHere, viewer: CheckedViewer, announcement_id: RowId) -> Response:
    """A second press does not find the announcement any more and is led to the same list."""
    managing(viewer)

    async def work() -> str:
        await actions.discard(services.db, services.clock, viewer.actor, announcement_id)
        return "/announcements"

    # The page's own id keeps it apart from a later announcement that gets the same number.
    form_id = str((await request.form()).get("form_id", ""))[:40] or secrets.token_urlsafe(12)
    key = f"{viewer.actor.account_id}:announcement:{announcement_id}:delete:{form_id}"
    try:
        place = await services.once.run(key, work)
    except (Denied, NotFound):
        raise
    except AppError as error:
        return flash.redirect(f"/announcements/{announcement_id}", error.key, good=False, **error.params)
    return flash.redirect(place, "announcement.discarded")


@router.post("/announcements/{announcement_id}/{code}")
async def change(
    request: Request, services: ServicesHere, here: AnnouncementHere, _checked: CheckedViewer, code: str
) -> Response:
    """A second press finds the change made and leads to the same card."""
    step, asked = _step(code), _typed(await request.form())
    reach = await _reach(services, here) if step.code in steps.CHECKED and step in steps.offered(here.detail) else None
    if reach is not None and reach.surnames and not asked.sure:
        asked.errors["sure"] = texts.text("announcement.surnames_unchecked")
        return await _question(request, services, here, step, asked, status=422)
    try:
        done = await performing.perform(services, here, step.code, asked.send_at, asked.revision, asked.form_id)
    except (Denied, NotFound):
        raise
    except AppError as error:
        if error.key in performing.AT_FIELD:
            asked.errors["send_at"] = texts.sentence(error)
            return await _question(request, services, here, step, asked, status=422)
        return flash.redirect(here.card, error.key, good=False, **error.params)
    return flash.redirect(done.place, done.key, good=True, **done.params)


async def _question(
    request: Request, services: Services, here: Here, step: Step, asked: Asked, *, status: int = 200
) -> Response:
    reach = await _reach(services, here) if step.code in steps.CHECKED else None
    async with services.db.read() as session:
        place, content = here.detail.row.municipality_id, here.detail.content
        whom = await describe(session, here.viewer.actor, place, content.audience)
    return page(
        request,
        "announcements/confirm.html",
        here.viewer,
        status=status,
        detail=here.detail,
        step=step,
        asked=asked,
        reach=reach,
        whom=whom,
        sentences=_sentences(services, here, step, reach),
        shown=bubble.of_detail(here.detail).html(),
        zone_title=zone_title(services, here.viewer),
    )


def _sentences(services: Services, here: Here, step: Step, reach: Reach | None) -> list[str]:
    if reach is None:
        return consequences.of(step.code, here.detail)
    match step.code:
        case "schedule":
            return consequences.later(reach)
        case "series":
            return consequences.repeating(here.detail, reach)
        case _:
            return consequences.going_out(reach, services.clock.now(), here.zone)


async def _reach(services: Services, here: Here) -> Reach:
    async with services.db.read() as session:
        return await queries.reach(
            session, services.clock, here.viewer.actor, here.detail.row.municipality_id, here.detail.content
        )


def _typed(form: FormData) -> Asked:
    revision = str(form.get("revision", ""))
    return Asked(
        send_at=str(form.get("send_at", "")),
        revision=int(revision) if re.fullmatch(r"\d{1,9}", revision, re.ASCII) else 0,
        sure=form.get("sure") == "yes",
        form_id=str(form.get("form_id", ""))[:40],
    )


def _suggested(services: Services, here: Here) -> str:
    """The time that is set, or the next full hour but one."""
    hour: datetime = services.clock.now().replace(minute=0, second=0, microsecond=0)
    return local_text(here.detail.row.send_at or hour + timedelta(hours=2), here.zone)


def _step(code: str) -> Step:
    try:
        return steps.by_code(code)
    except KeyError:
        raise NotFound from None
