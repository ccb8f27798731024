"""A draft in the chat: what it says, whom it is for, and the buttons that change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.screens.announcing import all_of_them, category_words
from bot.screens.announcing_presses import Op, of
from bot.screens.layout import Row, Rows, button, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.announcements.formatting import plain as without_markup
from core.announcements.model import (
    DOCUMENT_BYTES,
    MOST_LINKS,
    AnnouncementDetail,
    AnnouncementState,
    AttachmentKind,
    Awaits,
    Reach,
)
from core.events.model import EventRow
from core.timing.typed import say_moment

QUOTED, WHOM, NAME, TITLE = 500, 700, 80, 100
EVENTS = 8
MEGABYTES = DOCUMENT_BYTES // 1_000_000


@dataclass(frozen=True, slots=True)
class Composed:
    """What the screens of a composition show. `whom` is the audience as a sentence."""

    detail: AnnouncementDetail
    reach: Reach
    whom: str
    now: datetime

    @property
    def id(self) -> int:
        return self.detail.row.id

    @property
    def empty(self) -> bool:
        return not self.detail.content.text and self.detail.attachment is None

    def button(self, key: str, op: Op, *args: object, **params: object) -> Button:
        """A button of this announcement as it is worded now."""
        return button(plain(f"announcing.button.{key}", **params), of(self.id, self.detail.revision, op, *args))


def draft(composed: Composed, notice: str = "") -> Screen:
    """All of it on one screen."""
    parts = [_title(composed) + Markup("\n") + _words(composed), *_lines(composed)]
    if notice:
        parts.append(text("survey.notice", words=notice))
    return Screen(Markup("\n\n").join(parts), _buttons(composed))


def delete(composed: Composed) -> Screen:
    return Screen(
        text("announcing.draft.delete"),
        one_below_another(composed.button("delete_sure", Op.DELETE_SURE), composed.button("keep", Op.OPEN)),
    )


def prompt(composed: Composed, awaits: Awaits, notice: str = "") -> Screen:
    """Asks for a message; «Отмена» leads back to where one was."""
    count = composed.detail.row.counts.sent
    words = {
        Awaits.TEXT: lambda: text("announcing.prompt.text"),
        Awaits.ATTACHMENT: lambda: text("announcing.prompt.attachment", megabytes=MEGABYTES),
        Awaits.LINK: lambda: text("announcing.prompt.link"),
        Awaits.SEND_AT: lambda: text("announcing.prompt.send_at"),
        Awaits.CORRECTION: lambda: text("announcing.prompt.correction", count=count),
    }[awaits]()
    if notice:
        words += Markup("\n\n") + text("survey.notice", words=notice)
    back = Op.WHEN if awaits is Awaits.SEND_AT else Op.OPEN
    remove = {Awaits.ATTACHMENT: composed.detail.attachment, Awaits.LINK: composed.detail.content.links}.get(awaits)
    key, op = ("no_file", Op.NO_FILE) if awaits is Awaits.ATTACHMENT else ("no_links", Op.NO_LINKS)
    return Screen(
        words, one_below_another(composed.button(key, op) if remove else None, composed.button("cancel", back))
    )


def events(composed: Composed, coming: Sequence[EventRow]) -> Screen:
    """Which one the button registers for."""
    offered = [one for one in coming if one.starts_at > composed.now][:EVENTS]
    buttons = [button(one.title, of(composed.id, composed.detail.revision, Op.EVENT, one.id)) for one in offered]
    off = composed.button("event_off", Op.EVENT, 0) if composed.detail.content.event_id is not None else None
    words = text("announcing.events") if offered else text("announcing.no_events")
    return Screen(words, one_below_another(*buttons, off, composed.button("back", Op.OPEN)))


def _title(composed: Composed) -> Markup:
    row = composed.detail.row
    when = "" if row.send_at is None else say_moment(row.send_at, composed.now, composed.detail.timezone)
    match row.state:
        case AnnouncementState.SCHEDULED:
            return text("announcing.draft.scheduled", when=when)
        case AnnouncementState.REPEATING:
            return text("announcing.draft.repeating", when=when)
        case AnnouncementState.MISSED:
            return text("announcing.draft.missed")
        case _:
            return text("announcing.draft.title")


def _words(composed: Composed) -> Markup:
    """As a quotation, which messengers set apart by themselves; what is attached belongs to it."""
    words = shortened(without_markup(composed.detail.content.text), QUOTED)
    quoted = text("announcing.draft.text", words=words) if words else text("announcing.draft.no_text")
    return Markup("\n").join((quoted, *_attached(composed)))


def _lines(composed: Composed) -> list[Markup]:
    """Whom it is for; what to think of before sending."""
    content, parts = composed.detail.content, []
    parts.append(
        Markup("\n").join(
            (
                text("announcing.draft.category", category=category_words(content.category)),
                text("announcing.draft.people", whom=shortened(composed.whom, WHOM)),
                text("announcing.draft.reach", count=composed.reach.recipients, people=composed.reach.people),
            )
        )
    )
    if composed.reach.surnames:
        parts.append(text("announcing.draft.surnames", count=len(composed.reach.surnames)))
    if content.repeat is not None and composed.detail.row.state is AnnouncementState.DRAFT:
        parts.append(text("announcing.draft.repeat"))
    return parts


def _attached(composed: Composed) -> list[Markup]:
    content, attachment = composed.detail.content, composed.detail.attachment
    lines = []
    if attachment is not None and attachment.kind is AttachmentKind.PHOTO:
        lines.append(text("announcing.draft.photo"))
    elif attachment is not None:
        lines.append(text("announcing.draft.document", name=shortened(attachment.name, NAME)))
    if content.links:
        lines.append(text("announcing.draft.links", labels=[one.label for one in content.links]))
    if content.acknowledge:
        lines.append(text("announcing.draft.acknowledge"))
    if content.event_id is not None:
        lines.append(text("announcing.draft.event", title=shortened(composed.detail.event_title, TITLE)))
    return lines


def _buttons(composed: Composed) -> Rows:
    """What fits the state: one that waits for its time is first taken back."""
    row = composed.detail.row
    look: Row = () if composed.empty else (composed.button("look", Op.LOOK),)
    if row.state in (AnnouncementState.SCHEDULED, AnnouncementState.REPEATING):
        return _filled(look, (composed.button("unschedule", Op.UNSCHEDULE),), (all_of_them(row.municipality_id),))
    if row.state is AnnouncementState.MISSED:
        return _filled(
            look,
            (composed.button("send", Op.WHEN),),
            (all_of_them(row.municipality_id), composed.button("delete", Op.DELETE)),
        )
    return _filled(
        *_parts(composed),
        look,
        () if composed.empty or composed.detail.content.repeat else (composed.button("send", Op.WHEN),),
        (composed.button("close", Op.CLOSE), composed.button("delete", Op.DELETE)),
    )


def _parts(composed: Composed) -> Rows:
    content = composed.detail.content
    full = len(content.links) >= MOST_LINKS
    return (
        (composed.button("text" if content.text else "add_text", Op.TEXT), composed.button("file", Op.FILE)),
        (
            composed.button("no_links", Op.NO_LINKS) if full else composed.button("link", Op.LINK),
            composed.button("event", Op.EVENTS),
        ),
        (composed.button("acknowledge_on" if content.acknowledge else "acknowledge_off", Op.ACKNOWLEDGE),),
        (composed.button("category", Op.CATEGORIES), composed.button("audience", Op.AUDIENCE)),
    )


def _filled(*rows: Row) -> Rows:
    return tuple(row for row in rows if row)
