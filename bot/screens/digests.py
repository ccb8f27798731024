"""What was over the daily limit, as one message: the beginning of each, and a button that shows the whole."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.screens.errands import Drop, Errand, Hold, Show
from bot.screens.layout import Row, button, one_below_another, shortened
from bot.screens.model import Button, Document, File, Picture, Screen
from bot.texts import plain, text
from core.announcements import formatting
from core.clock import Clock
from core.outgoing import actions, queries
from core.outgoing.model import DigestLine
from storage.outbox import Claimed
from storage.session import Database

SHOW, PAGE = "digest:show:", "digest:page:"
"""Followed by the id of a delivery; by the day as an ordinal and the number of the page."""
ON_A_PAGE = 8
BEGINNING = 160

Letter = Callable[[Database, Clock, Claimed], Awaitable[Errand]]
"""What a delivery looks like, whatever the hour (bot.screens.deliveries.letter)."""


@dataclass(frozen=True, slots=True)
class Line:
    delivery_id: int
    beginning: str


async def digest(db: Database, clock: Clock, delivery: Claimed, letter: Letter) -> Errand:
    """A single message goes by itself instead; one that has nothing left in it does not go.

    What belongs to something paused waits with it; what is not wanted any more says so in its row.
    """
    account, lines = delivery.account_id, []
    for one, errand in await _opened(db, clock, account, date.fromordinal(delivery.subject), letter):
        match errand:
            case Show(screen):
                lines.append(Line(one.delivery_id, _beginning(screen)))
            case Hold():
                await actions.hold(db, account, one.delivery_id)
            case Drop(reason):
                await actions.withdraw(db, account, one.delivery_id, reason)
    if not lines:
        return Drop("nothing_left")
    if len(lines) == 1:
        await actions.release(db, account, lines[0].delivery_id)
        return Drop("released")
    return Show(page(lines, delivery.subject, 0))


async def lines_of(db: Database, clock: Clock, account_id: int, day: date, letter: Letter) -> list[Line]:
    """Of what is still to be read."""
    opened = await _opened(db, clock, account_id, day, letter)
    return [Line(one.delivery_id, _beginning(errand.screen)) for one, errand in opened if isinstance(errand, Show)]


async def _opened(
    db: Database, clock: Clock, account_id: int, day: date, letter: Letter
) -> list[tuple[DigestLine, Errand]]:
    async with db.read() as session:
        waiting = await queries.digest(session, account_id, day)
    return [
        (one, Drop(queries.MUTED) if one.muted else await letter(db, clock, claimed(one, account_id)))
        for one in waiting
    ]


def claimed(line: DigestLine, account_id: int) -> Claimed:
    """As the sender would hand it over."""
    return Claimed(line.delivery_id, line.kind, line.subject, account_id, line.params, 1, None, None, slot=line.slot)


def page(lines: Sequence[Line], day: int, number: int) -> Screen:
    """`day` as an ordinal; a page that is not there is the last one."""
    first = min(number, (len(lines) - 1) // ON_A_PAGE) * ON_A_PAGE
    shown = list(enumerate(lines[first : first + ON_A_PAGE], first + 1))
    parts = [text("digest.text"), *(text("digest.line", number=at, beginning=one.beginning) for at, one in shown)]
    turning = _turning(first // ON_A_PAGE, len(lines), day)
    rows = (*one_below_another(*(_button(at, one) for at, one in shown)), *([turning] if turning else ()))
    return Screen(Markup("\n\n").join(parts), rows)


def gone() -> Screen:
    """For a line that was withdrawn after the digest was sent."""
    return Screen(text("digest.gone"))


def _button(number: int, line: Line) -> Button:
    return button(plain("digest.button.show", number=number, beginning=line.beginning), f"{SHOW}{line.delivery_id}")


def _turning(number: int, total: int, day: int) -> Row:
    back = Button(plain("digest.button.previous"), f"{PAGE}{day}:{number - 1}") if number else None
    more = (number + 1) * ON_A_PAGE < total
    forward = Button(plain("digest.button.next"), f"{PAGE}{day}:{number + 1}") if more else None
    return tuple(one for one in (back, forward) if one is not None)


def _beginning(screen: Screen) -> str:
    """The first line of the words; of a picture or a document without words, what it is called."""
    said = formatting.plain(screen.text).strip() or _title(screen.picture)
    return shortened(said.partition("\n")[0], BEGINNING)


def _title(file: File | None) -> str:
    match file:
        case Picture(alt=alt):
            return alt
        case Document(name=name):
            return name
        case _:
            return ""
