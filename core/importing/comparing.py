"""What a row of the file would change in the registry. Pure; nothing is empty by an empty cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.audit import told
from core.importing import sameness
from core.importing.encoding import award_json, course_json
from core.importing.known import Known
from core.importing.matching import Card
from core.importing.model import Person, Verdict
from core.people.model import Category

_YEARS = frozenset({"total_first_year", "first_work_year"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row's names as ids of the registry; None and () where the file says nothing."""

    organisation_id: int
    position_id: int | None
    subjects: tuple[int, ...]


@dataclass(slots=True)
class Outcome:
    """`changes` are for people: field → before and after, in words where the registry has ids.

    `plan` is for the applying, as JSON: `before` and `after` of columns of Teacher; `subjects`, `areas` before and
    after; `courses`, `awards` to add.
    """

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def verdict(self, card: Card | None) -> Verdict:
        if card is None:
            return Verdict.ADDED
        return Verdict.CHANGED if self.changes else Verdict.LEFT

    def put(self, column: str, before: Any, after: Any) -> None:
        """A column of Teacher that gets another value."""
        self.plan.setdefault("before", {})[column] = told(before)
        self.plan.setdefault("after", {})[column] = told(after)

    def tell(self, name: str, before: Any, after: Any) -> None:
        self.changes[name] = (told(before), told(after))


def compare(person: Person, found: Resolved, card: Card | None, known: Known) -> Outcome:
    """`card` is None for a new person."""
    outcome = Outcome()
    if card is None:
        _name(outcome, person)
    _place(outcome, found, card, known)
    _subjects(outcome, found, card, known)
    _columns(outcome, person, card)
    _category(outcome, person, card)
    _lists(outcome, person, card)
    if card is not None and card.archived_at is not None:
        outcome.put("archived_at", card.archived_at, None)
        outcome.tell("archived_at", "в архиве", "работает")
    return outcome


def compare_areas(areas: Mapping[str, float], card: Card) -> Outcome:
    """Of a diagnosis: areas that the file does not have stay."""
    outcome = Outcome()
    before = dict(card.areas or {})
    after = {**before, **areas}
    if after != before:
        outcome.plan["areas"] = [card.areas and before, after]
        outcome.tell("areas", before, after)
    return outcome


def _name(outcome: Outcome, person: Person) -> None:
    for column in ("surname", "given_name", "patronymic"):
        value = getattr(person, column)
        outcome.put(column, None, value)
        if value:
            outcome.tell(column, None, value)


def _place(outcome: Outcome, found: Resolved, card: Card | None, known: Known) -> None:
    before = card.organisation_id if card else None
    if found.organisation_id != before:
        outcome.put("organisation_id", before, found.organisation_id)
        titles = known.organisations
        outcome.tell("organisation", before and titles.title(before), titles.title(found.organisation_id))
    before = card.position_id if card else None
    if found.position_id is None or found.position_id == before:
        return
    outcome.put("position_id", before, found.position_id)
    outcome.tell("position", before and known.positions.title(before), known.positions.title(found.position_id))
    manages = found.position_id in known.managing
    if card is None or card.is_management != manages:
        outcome.put("is_management", card.is_management if card else None, manages)


def _subjects(outcome: Outcome, found: Resolved, card: Card | None, known: Known) -> None:
    before = sorted(card.subjects) if card else []
    after = sorted(set(found.subjects))
    if after and after != before:
        outcome.plan["subjects"] = [before, after]
        outcome.tell("subjects", *([known.subjects.title(one) for one in ids] for ids in (before, after)))


def _columns(outcome: Outcome, person: Person, card: Card | None) -> None:
    for column in ("birth_year", "education", "workload", "total_first_year", "first_work_year"):
        after = getattr(person, column)
        before = getattr(card, column) if card else None
        if column == "workload" and after is not None:
            after = sameness.rates(after)
        if after is None or after == before or (column in _YEARS and sameness.years_agree(before, after)):
            continue
        outcome.put(column, before, after)
        outcome.tell(column, before, after)


def _category(outcome: Outcome, person: Person, card: Card | None) -> None:
    if person.category is None:
        return
    before = (Category(card.category), card.category_date) if card else (Category.NONE, None)
    after = (person.category, person.category_date)
    if after[0] == before[0] and after[1] in {None, before[1]}:
        if card is None:
            outcome.put("category", None, after[0])
        return
    if card is not None and sameness.is_older(before, after):
        outcome.remarks.append(_OLDER)
        return
    for column, was, becomes in zip(("category", "category_date"), before, after, strict=True):
        if was != becomes or card is None:
            outcome.put(column, was if card else None, becomes)
        if was != becomes:
            outcome.tell(column, was if card else None, becomes)


def _lists(outcome: Outcome, person: Person, card: Card | None) -> None:
    """Courses and awards are only ever added: what the file has not may stand in another file."""
    courses = sameness.new_courses(card.courses if card else (), person.courses)
    if courses:
        outcome.plan["courses"] = [course_json(one) for one in courses]
        outcome.tell("courses", [], [_course_in_words(one.programme, one.finished_on.year) for one in courses])
    awards = sameness.new_awards(card.awards if card else (), person.awards)
    if awards:
        outcome.plan["awards"] = [award_json(one) for one in awards]
        outcome.tell("awards", [], [one.title for one in awards])


def _course_in_words(programme: str, year: int) -> str:
    return f"{programme} ({year})"


_OLDER = (
    "Категория оставлена как в реестре: там она новее, или в файле нет даты присвоения. "
    "Если верно то, что в файле, укажите дату присвоения."
)
