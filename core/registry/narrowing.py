"""What a list is narrowed to, in terms of the database."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, or_, select

from core.people.model import Actor
from core.registry.cells import has_end, joined
from core.registry.columns import Filter, filters_of
from core.registry.fields import LARGEST_ID, clean
from core.registry.model import Kind, Now, Owner, Shelf, Type, Wanted
from core.registry.reach import town, visible
from core.registry.rules import last_given, months_after
from storage.models import (
    AssociationMember,
    Award,
    ExpertWork,
    MentorBankEntry,
    Organisation,
    Position,
    Programme,
    Teacher,
    TeacherSubject,
    TrainingRecord,
)
from storage.searching import searchable

MOST_MONTHS = 1200
_TITLES: Mapping[type[Any], Any] = {
    TrainingRecord: TrainingRecord.programme,
    Award: Award.title,
    ExpertWork: ExpertWork.title,
}
_ANY_E = str.maketrans(dict.fromkeys("еЕёЁ", "_"))
"""Any letter stands for е: ё is kept in titles as it was typed."""


def conditions(kind: Kind, actor: Actor, municipality_id: int, wanted: Wanted, now: Now) -> list[ColumnElement[bool]]:
    """On `reach.source(kind)`: within reach, of this municipality, and what the list is asked for."""
    place = town(kind)
    found = [visible(kind, actor)] if place is None else [visible(kind, actor), place == municipality_id]
    if wanted.shelf is not Shelf.ALL:
        found.append(_put_away(kind, wanted) if wanted.shelf is Shelf.ARCHIVED else ~_put_away(kind, wanted))
    found.extend(_words(kind, wanted.text))
    found.extend(_filters(kind, wanted, now))
    return found


def _put_away(kind: Kind, wanted: Wanted) -> ColumnElement[bool]:
    """What belongs to somebody in the archive is there with them, unless it is their own records that are looked at."""
    own: ColumnElement[bool] = kind.model.archived_at.is_not(None)
    if kind.owner is not Owner.TEACHER or wanted.filters.get("teacher_id"):
        return own
    return or_(own, Teacher.archived_at.is_not(None))


def _words(kind: Kind, text: str) -> Iterator[ColumnElement[bool]]:
    """Every word occurs in the name of the record or of the person it belongs to."""
    place = Teacher.search if kind.owner is Owner.TEACHER else kind.model.search
    title = _TITLES.get(kind.model)
    for word in searchable(clean(text)).split():
        found = place.contains(word, autoescape=True)
        yield found if title is None else or_(found, *in_title(title, word))


def in_title(title: Any, word: str) -> Iterator[ColumnElement[bool]]:
    """The word in small letters, with a capital one, all in capitals, each with е or ё.

    For columns that have no `search` beside them: databases turn Cyrillic letters small differently, or not at all.
    """
    escaped = "".join(f"/{letter}" if letter in "/%_" else letter for letter in word)
    for spelling in sorted({escaped, escaped.capitalize(), escaped.upper()}):
        yield title.like(f"%{spelling.translate(_ANY_E)}%", escape="/")


def _filters(kind: Kind, wanted: Wanted, now: Now) -> Iterator[ColumnElement[bool]]:
    """What cannot be a value of its filter is left aside."""
    for one in filters_of(kind):
        value = _value(one, wanted.filters.get(one.name, ""))
        if value is not None:
            yield _condition(kind, one, value, now)


def _value(one: Filter, text: str) -> Any:
    text = text.strip()
    if one.type is Type.FLAG:
        return {"yes": True, "no": False}.get(text)
    if one.type is Type.CHOICE:
        return text if one.choices is not None and text in set(one.choices) else None
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) else -1
    return number if 0 <= number <= LARGEST_ID else None


def _condition(kind: Kind, one: Filter, value: Any, now: Now) -> ColumnElement[bool]:
    made = _MADE.get(one.name)
    if made is not None:
        return made(kind, value, now)
    column: ColumnElement[Any] = getattr(kind.model, one.name)
    return column.is_(value) if one.type is Type.FLAG else column == value


def _in_organisation(_kind: Kind, value: int, _now: Now) -> ColumnElement[bool]:
    return Teacher.organisation_id == value


def _in_kind_of_organisation(_kind: Kind, value: str, _now: Now) -> ColumnElement[bool]:
    return Teacher.organisation_id.in_(select(Organisation.id).where(Organisation.kind == value))


def _in_group(_kind: Kind, value: str, _now: Now) -> ColumnElement[bool]:
    return Teacher.position_id.in_(select(Position.id).where(Position.group == value))


def _teaches(_kind: Kind, value: int, _now: Now) -> ColumnElement[bool]:
    return Teacher.id.in_(select(TeacherSubject.teacher_id).where(TeacherSubject.subject_id == value))


def _belongs(_kind: Kind, value: int, _now: Now) -> ColumnElement[bool]:
    return Teacher.id.in_(select(AssociationMember.teacher_id).where(AssociationMember.association_id == value))


def _ends_within(_kind: Kind, months: int, now: Now) -> ColumnElement[bool]:
    """Also those that have run out already: they need attention most."""
    limit = months_after(now.today, min(months, MOST_MONTHS))
    return and_(has_end(), Teacher.category_date <= last_given(limit))


def is_young(now: Now) -> ColumnElement[bool]:
    """As core.people.rules.is_young has it; never NULL."""
    rule, year = now.young, now.today.year
    young = and_(Teacher.birth_year.is_not(None), Teacher.birth_year > year - rule.under_age)
    new = and_(Teacher.first_work_year.is_not(None), Teacher.first_work_year >= year - rule.up_to_years)
    if rule.up_to_years < 0:
        new = false()
    return and_(young, new) if rule.both else or_(young, new)


def _young(_kind: Kind, value: bool, now: Now) -> ColumnElement[bool]:
    return is_young(now) if value else ~is_young(now)


def _joined(_kind: Kind, value: bool, _now: Now) -> ColumnElement[bool]:
    return joined() if value else ~joined()


def _planned(_kind: Kind, value: bool, _now: Now) -> ColumnElement[bool]:
    planned = Teacher.attestation_planned_on.is_not(None)
    return planned if value else ~planned


def _serves(_kind: Kind, value: str, _now: Now) -> ColumnElement[bool]:
    return cast(Programme.areas, String).contains(f'"{value}"', autoescape=True)


_DAYS: Mapping[type[Any], Any] = {
    TrainingRecord: TrainingRecord.finished_on,
    Award: Award.given_on,
    ExpertWork: ExpertWork.done_on,
}


def _in_year(kind: Kind, value: int, _now: Now) -> ColumnElement[bool]:
    """Of the day of the record; a range, so that an index can serve it."""
    if kind.model is MentorBankEntry:
        return MentorBankEntry.year == value
    if not date.min.year <= value < date.max.year:
        return false()
    day: ColumnElement[date] = _DAYS[kind.model]
    return and_(day >= date(value, 1, 1), day < date(value + 1, 1, 1))


_MADE: Mapping[str, Callable[[Kind, Any, Now], ColumnElement[bool]]] = {
    "organisation_id": _in_organisation,
    "organisation_kind": _in_kind_of_organisation,
    "position_group": _in_group,
    "subject_id": _teaches,
    "association_id": _belongs,
    "ends_within": _ends_within,
    "young": _young,
    "joined": _joined,
    "planned": _planned,
    "year": _in_year,
    "area": _serves,
}
