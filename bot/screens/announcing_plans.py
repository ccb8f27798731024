"""When an announcement is to go out, while that is being confirmed: as arguments of a press, and as a number."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.screens.announcing_presses import Press
from core.errors import NotFound
from core.timing.repeating import Every, Repeat, next_after

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
LAST_DAYS = ((12, 31), (5, 31))
"""Month and day up to which something is repeated most often: the end of the year and of the lessons."""


class How(StrEnum):
    ONCE = "o"
    DAY = "d"
    WEEK = "w"
    FORTNIGHT = "f"
    MONTH = "m"
    KEPT = "k"
    """As the draft says already."""


_EVERY = {
    How.DAY: (Every.DAY, 1),
    How.WEEK: (Every.WEEK, 1),
    How.FORTNIGHT: (Every.WEEK, 2),
    How.MONTH: (Every.MONTH, 1),
}
OFFERED = tuple(_EVERY)
_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Plan:
    """`minute` counts from 1970, UTC: the first time. `until`: the last day, None without an end."""

    minute: int
    how: How = How.ONCE
    at_once: bool = False
    until: date | None = None

    @property
    def moment(self) -> datetime:
        return EPOCH + self.minute * A_MINUTE

    def args(self) -> tuple[str, ...]:
        last = str(self.until.toordinal()) if self.until else "0"
        return (str(self.minute), f"{self.how}{int(self.at_once)}", last)

    def turned(self) -> "Plan":
        """With the quiet hours, if without."""
        return replace(self, at_once=not self.at_once)

    def packed(self) -> int:
        """What a chat remembers while the last day can be written (core.announcements.chat.pointer)."""
        first = (self.minute * len(How) + list(How).index(self.how)) * 2 + self.at_once
        return first * _DAYS + (self.until.toordinal() if self.until else 0)

    def repeat(self, timezone: str, kept: Repeat | None) -> Repeat | None:
        """None: once. Raises NotFound where the draft says nothing to keep."""
        if self.how is How.ONCE:
            return None
        if self.how is How.KEPT:
            if kept is None:
                raise NotFound
            return replace(kept, until=self.until)
        every, step = _EVERY[self.how]
        local = self.moment.astimezone(ZoneInfo(timezone))
        return Repeat(every, local.date(), local.time(), step, self.until)


def minute_of(moment: datetime) -> int:
    return (moment - EPOCH) // A_MINUTE


def unpacked(number: int) -> Plan:
    first, ordinal = divmod(number, _DAYS)
    rest, at_once = divmod(first, 2)
    minute, how = divmod(rest, len(How))
    return Plan(minute, list(How)[how], bool(at_once), date.fromordinal(ordinal) if ordinal else None)


def read(press: Press, at_once: bool = False) -> Plan:
    """`at_once` where the press does not say. Raises NotFound for one that no button of ours can have made."""
    plan = Plan(press.number(), at_once=at_once)
    if len(press.args) == 1:
        return plan
    try:
        how, flag = How(press.word(1)[:1]), {"0": False, "1": True}[press.word(1)[1:]]
        ordinal = press.number(2)
        return replace(plan, how=how, at_once=flag, until=date.fromordinal(ordinal) if ordinal else None)
    except (KeyError, ValueError, OverflowError) as error:
        raise NotFound from error


def kept(repeat: Repeat, timezone: str, now: datetime, *, at_once: bool) -> Plan | None:
    """To begin what the draft says; None when it has come to its end."""
    first = next_after(repeat, timezone, now)
    return None if first is None else Plan(minute_of(first), How.KEPT, at_once, repeat.until)


def ends_after(day: date) -> tuple[date, ...]:
    """Last days to be chosen, the nearest first, at least a month later."""
    least = day + timedelta(days=monthrange(day.year, day.month)[1])
    years = (day.year, day.year + 1)
    return tuple(
        sorted(one for year in years for month, last in LAST_DAYS if (one := date(year, month, last)) > least)
    )[:2]
