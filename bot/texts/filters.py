"""How numbers and moments are said in Russian."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core.russian import MONTHS, plural_form


def number(value: float, digits: int = 0) -> str:
    """With a decimal comma, and thin spaces between thousands: 1 200,5."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",").replace("-", "−")


def exact(value: float) -> str:
    """With as many decimals as it has: 0,5 and 12."""
    said = number(value, 9)
    return said.rstrip("0").rstrip(",") if "," in said else said


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
    {"plural": plural_form, "number": number, "exact": exact, "day": day, "deadline": deadline}
)
