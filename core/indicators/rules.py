"""Periods, shares and targets. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.indicators.model import Measure, Period, PeriodKind

_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.SCHOOL_YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3}
_NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of that kind that the day lies in."""
    months = _MONTHS.get(kind, 1)
    first = 9 if kind is PeriodKind.SCHOOL_YEAR else 1
    since = (day.year * 12 + day.month - 1) - (first - 1)
    start = since // months * months + (first - 1)
    return Period(_month(start), _month(start + months) - timedelta(days=1), kind)


def previous(period: Period) -> Period:
    """The period of the same kind just before."""
    return period_of(period.kind, period.start - timedelta(days=1))


def period_title(period: Period) -> str:
    """In Russian, as it stands in a heading."""
    start = period.start
    if period.kind is PeriodKind.SCHOOL_YEAR:
        return f"{start.year}/{(start.year + 1) % 100:02} учебный год"
    if period.kind is PeriodKind.HALF_YEAR:
        return f"{'I' if start.month == 1 else 'II'} полугодие {start.year} года"
    if period.kind is PeriodKind.QUARTER:
        return f"{('I', 'II', 'III', 'IV')[start.month // 3]} квартал {start.year} года"
    if period.kind is PeriodKind.MONTH:
        return f"{_NAMES[start.month - 1]} {start.year} года"
    return f"{start.year} год"


def moments(period: Period, timezone: str) -> tuple[datetime, datetime]:
    """Its first moment and the first one after it, in UTC; `timezone` is the municipality's."""
    zone = ZoneInfo(timezone)
    start = datetime.combine(period.start, time(), zone)
    end = datetime.combine(period.end + timedelta(days=1), time(), zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def share(numerator: int, denominator: int, as_of: date, missing: tuple[str, ...] = ()) -> Measure:
    """n of N in per cent; of nobody there is no share."""
    value = numerator / denominator * 100 if denominator else None
    return Measure(numerator, denominator, value, as_of, missing)


def no_data(as_of: date, *missing: str) -> Measure:
    return Measure(None, None, None, as_of, missing)


def is_met(value: float | None, target: float, comparison: str) -> bool | None:
    """None without a value. "exactly" is a number a plan expects; more than that is met, too."""
    if value is None:
        return None
    return value <= target if comparison == "at_most" else value >= target


def due_date(due: str | None, period: Period) -> date | None:
    """The day (MM-DD) by which the value of the period is wanted: the first such day after the period has begun."""
    if due is None:
        return None
    month, day = int(due[:2]), int(due[3:])
    for year in (period.start.year, period.start.year + 1):
        found = date(year, month, day)
        if found >= period.start:
            return found
    return None


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
