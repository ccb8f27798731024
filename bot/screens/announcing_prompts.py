"""What a draft is asked about: its words, a file, a button, a time, an event, whether it may go."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.screens.announcing_draft import Composed
from bot.screens.announcing_presses import Op, of
from bot.screens.layout import button, one_below_another
from bot.screens.model import Screen
from bot.texts import text
from core.announcements.model import DOCUMENT_BYTES, Awaits
from core.events.model import EventRow

EVENTS = 8
MEGABYTES = DOCUMENT_BYTES // 1_000_000


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
