"""Moments as people type them in Russian, and the same moments said back (SPEC §5: «завтра в 15:00»).

A grammar of our own: dateparser 1.2, tried on forty such phrases, misread twenty, some of them without a word
(«в пятницу в 9» became the 9th, «15 декабря в 10» the year 2110), and a message that goes out on a wrong day cannot
be taken back. What is not understood completely is refused.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import AppError
from core.russian import MONTHS
from core.timing.phrases import NEAR, SPAN, WEEKDAYS, Said, span, understood

PARTS = {"утром": time(9), "утра": time(9), "днем": time(13), "дня": time(13), "вечером": time(18), "вечера": time(18)}
FAR = timedelta(days=300)
"""From here on a day is said with its year, since without one it might be the one that has just passed."""
_UP_TO = re.compile(r"(?:до|по) ")
UNCLEAR_HOURS = range(1, 7)
"""«В 5» may mean the morning or the afternoon; «в 5:00» and «в 5 утра» say which."""


def read_moment(text: str, now: datetime, timezone: str) -> datetime:
    """The moment meant, in UTC, always after `now`; `timezone` is the municipality's IANA name.

    Without a day it is the next time the clock shows that hour. Raises AppError `moment.unreadable`, `moment.no_time`,
    `moment.past`, `moment.ambiguous` (two days could be meant: `first`, `second`), `moment.which_half` (of the day),
    `moment.other_weekday` (day and weekday do not go together).
    """
    local = now.astimezone(ZoneInfo(timezone))
    plain = " ".join(text.lower().replace("ё", "е").replace("по местному времени", " ").split()).strip(" .!,")
    counted = SPAN.fullmatch(plain)
    if counted is not None:
        return now + span(counted)
    said = understood(plain, local)
    clock = _clock(said, local)
    found = _later_of(said, clock, local)
    if found <= local:
        raise AppError("moment.past")
    return found.astimezone(UTC)


def read_last_day(text: str, now: datetime, timezone: str) -> date:
    """The day that «до 31 мая», «31.05» or «30 июня 2027» means; a day without a year is the next one of that name.

    Raises AppError `moment.no_day` for anything else, `moment.past`, `moment.other_weekday`.
    """
    local = now.astimezone(ZoneInfo(timezone))
    plain = " ".join(text.lower().replace("ё", "е").split()).strip(" .!,").removesuffix(" включительно")
    try:
        said = understood(_UP_TO.sub("", plain), local)
    except AppError as error:
        raise AppError("moment.no_day") from error
    if not said.days or said.clock is not None or said.half:
        raise AppError("moment.no_day")
    found = _later_of(said, time.max, local)
    if found < local:
        raise AppError("moment.past")
    return found.date()


def say_moment(moment: datetime, now: datetime, timezone: str) -> str:
    """«в пятницу, 27 ноября, в 9:00», which `read_moment` takes for the same moment; to the minute."""
    local, today = moment.astimezone(ZoneInfo(timezone)), now.astimezone(ZoneInfo(timezone)).date()
    weekday = WEEKDAYS[local.weekday()]
    far = local.year != today.year or local.date() - today > FAR
    year = f" {local.year} года" if far else ""
    near = next((f"{word}, " for word, days in NEAR.items() if local.date() - today == timedelta(days)), "")
    into = "во" if weekday.startswith("вт") else "в"
    return f"{near}{into} {weekday}, {say_day(local.date())}{year}, в {local.hour}:{local.minute:02}"


def say_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _clock(said: Said, local: datetime) -> time:
    """The time of day that was meant. Raises `moment.no_time`, `moment.which_half`, `moment.unreadable`."""
    if said.clock is None:
        if said.half:
            return PARTS[said.half]
        if said.counted:
            return local.time().replace(tzinfo=None)
        raise AppError("moment.no_time")
    if not said.half:
        if said.bare_hour and said.clock.hour in UNCLEAR_HOURS:
            raise AppError("moment.which_half", hour=said.clock.hour)
        return said.clock
    return said.clock.replace(hour=_hour(said.clock.hour, said.half))


def _hour(hour: int, half: str) -> int:
    """The hour of 24 that «3 дня» or «8 вечера» means. Raises `moment.unreadable` for «15 утра»."""
    morning = {"утр": range(3, 13), "ноч": range(1, 5), "дне": range(11, 18), "дня": range(11, 18)}
    allowed = morning.get(half[:3], range(16, 24))
    for one in (hour, hour + 12):
        if one in allowed:
            return one
    raise AppError("moment.unreadable")


def _later_of(said: Said, clock: time, local: datetime) -> datetime:
    """On the day that was said, or the first one on which this time is still to come."""

    def at(day: date) -> datetime:
        return datetime.combine(day, clock, local.tzinfo)

    if said.days:
        first = said.days[0]
        if any(day != first for day in said.days) or said.weekday not in (None, first.weekday()):
            raise AppError("moment.other_weekday")
        return at(first)
    today = local.date()
    ahead = [at(today + timedelta(days)) for days in range(9) if at(today + timedelta(days)) > local]
    if said.weekday is None:
        return ahead[0]
    coming = next(one for one in ahead if one.weekday() == said.weekday)
    if said.which in ("следующ", "будущ"):
        return _of_next_week(coming, today)
    return coming


def _of_next_week(coming: datetime, today: date) -> datetime:
    """«В следующую пятницу», said on a Wednesday, is one of two. Raises `moment.ambiguous`."""
    monday = today + timedelta(days=7 - today.weekday())
    if coming.date() >= monday:
        return coming
    second = coming + timedelta(weeks=1)
    raise AppError("moment.ambiguous", first=say_day(coming.date()), second=say_day(second.date()))
