"""When two records say the same, and which of two is the newer. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.importing.model import AwardRead, Course
from core.people.model import Category
from storage.searching import searchable

_RANK = {
    Category.NONE: 0,
    Category.CONFORMITY: 1,
    Category.FIRST: 2,
    Category.HIGHEST: 3,
    Category.METHODIST: 4,
    Category.MENTOR: 4,
}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CourseKept:
    """A training record of the registry, as far as courses are told apart."""

    programme: str
    hours: int | None
    finished_on: date


@dataclass(frozen=True, slots=True)
class AwardKept:
    title: str
    given_on: date | None


def same_course(kept: CourseKept, read: CourseKept | Course) -> bool:
    """Programme, year and hours agree; hours that one of both does not know agree with any."""
    return (
        searchable(kept.programme) == searchable(read.programme)
        and kept.finished_on.year == read.finished_on.year
        and (kept.hours is None or read.hours is None or kept.hours == read.hours)
    )


def same_award(kept: AwardKept, read: AwardKept | AwardRead) -> bool:
    """Title and year agree; a year that one of both does not know agrees with any."""
    if searchable(kept.title) != searchable(read.title):
        return False
    return kept.given_on is None or read.given_on is None or kept.given_on.year == read.given_on.year


def new_courses(kept: Iterable[CourseKept], read: Iterable[Course]) -> list[Course]:
    """Those that the registry has not, each once."""
    known, found = list(kept), []
    for one in read:
        if not any(same_course(other, one) for other in known):
            found.append(one)
            known.append(CourseKept(one.programme, one.hours, one.finished_on))
    return found


def new_awards(kept: Iterable[AwardKept], read: Iterable[AwardRead]) -> list[AwardRead]:
    known, found = list(kept), []
    for one in read:
        if not any(same_award(other, one) for other in known):
            found.append(one)
            known.append(AwardKept(one.title, one.given_on))
    return found


def years_agree(kept: int | None, read: int) -> bool:
    """Experience in whole years tells the first year only to a year, whatever day of the year it was counted on."""
    return kept is not None and abs(kept - read) <= 1


def rates(workload: Decimal) -> Decimal:
    """As the registry keeps it."""
    return workload.quantize(_CENT)


def is_older(kept: tuple[Category, date | None], read: tuple[Category, date | None]) -> bool:
    """The registry's category is newer than the file's, or nobody knows that it is not.

    A file without the day of a lower category may be old; one without the day of a higher one is news.
    """
    (kept_category, kept_on), (read_category, read_on) = kept, read
    if kept_on is None:
        return False
    if read_on is not None:
        return read_on < kept_on
    return _RANK[read_category] < _RANK[kept_category]
