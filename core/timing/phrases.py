"""The pieces of a Russian phrase about a moment: what each says, one after the other, in any order."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from core.errors import AppError
from core.russian import MONTHS

WEEKDAYS = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
"""In the accusative, as «в пятницу» says them."""
NEAR = {"сегодня": 0, "завтра": 1, "послезавтра": 2}
NOON = time(12)
JUST_PASSED = timedelta(days=60)
"""A day without a year that passed this recently is a slip, not a plan for next year."""

_NUMBERS = {"": 1.0, "пол": 0.5, "полтора": 1.5, "полторы": 1.5, "пару": 2.0, "два": 2.0, "две": 2.0, "три": 3.0}
_N = r"(?P<n>[0-9]{1,3}|полтора|полторы|пару|два|две|три|)"
SPAN = re.compile(
    rf"через {_N} ?(?:(?P<half>полчаса)|(?P<unit>час|минут)[аыуов]*)(?: (?P<m>[0-9]{{1,2}}) минут[аыу]?)?"
)
_TOKENS = tuple(
    re.compile(rf"(?:{one})(?=[ ,]|$)[ ,]*")
    for one in (
        r"(?P<near>сегодня|завтра|послезавтра)",
        rf"через {_N} ?(?P<days>день|дня|дней|недел[юиь])",
        r"во? (?:(?P<which>эт|следующ|будущ|ближайш)[а-я]{1,3} )?(?P<weekday>[а-я]{5,11})",
        rf"(?P<day>[0-9]{{1,2}})(?:-?го)? (?P<word>{'|'.join(MONTHS)})(?: (?P<year>20[0-9]{{2}})(?: ?года| ?г\.?)?)?",
        r"(?P<day>[0-9]{1,2})\.(?P<month>0[1-9]|1[0-2])(?:\.(?P<year>20[0-9]{2}|[0-9]{2}))?(?: ?г\.?)?",
        r"(?:во? )?(?P<hour>[0-9]{1,2})[:.\-](?P<minute>[0-9]{2})(?: (?P<half>утра|дня|вечера|ночи))?",
        r"во? (?P<hour>[0-9]{1,2})(?: час(?:ов|а)?)?(?: (?P<half>утра|дня|вечера|ночи))?",
        r"(?:в )?(?P<fixed>полдень)",
        r"(?P<part>утром|днем|вечером)",
    )
)


@dataclass
class Said:
    """What has been understood so far."""

    days: list[date] = field(default_factory=list)
    weekday: int | None = None
    which: str = ""
    clock: time | None = None
    half: str = ""
    bare_hour: bool = False
    counted: bool = False
    """«Через 3 дня», which without a time means this time of day."""


def span(match: "re.Match[str]") -> timedelta:
    if match["half"] is not None and match["n"] == "":
        return timedelta(minutes=30)
    number = _NUMBERS[match["n"]] if match["n"] in _NUMBERS else float(match["n"])
    if match["half"] is not None or not number:
        raise AppError("moment.unreadable")
    unit = timedelta(hours=1) if match["unit"] == "час" else timedelta(minutes=1)
    return number * unit + timedelta(minutes=int(match["m"] or 0))


def understood(plain: str, local: datetime) -> Said:
    """Every word of it. Raises `moment.unreadable` for one too many."""
    said, rest = Said(), plain
    if not plain:
        raise AppError("moment.unreadable")
    while rest:
        match = next((found for one in _TOKENS if (found := one.match(rest)) and _take(said, found, local)), None)
        if match is None:
            raise AppError("moment.unreadable")
        rest = rest[match.end() :]
    return said


def _take(said: Said, match: "re.Match[str]", local: datetime) -> bool:
    """False when this piece does not mean anything, or nothing more after what was said."""
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    if "near" in got:
        said.days.append(local.date() + timedelta(NEAR[got["near"]]))
    elif "days" in got:
        said.counted = True
        said.days.append(local.date() + _days(got))
    elif "weekday" in got:
        return _take_weekday(said, got)
    elif "month" in got and said.days:
        return False  # after «15.12» a «10.05» is a time
    elif "day" in got:
        said.days.append(_calendar_day(got, local))
    else:
        return _take_time(said, got)
    return True


def _days(got: dict[str, str]) -> timedelta:
    number = _NUMBERS[got["n"]] if got["n"] in _NUMBERS else float(got["n"])
    weeks = got["days"].startswith("недел")
    if number != int(number) or not number or (not weeks and got["n"] == ""):
        raise AppError("moment.unreadable")  # «через день» may be tomorrow or the day after
    return timedelta(days=number * (7 if weeks else 1))


def _take_weekday(said: Said, got: dict[str, str]) -> bool:
    if got["weekday"] not in WEEKDAYS or said.weekday is not None:
        return False
    said.weekday, said.which = WEEKDAYS.index(got["weekday"]), got.get("which", "")
    return True


def _take_time(said: Said, got: dict[str, str]) -> bool:
    if "part" in got:
        known, said.half = said.half, got["part"]
        return not known
    if said.clock is not None or (said.half and "half" in got):
        return False
    said.half = got.get("half", said.half)
    said.bare_hour = "minute" not in got
    try:
        said.clock = NOON if "fixed" in got else time(int(got["hour"]), int(got.get("minute", 0)))
    except ValueError:
        return False
    said.bare_hour = said.bare_hour and "fixed" not in got
    return True


def _calendar_day(got: dict[str, str], local: datetime) -> date:
    month = int(got["month"]) if "month" in got else MONTHS.index(got["word"]) + 1
    year = got.get("year")
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, int(got["day"]))
        return _without_year(int(got["day"]), month, local.date())
    except ValueError:
        raise AppError("moment.unreadable") from None


def _without_year(day: int, month: int, today: date) -> date:
    """The next such day; one that has just passed stays in the past. Raises ValueError for 31 April."""
    leap = 2000
    date(leap, month, day)
    for year in range(today.year - 1, today.year + 9):  # 29 February may be eight years away
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today - JUST_PASSED:
            return found
    raise ValueError
