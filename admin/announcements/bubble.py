"""An announcement as the phone shows it: the message, what is attached, the buttons under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from admin.announcements.files import TYPES
from admin.shell.page import fragment
from core.announcements import formatting
from core.announcements.model import AnnouncementDetail, AttachmentKind, AttachmentView, Category, Content, Link

ACKNOWLEDGE = "✓ Ознакомлен(а)"
REGISTER = "📅 Записаться"
MUTE = "🔕"
MUTE_ALONE = "🔕 Не присылать такое"
_AFTER_BLOCK = re.compile(r"(</(?:blockquote|pre)>)\n")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """`address` of a photo; empty: the page shows it itself out of what was chosen just now."""

    kind: AttachmentKind
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    text: Markup
    enclosed: Enclosed | None
    rows: tuple[tuple[str, ...], ...]
    """Labels of the buttons."""

    def html(self) -> Markup:
        return Markup(fragment("announcements/bubble.html", bubble=self))  # noqa: S704 - made by a template that escapes


def of_detail(detail: AnnouncementDetail) -> Bubble:
    return of_content(detail.content, enclosed(detail.row.id, detail.attachment))


def of_content(content: Content, attached: Enclosed | None) -> Bubble:
    registers = content.event_id is not None
    return Bubble(
        in_html(content.text),
        attached,
        buttons(content.links, content.category, acknowledge=content.acknowledge, registers=registers),
    )


def in_html(text: str) -> Markup:
    """Raises AppError announcement.* for anything but the small set, so nothing else gets onto a page."""
    # What stands in a block of its own begins a line anyway: a page would show the line break as an empty line.
    shown = _AFTER_BLOCK.sub(r"\1", formatting.check(text))
    return Markup(shown)  # noqa: S704 - checked just above


def buttons(links: Sequence[Link], category: str, *, acknowledge: bool, registers: bool) -> tuple[tuple[str, ...], ...]:
    """Rows of labels, as bot.screens.announcement_letters puts them."""
    own = ([REGISTER] if registers else []) + ([ACKNOWLEDGE] if acknowledge else [])
    rows = [(one,) for one in (*(link.label for link in links), *own)]
    if category == Category.IMPORTANT:
        return tuple(rows)
    return (*rows[:-1], (*rows[-1], MUTE)) if own else (*rows, (MUTE_ALONE,))


def enclosed(announcement_id: int, attachment: AttachmentView | None) -> Enclosed | None:
    if attachment is None:
        return None
    address = f"/announcements/{announcement_id}/attachment?v={attachment.id}"
    return Enclosed(attachment.kind, attachment.name, address)


def picked(name: str, *, as_file: bool) -> Enclosed | None:
    """What a file of this name, chosen and not yet sent, will become."""
    if not name:
        return None
    type_ = TYPES.get(PurePath(name).suffix.lower())
    photo = type_ is not None and type_.is_photo and not as_file
    return Enclosed(AttachmentKind.PHOTO if photo else AttachmentKind.DOCUMENT, name[:150])
