"""What a row changes: pure rules. Whatever was applied once changes nothing the second time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.comparing import Outcome, Resolved, compare, compare_areas
from core.importing.deciding import decide
from core.importing.encoding import award_of, course_of
from core.importing.known import Named, Names, known
from core.importing.matching import Card
from core.importing.model import AwardRead, Course, ImportKind, Person, Verdict
from core.importing.model import Mapping as Explained
from core.importing.rows_made import columns_of
from core.importing.sameness import AwardKept, CourseKept, new_awards, new_courses
from core.people.model import Category, Education, TrainingKind

KNOWN = known(
    [Named(1, ("СОШ № 1", "МБОУ «СОШ № 1»")), Named(2, ("СОШ № 12", "МБОУ «СОШ № 12»"))],
    [Named(1, ("учитель",)), Named(2, ("директор",))],
    [Named(1, ("математика",)), Named(2, ("физика",))],
    Explained(),
    managing=[2],
)
NOBODY = Card(7, "Примерова", "Анна", None, None, 1, 1, False, None, None, None, None, "none", None, None)

days = st.dates(date(2000, 1, 1), date(2026, 1, 1))
titles = st.sampled_from(["ФГОС", "фгос", "Курс «Ё»", "Курс «Е»"])
hours = st.none() | st.sampled_from([16, 72])
courses = st.builds(Course, titles, st.just("Институт"), st.sampled_from(TrainingKind), hours, days)
awards = st.builds(AwardRead, titles, st.just("federal"), st.none() | days)
years = st.none() | st.integers(1970, 2026)
persons = st.builds(
    Person,
    sheet=st.just("Лист1"),
    row=st.just(3),
    organisation=st.just("СОШ № 1"),
    surname=st.just("Примерова"),
    given_name=st.just("Анна"),
    patronymic=st.none(),
    birth_year=st.none() | st.just(1980),
    workload=st.none() | st.decimals(Decimal("0.01"), Decimal(9), places=3),
    education=st.none() | st.sampled_from(Education),
    total_first_year=years,
    first_work_year=years,
    category=st.none() | st.sampled_from(Category),
    category_date=st.none() | days,
    courses=st.lists(courses, max_size=4).map(tuple),
    awards=st.lists(awards, max_size=4).map(tuple),
)
resolved = st.builds(
    Resolved,
    st.sampled_from([1, 2]),
    st.sampled_from([None, 1, 2]),
    st.lists(st.sampled_from([1, 2]), unique=True).map(tuple),
)
cards = st.builds(
    replace,
    st.just(NOBODY),
    birth_year=st.none() | st.just(1980),
    workload=st.none() | st.just(Decimal("1.50")),
    category=st.sampled_from(Category).map(str),
    category_date=st.none() | days,
    first_work_year=years,
    archived_at=st.none() | st.just("2026-01-01T00:00:00+00:00"),
    subjects=st.frozensets(st.sampled_from([1, 2])),
    courses=st.lists(st.builds(CourseKept, titles, hours, days), max_size=3).map(tuple),
    awards=st.lists(st.builds(AwardKept, titles, st.none() | days), max_size=3).map(tuple),
)


def applied(card: Card, outcome: Outcome) -> Card:
    """As the registry is afterwards."""
    plan = outcome.plan
    _, subjects = plan.get("subjects", (None, card.subjects))
    read_courses = map(course_of, plan.get("courses", ()))
    read_awards = map(award_of, plan.get("awards", ()))
    return replace(
        card,
        **columns_of(plan.get("after", {})),
        subjects=frozenset(subjects),
        courses=(*card.courses, *(CourseKept(one.programme, one.hours, one.finished_on) for one in read_courses)),
        awards=(*card.awards, *(AwardKept(one.title, one.given_on) for one in read_awards)),
    )


@given(persons, resolved, cards)
def test_what_was_applied_changes_nothing_again(person: Person, found: Resolved, card: Card) -> None:
    first = compare(person, found, card, KNOWN)
    second = compare(person, found, applied(card, first), KNOWN)
    assert (second.changes, second.plan) == ({}, {})


@given(persons, resolved)
def test_the_same_of_somebody_new(person: Person, found: Resolved) -> None:
    found = replace(found, position_id=found.position_id or 1)
    first = compare(person, found, None, KNOWN)
    assert first.verdict(None) is Verdict.ADDED
    second = compare(person, found, applied(NOBODY, first), KNOWN)
    assert (second.changes, second.plan) == ({}, {})


@given(cards)
def test_an_empty_row_changes_nothing(card: Card) -> None:
    nothing = Person("Лист1", 3, "СОШ № 1", "Примерова", "Анна", None)
    outcome = compare(nothing, Resolved(card.organisation_id, None, ()), replace(card, archived_at=None), KNOWN)
    assert outcome.verdict(card) is Verdict.LEFT
    assert outcome.plan == {}


@given(persons, resolved, cards)
def test_nothing_is_planned_that_is_not_shown(person: Person, found: Resolved, card: Card) -> None:
    outcome = compare(person, found, card, KNOWN)
    assert bool(outcome.plan) == bool(outcome.changes)


areas = st.dictionaries(st.sampled_from(["ict_area", "methodical_area"]), st.floats(0, 100))


@given(areas, st.none() | areas)
def test_areas_that_the_file_has_not_stay(read: Mapping[str, float], kept: Mapping[str, Any] | None) -> None:
    outcome = compare_areas(read, replace(NOBODY, areas=kept))
    after = outcome.plan["areas"][1] if outcome.plan else kept or {}
    assert after == {**(kept or {}), **read}


@given(st.lists(courses, max_size=6))
def test_each_course_is_added_once(read: list[Course]) -> None:
    found = new_courses((), read)
    assert new_courses([CourseKept(one.programme, one.hours, one.finished_on) for one in found], read) == []


@given(st.lists(awards, max_size=6))
def test_each_award_is_added_once(read: list[AwardRead]) -> None:
    found = new_awards((), read)
    assert new_awards([AwardKept(one.title, one.given_on) for one in found], read) == []


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("СОШ № 1", 1),
        ("МБОУ «СОШ №1»", 1),
        ("Средняя общеобразовательная школа № 12", 2),
        ("Гимназия", None),
    ],
)
def test_organisations_by_their_many_names(name: str, id_: int | None) -> None:
    assert KNOWN.organisations.id_of(name) == id_


def test_a_name_of_two_is_nobodys_and_what_was_explained_wins() -> None:
    rows = [Named(1, ("Школа",)), Named(2, ("школа",))]
    assert Names(rows, {}).id_of("Школа") is None
    assert Names(rows, {"школа": 2}).id_of("Школа") == 2
    assert Names(rows, {"школа": 3}).id_of("Школа") is None, "it is not there any more"


@given(persons, st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_row_raises(person: Person, organisation: str, position: str, surname: str) -> None:
    row = replace(person, organisation=organisation, position=position, surname=surname)
    for kind in ImportKind:
        line = decide(1, row, [NOBODY], KNOWN, kind, None)
        assert (line.verdict is Verdict.PROBLEM) == line.is_fatal


def test_a_manager_is_one_by_the_position() -> None:
    outcome = compare(Person("", 1, "", "", "", None), Resolved(1, 2, ()), NOBODY, KNOWN)
    assert outcome.plan["after"] == {"position_id": 2, "is_management": True}
