"""How numbers and moments are said in Russian."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def plural(number: float, one: str, few: str, many: str) -> str:
    """The word that goes with a number: 1 анкета, 2 анкеты, 5 анкет; a fraction takes «анкеты»."""
    if number != int(number):
        return few
    tens, units = abs(int(number)) % 100, abs(int(number)) % 10
    if units == 1 and tens != 11:
        return one
    return few if 2 <= units <= 4 and not 12 <= tens <= 14 else many


def number(value: float, digits: int = 0) -> str:
    """With a decimal comma, and thin spaces between thousands: 1 200,5."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",").replace("-", "−")


def day(moment: datetime, zone: str) -> str:
    """«15 декабря», where the municipality is; `zone` is an IANA name."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]}"


def deadline(moment: datetime, zone: str) -> str:
    """What follows «до»: «15 декабря, 18:00», or «конца 15 декабря» when the day ends with the term."""
    local = moment.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) == (0, 0):
        return f"конца {day(moment - timedelta(minutes=1), zone)}"
    if (local.hour, local.minute) == (23, 59):
        return f"конца {day(moment, zone)}"
    return f"{day(moment, zone)}, {local:%H:%M}"


FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"plural": plural, "number": number, "day": day, "deadline": deadline}
)
