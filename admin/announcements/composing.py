"""Writing an announcement: a new one, and a draft that exists."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.announcements import form_page, forms
from admin.announcements.form_page import NEW, Place
from admin.announcements.forms import AnnouncementForm
from admin.announcements.reach import AnnouncementHere, Author, Here, managing
from admin.auth import UploadingViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from core.announcements import actions, queries
from core.announcements.model import AnnouncementState, NewAttachment
from core.errors import AppError, Denied, NotFound

router = APIRouter()

LOOKS = frozenset({"preview", "count"})
"""Buttons for browsers without scripts: they show the form again and store nothing."""
CLASHES = frozenset({"announcement.changed_meanwhile", "announcement.not_draft"})
"""Somebody else was quicker."""


@router.get("/announcements/new")
async def new(request: Request, services: ServicesHere, viewer: Author) -> Response:
    form = forms.blank(form_page.today(services, viewer))
    return await form_page.show(request, services, viewer, form, NEW)


@router.post("/announcements/new")
async def create(request: Request, services: ServicesHere, viewer: UploadingViewer) -> Response:
    managing(viewer)
    sent = await request.form()
    form, status = forms.typed(sent), 200
    if sent.get("step") not in LOOKS:
        file = await form_page.file_of(sent, form)
        forms.check(form, form_page.today(services, viewer), attached=file is not None)
        if not form.errors and (place := await _create(services, viewer, form, file)) is not None:
            return _saved(place, form, str(sent.get("step")), "announcement.created")
        form_page.ask_for_file_again(form, file)
        status = 422
    return await form_page.show(request, services, viewer, form, NEW, status=status)


@router.get("/announcements/{announcement_id}/edit")
async def edit(request: Request, services: ServicesHere, here: AnnouncementHere) -> Response:
    """The form as the draft stands; when it is none any more, the card."""
    if here.detail.row.state is not AnnouncementState.DRAFT:
        return RedirectResponse(here.card, status_code=303)
    form = forms.filled(here.detail, form_page.today(services, here.viewer))
    return await form_page.show(request, services, here.viewer, form, _place(here), detail=here.detail)


@router.post("/announcements/{announcement_id}/edit")
async def change(request: Request, services: ServicesHere, here: AnnouncementHere, viewer: UploadingViewer) -> Response:
    """What somebody else changed meanwhile is shown beside; saving once more puts this in its place."""
    sent = await request.form()
    form, status = forms.typed(sent), 200
    if sent.get("step") not in LOOKS:
        file = await form_page.file_of(sent, form)
        kept = here.detail.attachment is not None and not form.drop_attachment
        forms.check(form, form_page.today(services, viewer), attached=kept or file is not None)
        try:
            if not form.errors and (place := await _change(services, here, form, file)) is not None:
                return _saved(place, form, str(sent.get("step")), "announcement.changed")
        except AppError as error:
            if error.key not in CLASHES:
                raise
            return await _clash(request, services, here, form, error)
        form_page.ask_for_file_again(form, file)
        status = 422
    return await form_page.show(request, services, viewer, form, _place(here), detail=here.detail, status=status)


async def _create(services: Services, viewer: Viewer, form: AnnouncementForm, file: NewAttachment | None) -> str | None:
    """Address of the card; None when core refused it."""
    db, clock, actor = services.db, services.clock, viewer.actor

    async def work() -> str:
        made = await actions.create(db, clock, actor, viewer.municipality.id, form.content())
        if file is not None:
            async with db.read() as session:
                revision = (await queries.detail(session, actor, made)).revision
            await actions.attach(db, clock, actor, made, file, revision=revision)
        return f"/announcements/{made}"

    return await _once(services, viewer, form, file, work)


async def _change(services: Services, here: Here, form: AnnouncementForm, file: NewAttachment | None) -> str | None:
    """Address of the card; None when core refused it. Raises AppError of CLASHES."""
    db, clock, actor, which = services.db, services.clock, here.viewer.actor, here.id

    async def work() -> str:
        revision = form.revision
        # A text may be too long with the attachment and not without it, so what is dropped goes first.
        if form.drop_attachment and file is None:
            revision = await actions.attach(db, clock, actor, which, None, revision=revision)
        revision = await actions.change(db, clock, actor, which, form.content(), revision=revision)
        if file is not None:
            await actions.attach(db, clock, actor, which, file, revision=revision)
        return here.card

    return await _once(services, here.viewer, form, file, work)


async def _once(
    services: Services,
    viewer: Viewer,
    form: AnnouncementForm,
    file: NewAttachment | None,
    work: Callable[[], Awaitable[str]],
) -> str | None:
    key = f"{viewer.actor.account_id}:announcement:{form.form_id}:{form.mark}:{hash(file)}"
    try:
        return await services.once.run(key, work)
    except (Denied, NotFound):
        raise
    except AppError as error:
        if error.key in CLASHES:
            raise
        form_page.refuse(form, error)
        return None


async def _clash(request: Request, services: Services, here: Here, form: AnnouncementForm, error: AppError) -> Response:
    async with services.db.read() as session:
        detail = await queries.detail(session, here.viewer.actor, here.id)
    form.revision = detail.revision
    return await form_page.show(
        request,
        services,
        here.viewer,
        form,
        _place(here),
        detail=detail,
        clash=texts.sentence(error),
        status=409,
    )


def _saved(card: str, form: AnnouncementForm, step: str, key: str) -> Response:
    """To the card, or on to the question whether it is to go out."""
    if step == "send":
        return RedirectResponse(f"{card}/{'series' if form.repeats else 'send'}", status_code=303)
    return flash.redirect(card, key)


def _place(here: Here) -> Place:
    return Place("Изменить объявление", f"{here.card}/edit", here.card, here.detail.row.heading or "Объявление")
