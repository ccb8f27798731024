"""Made-up people: the source's figures exactly, everything else plausible, the same for the same seed."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.people.model import Category, Education, OrganisationKind
from core.profiles.model import Profile
from core.profiles.reference import Reference
from playground.people.generator import generate
from playground.people.model import MadeUpTeacher, Population, Sex
from playground.people.names import in_gender, surnames
from playground.people.staffing import shares
from playground.people.traits import AREAS, answer_style

TODAY = date(2026, 9, 1)
seeds = st.integers(min_value=0, max_value=2**32)
days = st.dates(min_value=date(2022, 1, 1), max_value=date(2035, 12, 31))
# Some seconds of work in all: a few seeds, and no complaint about a slow machine.
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def people(zima: Profile) -> Population:
    return generate(zima, 7, TODAY)


def kind_of(profile: Profile, person: MadeUpTeacher) -> OrganisationKind:
    return profile.organisation(person.organisation_code).kind


@few
@given(seed=seeds)
def test_numbers_are_those_of_the_source(zima: Profile, seed: int) -> None:
    population = generate(zima, seed, TODAY)
    assert (len(population.teachers), len(population.managers)) == (476, 56)
    assert zima.staff
    for kind, numbers in zima.staff.by_kind.items():
        group = [person for person in population.people if kind_of(zima, person) is kind]
        assert sum(not person.is_management for person in group) == numbers.teachers
        assert sum(person.is_management for person in group) == numbers.managers
        assert sum(person.education is Education.HIGHER for person in group) == numbers.higher_education
    categories = population.category_counts()
    assert categories[Category.HIGHEST] == 133
    assert categories[Category.FIRST] == 169
    assert categories[Category.CONFORMITY] == 56


@few
@given(seed=seeds, today=days)
def test_lives_are_possible(zima: Profile, seed: int, today: date) -> None:
    for person in generate(zima, seed, today).people:
        assert 22 <= today.year - person.birth_year <= 70
        assert person.birth_year + 19 <= person.first_work_year <= today.year
        if person.education is Education.HIGHER:
            assert person.first_work_year - person.birth_year >= 22
        assert 0 < person.workload <= 2
        assert (person.category_date is None) is (person.category is Category.NONE)
        if person.category_date:
            assert today - timedelta(days=5 * 365) < person.category_date < today
            assert person.category_date.year > person.first_work_year
        for record in person.training:
            assert record.started_on.year >= person.first_work_year
            assert record.started_on < record.finished_on <= today
            assert record.hours >= 16


@few
@given(seed=seeds)
def test_only_those_who_teach_have_a_category(zima: Profile, seed: int) -> None:
    for person in generate(zima, seed, TODAY).managers:
        assert person.category is Category.NONE or person.subjects


@few
@given(seed=seeds)
def test_ages_are_those_of_russian_schools(zima: Profile, seed: int) -> None:
    population = generate(zima, seed, TODAY)
    ages = [TODAY.year - person.birth_year for person in population.teachers]
    assert 0.17 < sum(age < 35 for age in ages) / len(ages) < 0.23
    assert 0.38 < sum(45 <= age < 60 for age in ages) / len(ages) < 0.5
    young = [p for p in population.teachers if TODAY.year - p.birth_year < 35 and TODAY.year - p.first_work_year <= 3]
    assert 8 <= len(young) <= 60
    assert sum(person.is_mentor for person in population.people) == 76
    assert not any(person.is_mentor for person in young)


@few
@given(seed=seeds)
def test_names_follow_the_sex(zima: Profile, seed: int) -> None:
    population = generate(zima, seed, TODAY)
    forms = {sex: {in_gender(surname, sex) for surname in surnames()} for sex in Sex}
    for person in population.people:
        assert person.surname in forms[person.sex]
        if person.patronymic:
            assert person.patronymic.endswith("на" if person.sex is Sex.FEMALE else "ич")
        if person.sex is Sex.MALE:
            assert not person.surname.endswith(("ова", "ева", "ина", "ая"))


@few
@given(seed=seeds)
def test_nobody_comes_twice(zima: Profile, seed: int) -> None:
    population = generate(zima, seed, TODAY)
    assert Counter(person.full_name for person in population.people).most_common(1)[0][1] == 1
    assert Counter(person.surname for person in population.people).most_common(1)[0][1] <= 15


@few
@given(seed=seeds)
def test_every_organisation_and_association_is_alive(zima: Profile, seed: int) -> None:
    population = generate(zima, seed, TODAY)
    for organisation in zima.organisations:
        staff = population.of(organisation.code)
        assert sum(not person.is_management for person in staff) >= 8
        assert sum(person.position in {"director", "head"} for person in staff) == 1
        assert sum(person.is_coordinator for person in staff) == 1
    for association in zima.associations:
        members = population.members_of(association.code)
        assert len(members) >= 3, association.code
        leaders = [person for person in population.people if association.code in person.leads]
        assert len(leaders) == 1
        assert leaders[0] in members
    assert all(len(person.leads) <= 1 for person in population.people)


@few
@given(seed=seeds)
def test_codes_are_those_of_the_reference(zima: Profile, reference: Reference, seed: int) -> None:
    for person in generate(zima, seed, TODAY).people:
        position = reference.position(person.position)
        assert kind_of(zima, person) in position.kinds
        assert position.is_management is person.is_management
        for subject in person.subjects:
            assert reference.subject(subject)
        assert bool(person.subjects) or position.code not in {"teacher", "teacher-primary"}


def test_the_same_seed_gives_the_same_people(zima: Profile, people: Population) -> None:
    assert generate(zima, 7, TODAY) == people
    assert generate(zima, 8, TODAY).people != people.people


def test_people_stay_the_same_on_every_python(people: Population) -> None:
    """Seeds of rehearsals and of the playground's stored data must not change under a newer Python.

    Whoever changes the word lists or the drawing on purpose enters the new digest here.
    """
    assert sha256(repr(people.people).encode()).hexdigest()[:16] == "c1b0327a12639698"


def test_the_data_say_that_nobody_is_real(people: Population) -> None:
    assert "вымышлены" in people.notice


def test_some_names_are_hard_for_markup(people: Population) -> None:
    names = {person.surname for person in people.people}
    assert any("'" in name for name in names)
    assert any("-" in name for name in names)
    assert any("ё" in person.full_name for person in people.people)
    assert all(re.fullmatch(r"[А-ЯЁ][А-ЯЁа-яё' -]+", person.full_name) for person in people.people)


def test_nobody_is_made_up_without_numbers(zima: Profile) -> None:
    with pytest.raises(ValueError, match="no staff numbers"):
        generate(zima.model_copy(update={"staff": None}), 1, TODAY)


def test_without_categories_nobody_is_attested(zima: Profile) -> None:
    population = generate(zima.model_copy(update={"categories": None}), 1, TODAY)
    assert population.category_counts() == {Category.NONE: 532}


@pytest.mark.parametrize(
    ("surname", "feminine"),
    [
        ("Журавлёв", "Журавлёва"),
        ("Синицын", "Синицына"),
        ("Покровский", "Покровская"),
        ("Донской", "Донская"),
        ("Заболотный", "Заболотная"),
        ("Черных", "Черных"),
        ("Бондаренко", "Бондаренко"),
        ("Мельник", "Мельник"),
        ("Соловей", "Соловей"),
        ("О'Хара", "О'Хара"),
        ("Соколов-Ангарский", "Соколова-Ангарская"),
        ("Ли", "Ли"),
    ],
)
def test_feminine_surnames(surname: str, feminine: str) -> None:
    assert in_gender(surname, Sex.FEMALE) == feminine
    assert in_gender(surname, Sex.MALE) == surname


@given(st.integers(0, 5000), st.lists(st.floats(0.1, 10), min_size=1, max_size=30))
def test_shares_add_up_and_are_fair(total: int, weights: list[float]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1 + 1e-6


def test_areas_are_the_scales_of_the_deficits_survey() -> None:
    path = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue" / "deficits.yaml"
    survey = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert tuple(scale["name"] for scale in survey["scales"]) == AREAS


@given(seed=seeds)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_stay_on_the_scales(people: Population, seed: int) -> None:
    rng = Random(seed)
    traits = answer_style(rng.choice(people.people), TODAY.year, rng)
    assert set(traits.deficits) == set(AREAS)
    assert all(0 <= level <= 3 for level in traits.deficits.values())
    assert 0 <= traits.burnout <= 100
    assert {traits.deficit_answer(area, rng) for area in (*AREAS, "unheard-of")} <= {0, 1, 2, 3}
    assert traits.burnout_answer(rng) in range(5)
    assert traits.burnout_answer(rng, reverse=True) in range(5)
    assert 0 <= traits.skips < 0.1


def test_beginners_need_more_help_on_the_average(people: Population) -> None:
    def mean(first_work_year: int) -> float:
        styles = [
            answer_style(replace(person, first_work_year=first_work_year), TODAY.year, Random(index))
            for index, person in enumerate(people.teachers)
        ]
        return sum(style.deficits["methodical_area"] for style in styles) / len(styles)

    assert mean(TODAY.year) > mean(TODAY.year - 20) + 0.5


def test_the_reversed_item_turns_the_scale_round(people: Population) -> None:
    traits = replace(answer_style(people.people[0], TODAY.year, Random(1)), burnout=100.0)
    straight = [traits.burnout_answer(Random(n)) for n in range(50)]
    turned = [traits.burnout_answer(Random(n), reverse=True) for n in range(50)]
    assert [4 - answer for answer in turned] == straight
    assert sum(straight) > sum(turned)
