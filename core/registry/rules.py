"""Pure decisions about the registry: when a category ends, and what cannot be true of a record."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from core.people.model import Category
from core.registry.model import Kind, Problem

ENDLESS_SINCE = date(2023, 9, 1)
"""Categories given since then have no end (приказ Минпросвещения № 196 of 24 March 2023)."""
TERM = 5
"""Years that an earlier category and «соответствие занимаемой должности» last."""
WITH_OLD_TERM = frozenset({Category.FIRST, Category.HIGHEST})
YOUNGEST = 14
"""Years of age at the beginning of work."""


def category_end(category: Category, given_on: date | None) -> date | None:
    """The day a result of attestation runs out; None when it has no end, or when its day is not known."""
    if given_on is None:
        return None
    old = category in WITH_OLD_TERM and given_on < ENDLESS_SINCE
    return years_after(given_on, TERM) if old or category is Category.CONFORMITY else None


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def last_given(limit: date) -> date:
    """The latest day of giving whose term has run out by `limit`: conditions on rows are put in terms of it."""
    day = years_after(limit, -TERM)
    following = day + timedelta(days=1)
    return following if years_after(following, TERM) <= limit else day


def problems(kind: Kind, values: Mapping[str, Any], today: date) -> dict[str, Problem]:
    """What is wrong with a record of this kind beside its single fields; by name of field."""
    found: dict[str, Problem] = {}
    _check_years(values, today, found)
    _check_past(values, today, found)
    started, finished = values.get("started_on"), values.get("finished_on")
    if started and finished and started > finished:
        found["started_on"] = Problem("registry.ends_before_start")
    if values.get("category") == Category.NONE and values.get("category_date"):
        found["category_date"] = Problem("registry.date_without_category")
    return {name: problem for name, problem in found.items() if any(one.name == name for one in kind.fields)}


def _check_years(values: Mapping[str, Any], today: date, found: dict[str, Problem]) -> None:
    born = values.get("birth_year")
    for name in ("first_work_year", "total_first_year"):
        year = values.get(name)
        if year is not None and born is not None and year < born + YOUNGEST:
            found[name] = Problem("registry.too_young")
    first, total = values.get("first_work_year"), values.get("total_first_year")
    if first is not None and total is not None and total > first:
        found["total_first_year"] = Problem("registry.total_after_first")
    for name in ("birth_year", "first_work_year", "total_first_year"):
        if (values.get(name) or 0) > today.year:
            found[name] = Problem("registry.in_future")


def _check_past(values: Mapping[str, Any], today: date, found: dict[str, Problem]) -> None:
    for name in ("category_date", "finished_on", "given_on", "done_on"):
        day = values.get(name)
        if day is not None and day > today:
            found[name] = Problem("registry.in_future")
