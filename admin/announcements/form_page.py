"""The form of an announcement as a page, for a new one and for a draft."""

from dataclasses import dataclass
from datetime import date

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from admin.announcements import bubble, files
from admin.announcements.forms import AnnouncementForm
from admin.announcements.previewing import drawn
from admin.announcements.reach import zone_title
from admin.announcements.words import CATEGORIES, EVERY
from admin.audiences import fields as audience_fields
from admin.auth import Viewer
from admin.services import Services
from admin.shell import texts
from admin.shell.page import page
from admin.shell.words import EVENT_KINDS
from core.announcements.model import (
    DOCUMENT_BYTES,
    LABEL_LENGTH,
    PHOTO_BYTES,
    AnnouncementDetail,
    NewAttachment,
)
from core.announcements.rules import MEGABYTE
from core.clock import local_date
from core.errors import AppError
from core.events.queries import listing as events_of

FIELD_OF = {
    "announcement.bad_markup": "text",
    "announcement.empty": "text",
    "announcement.too_long": "text",
    "event.over": "event",
    "audience.foreign": "audience",
}
"""Where on the form an error of core belongs; the others stand above it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the form stands: its title, where it is sent, where one goes back to."""

    title: str
    action: str
    back: str
    back_title: str


NEW = Place("Новое объявление", "/announcements/new", "/announcements", "Объявления")


async def show(  # noqa: PLR0913 - one page, shown from four places
    request: Request,
    services: Services,
    viewer: Viewer,
    form: AnnouncementForm,
    place: Place,
    *,
    detail: AnnouncementDetail | None = None,
    clash: str = "",
    status: int = 200,
) -> Response:
    """`clash`: a sentence about what somebody else did to the draft meanwhile; what they left is shown beside."""
    here, now = viewer.municipality.id, services.clock.now()
    async with services.db.read() as session:
        events = await events_of(session, viewer.actor, here)
        audience = await audience_fields.choices(
            session, viewer.actor, here, form.audience, today(services, viewer), recount=True
        )
    attached = None if detail is None or form.drop_attachment else bubble.enclosed(detail.row.id, detail.attachment)
    return page(
        request,
        "announcements/form.html",
        viewer,
        status=status,
        place=place,
        form=form,
        detail=detail,
        clash=clash,
        theirs=bubble.of_detail(detail).html() if clash and detail is not None else "",
        shown=drawn(form, attached),
        audience=audience,
        events=[one for one in events if one.starts_at > now or one.id == form.event_id],
        categories=CATEGORIES,
        every=EVERY,
        event_kinds=EVENT_KINDS,
        accept=files.ACCEPT,
        photo_limit=PHOTO_BYTES // MEGABYTE,
        document_limit=DOCUMENT_BYTES // MEGABYTE,
        label_length=LABEL_LENGTH,
        zone_title=zone_title(services, viewer),
    )


def today(services: Services, viewer: Viewer) -> date:
    return local_date(services.clock.now(), viewer.municipality.timezone)


async def file_of(sent: FormData, form: AnnouncementForm) -> NewAttachment | None:
    """None also for a file that will not do; why not is among the form's errors then."""
    try:
        return await files.sent(sent)
    except AppError as error:
        form.errors[files.FIELD] = texts.sentence(error)
        return None


def refuse(form: AnnouncementForm, error: AppError) -> None:
    """Puts an error of core where it belongs."""
    form.errors[FIELD_OF.get(error.key, "text")] = texts.sentence(error)


def ask_for_file_again(form: AnnouncementForm, file: NewAttachment | None) -> None:
    """A browser forgets the file that came with a form that was refused."""
    if file is not None:
        form.errors.setdefault(files.FIELD, f"Файл «{file.name}» подходит, но его нужно выбрать ещё раз.")
