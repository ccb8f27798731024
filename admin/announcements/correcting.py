"""Correcting an announcement that people have already: its text and its links, in every chat."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from admin.announcements import bubble, form_page, forms, link_fields
from admin.announcements.forms import AnnouncementForm
from admin.announcements.previewing import drawn
from admin.announcements.reach import AnnouncementHere, Here
from admin.auth import CheckedViewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.formatting import plural
from admin.shell.page import page
from core.announcements import actions, formatting, rules
from core.announcements.model import LABEL_LENGTH
from core.announcements.rules import Step
from core.announcements.surnames import surnames_in
from core.errors import AppError, Denied, NotFound

router = APIRouter()


@router.get("/announcements/{announcement_id}/correct")
async def ask(request: Request, services: ServicesHere, here: AnnouncementHere) -> Response:
    """The text as it stands; when there is nothing to correct, the card."""
    if Step.CORRECT not in rules.steps(here.detail.row.state):
        return RedirectResponse(here.card, status_code=303)
    form = forms.filled(here.detail, form_page.today(services, here.viewer))
    return _show(request, here, form)


@router.post("/announcements/{announcement_id}/correct")
async def correct(
    request: Request, services: ServicesHere, here: AnnouncementHere, _checked: CheckedViewer
) -> Response:
    sent = await request.form()
    form = _typed(sent, here)
    if sent.get("step") == "preview":
        return _show(request, here, form)
    form.errors.update(link_fields.errors(form.pairs))
    if wrong := forms.wrong_text(form.text, attached=here.detail.attachment is not None):
        form.errors["text"] = wrong
    surnames = () if "text" in form.errors else await _surnames(services, here, form)
    sure = sent.get("sure") == "yes"
    if surnames and not sure:
        form.errors["sure"] = texts.text("announcement.surnames_unchecked")
    if form.errors:
        return _show(request, here, form, surnames, sure=sure, status=422)
    return await _correct(request, services, here, form)


async def _correct(request: Request, services: Services, here: Here, form: AnnouncementForm) -> Response:
    text, links = formatting.from_marks(form.text), link_fields.links(form.pairs)
    db, clock, actor = services.db, services.clock, here.viewer.actor
    try:
        chats = await actions.correct(db, clock, actor, here.id, text, links, revision=form.revision)
    except (Denied, NotFound):
        raise
    except AppError as error:
        form.errors["text"] = texts.sentence(error)
        if error.key == "announcement.changed_meanwhile":
            form.revision = here.detail.revision
        return _show(request, here, form, status=409)
    services.wake_sender()
    told = plural(chats, "чате", "чатах", "чатах")
    return flash.redirect(here.card, "announcement.corrected", chats=told)


async def _surnames(services: Services, here: Here, form: AnnouncementForm) -> tuple[str, ...]:
    """New ones only: those that were there before have been looked at."""
    place, new = here.detail.row.municipality_id, formatting.plain(formatting.from_marks(form.text))
    async with services.db.read() as session:
        found = await surnames_in(session, place, new)
        before = await surnames_in(session, place, formatting.plain(here.detail.content.text))
    return tuple(one for one in found if one not in before)


def _typed(sent: FormData, here: Here) -> AnnouncementForm:
    """What cannot be corrected any more is as it stands."""
    revision, content = str(sent.get("revision", "")), here.detail.content
    return AnnouncementForm(
        category=content.category.value,
        text=str(sent.get("text", "")).replace("\r\n", "\n").strip(),
        pairs=forms.pairs_of(sent),
        acknowledge=content.acknowledge,
        event="" if content.event_id is None else str(content.event_id),
        revision=int(revision) if re.fullmatch(r"\d{1,9}", revision, re.ASCII) else 0,
    )


def _show(
    request: Request,
    here: Here,
    form: AnnouncementForm,
    surnames: tuple[str, ...] = (),
    *,
    sure: bool = False,
    status: int = 200,
) -> Response:
    return page(
        request,
        "announcements/correct.html",
        here.viewer,
        status=status,
        detail=here.detail,
        form=form,
        surnames=surnames,
        sure=sure,
        chats=here.detail.row.counts.sent,
        shown=drawn(form, bubble.enclosed(here.id, here.detail.attachment)),
        label_length=LABEL_LENGTH,
    )
