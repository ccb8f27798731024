"""How numbers, dates and counted words look in Russian; filters of the templates."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from core.russian import MONTHS, plural_form

NBSP = "\u00a0"
MINUS = "\u2212"
MOSCOW = ZoneInfo("Europe/Moscow")


def whole(value: int) -> str:
    """12345 → «12 345»; four digits stay together, as Russian typography has it."""
    sign, digits = (MINUS if value < 0 else ""), str(abs(value))
    return sign + (f"{abs(value):,}".replace(",", NBSP) if len(digits) > 4 else digits)


def decimal(value: float, places: int = 1) -> str:
    """12.34 → «12,3», 12.0 → «12»."""
    rounded = round(value, places)
    if rounded == int(rounded):
        return whole(int(rounded))
    before, after = f"{abs(rounded):.{places}f}".split(".")
    return f"{MINUS if rounded < 0 else ''}{whole(int(before))},{after.rstrip('0')}"


def percent(value: float, places: int = 1) -> str:
    return f"{decimal(value, places)}{NBSP}%"


def plural(count: int, one: str, few: str, many: str) -> str:
    """Number and word together: «21 педагог»."""
    return f"{whole(count)}{NBSP}{plural_form(count, one, few, many)}"


def day(value: date) -> str:
    """«15 декабря 2026»."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def moment(value: datetime, zone: str) -> str:
    """«15 декабря 2026, 10:00» by the clocks of the zone."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def zone_name(zone: str, at: datetime) -> str:
    """«Иркутск (МСК+5)»: which clocks the times of a page follow."""
    city = get_timezone_location(ZoneInfo(zone), locale="ru", return_city=True)
    return f"{city} ({_from_moscow(_offset(at, ZoneInfo(zone)) - _offset(at, MOSCOW))})"


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _from_moscow(offset: timedelta) -> str:
    hours = round(offset / timedelta(hours=1))
    return "МСК" if hours == 0 else f"МСК{'+' if hours > 0 else MINUS}{abs(hours)}"
