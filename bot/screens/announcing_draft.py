"""A draft in the chat: what it says, whom it is for, and the buttons that change it."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.screens.announcing import all_of_them, category_words
from bot.screens.announcing_presses import Op, of
from bot.screens.layout import Row, Rows, button, shortened
from bot.screens.model import Button, Screen
from bot.texts import explain, plain, text
from core.announcements.formatting import plain as without_markup
from core.announcements.model import (
    MOST_LINKS,
    AnnouncementDetail,
    AnnouncementState,
    AttachmentKind,
    Reach,
)
from core.announcements.rules import check_ready
from core.clock import local_date
from core.errors import AppError
from core.timing.repeat_words import how_often, up_to
from core.timing.typed import say_moment

QUOTED, WHOM, NAME, TITLE = 500, 700, 80, 100


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

    @property
    def refusal(self) -> AppError | None:
        """Why it cannot go out as it is."""
        try:
            check_ready(self.detail.content, attached=self.detail.attachment is not None)
        except AppError as error:
            return error
        return None

    def button(self, key: str, op: Op, *args: object, **params: object) -> Button:
        """A button of this announcement as it is worded now."""
        return button(plain(f"announcing.button.{key}", **params), of(self.id, self.detail.revision, op, *args))


def draft(composed: Composed, notice: str = "") -> Screen:
    """All of it on one screen."""
    parts = [_title(composed) + Markup("\n") + _words(composed), *_lines(composed)]
    if notice:
        parts.append(text("survey.notice", words=notice))
    return Screen(Markup("\n\n").join(parts), _buttons(composed))


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
    if composed.refusal is not None and not composed.empty:
        parts.append(text("survey.notice", words=explain(composed.refusal)))
    if composed.reach.surnames:
        parts.append(text("announcing.draft.surnames", count=len(composed.reach.surnames)))
    if content.repeat is not None:
        idle = composed.detail.row.state is AnnouncementState.DRAFT
        key = "announcing.draft.repeat_idle" if idle else "announcing.draft.repeat"
        today = local_date(composed.now, composed.detail.timezone)
        parts.append(text(key, how=f"{how_often(content.repeat)}, {up_to(content.repeat, today)}"))
    if content.at_once:
        parts.append(text("announcing.draft.at_once"))
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
    ready = composed.refusal is None
    look: Row = () if not ready else (composed.button("look", Op.LOOK),)
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
        () if not ready else (composed.button("send", Op.WHEN),),
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
