"""The Zima profile against the figures of its source (plan of work for 2022)."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.people.model import Category, OrganisationKind
from core.profiles.model import AssociationGroup, Profile, Variant
from core.profiles.plan import Unit
from core.profiles.reference import Reference

MEASURES = {1: 3, 2: 2, 3: 2, 4: 2, 5: 4, 6: 6, 7: 11, 8: 5}

# SPEC §12, the indicators marked Z.
DEMANDED = {"D1", "R1", "Q2", "Q4", "Q7", "Q11", "Q12", "E1", "M4", "M5", "M8", "N2", "K4", "P1", "P3", "P5"}

EXPECTED = {
    "1.2": [(67, Unit.PEOPLE, False)],
    "1.3": [(15, Unit.PEOPLE, False)],
    "2.1": [(9, Unit.PEOPLE, False)],
    "2.2": [(1, Unit.MEETINGS, True)],
    "3.1": [(1, Unit.ORGANISATIONS, False)],
    "3.2": [(50, Unit.PEOPLE, True)],
    "4.1": [(50, Unit.PEOPLE, True)],
    "4.2": [(36, Unit.PEOPLE, False)],
    "5.1": [(10, Unit.PERCENT, False)],
    "5.2": [(10, Unit.PERCENT, False)],
    "5.3": [(34, Unit.PERCENT, True)],
    "5.4": [(10, Unit.PEOPLE, False)],
    "6.1": [(16, Unit.SITES, False), (4, Unit.PROJECTS, False)],
    "6.2": [(35, Unit.PERCENT, True)],
    "6.3": [(5, Unit.PERCENT, False)],
    "6.4": [(10, Unit.PERCENT, True)],
    "6.5": [(3, Unit.PEOPLE, True)],
    "6.6": [(10, Unit.PERCENT, True)],
    "7.1": [(33, Unit.ASSOCIATIONS, False)],
    "7.2": [(5, Unit.PEOPLE, False)],
    "7.3": [(50, Unit.PEOPLE, True)],
    "7.4": [(7, Unit.PEOPLE, False)],
    "7.5": [(35, Unit.PEOPLE, True)],
    "7.6": [(50, Unit.PEOPLE, True)],
    "7.7": [(10, Unit.PERCENT, True)],
    "7.8": [(75, Unit.PEOPLE, True)],
    "7.9": [(35, Unit.PEOPLE, True)],
    "7.10": [(76, Unit.PEOPLE, False)],
    "7.11": [(70, Unit.PERCENT, True)],
    "8.1": [(7, Unit.PROGRAMMES, False)],
    "8.2": [(100, Unit.PERCENT, True)],
    "8.3": [(19, Unit.ORGANISATIONS, False)],
    "8.5": [(18, Unit.PEOPLE, False)],
}

DATES = {
    "2.1": ["2022-02-08", "2022-04-14", "2022-11-01"],
    "6.2": ["2022-01-20", "2022-01-25", "2022-02-03", "2022-03-11"],
    "6.5": ["2022-10-27"],
    "7.2": ["2022-02-04"],
    "7.3": ["2022-02-24"],
    "7.4": ["2022-03-15"],
    "7.5": ["2022-02-17"],
    "7.6": ["2022-03-29", "2022-04-05", "2022-10-18", "2022-11-22"],
    "7.8": ["2022-08-23"],
    "7.9": ["2022-10-25"],
    "7.10": ["2022-03-15", "2022-06-14", "2022-10-11", "2022-12-13"],
    "8.2": ["2022-08-25"],
}


def test_nineteen_organisations_by_kind(zima: Profile) -> None:
    kinds = Counter(organisation.kind for organisation in zima.organisations)
    expected = {OrganisationKind.SCHOOL: 9, OrganisationKind.PRESCHOOL: 8, OrganisationKind.SUPPLEMENTARY: 2}
    assert kinds == expected


def test_a_structural_unit_is_no_organisation(zima: Profile) -> None:
    assert len(zima.organisation("kindergarten-56").units) == 1
    assert sum("№ 56" in organisation.full_name for organisation in zima.organisations) == 1
    assert zima.organisation("primary-11").variant is Variant.PRIMARY
    assert zima.organisation("sports-school").variant is Variant.SPORTS


def test_an_unknown_organisation_is_a_key_error(zima: Profile) -> None:
    with pytest.raises(KeyError):
        zima.organisation("school-2")


def test_staff_numbers(zima: Profile) -> None:
    assert zima.staff
    assert (zima.staff.teachers, zima.staff.managers, zima.staff.staffing_rate) == (476, 56, 97)
    assert {
        kind.value: (each.teachers, each.managers, each.higher_education, each.staffing_rate)
        for kind, each in zima.staff.by_kind.items()
    } == {"school": (263, 28, 194, 95), "preschool": (188, 20, 61, 99), "supplementary": (25, 8, 10, 93)}


def test_shares_of_higher_education_follow_from_the_counts(zima: Profile) -> None:
    assert zima.staff
    for kind in zima.staff.by_kind.values():
        share = Decimal(100 * kind.higher_education) / (kind.teachers + kind.managers)
        assert abs(share - kind.higher_education_share) < Decimal("0.1")


def test_categories(zima: Profile) -> None:
    assert zima.categories
    assert {category: (each.count, each.share) for category, each in zima.categories.counts.items()} == {
        Category.HIGHEST: (133, Decimal(27)),
        Category.FIRST: (169, Decimal("34.4")),
        Category.CONFORMITY: (56, Decimal("11.4")),
    }


def test_thirty_three_associations(zima: Profile) -> None:
    assert Counter(association.group for association in zima.associations) == {
        AssociationGroup.SUBJECT: 16,
        AssociationGroup.TOPIC: 2,
        AssociationGroup.PRESCHOOL: 6,
        AssociationGroup.CLASS_TEACHERS: 4,
        AssociationGroup.SPECIALISTS: 5,
    }
    assert sum(association.named_by_source for association in zima.associations) == 7
    assert len({association.name for association in zima.associations}) == 33


def test_measure_7_1_adds_up_to_the_associations(zima: Profile) -> None:
    assert zima.plan
    measure = next(measure for measure in zima.plan.measures() if measure.number == "7.1")
    assert sum(quantity.value for item in measure.items for quantity in item.quantities) == len(zima.associations)


def test_seven_targets(zima: Profile) -> None:
    assert [(target.indicator, target.value, target.unit) for target in zima.targets] == [
        ("R1", 10, Unit.PERCENT),
        ("Q11", 10, Unit.PERCENT),
        ("P1", 2, Unit.EVENTS),
        ("P3", 10, Unit.PERCENT),
        ("Q12", 10, Unit.PERCENT),
        ("M4", 100, Unit.PERCENT),
        ("Q2", 12, Unit.PERCENT),
    ]
    learning = zima.target("Q2")
    assert learning
    assert [part.value for part in learning.parts] == [8, 4]
    assert zima.target("D1") is None


def test_monitored_indicators(zima: Profile) -> None:
    demanded = {indicator.code for indicator in zima.indicators if indicator.demanded}
    assert demanded == DEMANDED
    assert {indicator.code for indicator in zima.indicators} - demanded == {"D2", "D3", "B1", "B2"}
    assert all(indicator.source and indicator.document for indicator in zima.indicators if indicator.demanded)
    first = zima.indicator("D1")
    assert first
    assert first.due_on(2026) == date(2026, 12, 15)


def test_demanding_document(zima: Profile) -> None:
    document = zima.demanding_document
    assert (document.number, document.date, zima.plan_year) == ("37", date(2022, 1, 27), 2022)


def test_every_measure_of_the_source_is_there(zima: Profile) -> None:
    assert zima.plan
    numbers = [measure.number for measure in zima.plan.measures()]
    assert numbers == [f"{section}.{n}" for section, last in MEASURES.items() for n in range(1, last + 1)]


def test_expected_numbers_of_measures(zima: Profile) -> None:
    assert zima.plan
    found = {
        measure.number: [(quantity.value, quantity.unit, quantity.at_least) for quantity in measure.quantities]
        for measure in zima.plan.measures()
        if measure.quantities
    }
    assert found == EXPECTED


def test_numbers_stand_in_the_expected_text(zima: Profile) -> None:
    assert zima.plan
    for measure in zima.plan.measures():
        for quantity in measure.quantities:
            assert re.search(rf"\b{quantity.value}\b", measure.expected or ""), measure.number
            said = re.search(r"[Нн]е мен", measure.expected or "") is not None
            assert said is quantity.at_least, measure.number


def test_three_councils_meet(zima: Profile) -> None:
    assert zima.plan
    councils = next(zima.plan.measures()).items
    assert [item.quantities[0].value for item in councils] == [5, 3, 5]
    assert all(item.quantities[0].at_least for item in councils)


def test_dates_of_measures(zima: Profile) -> None:
    assert zima.plan
    found = {m.number: [day.isoformat() for day in m.all_dates] for m in zima.plan.measures() if m.all_dates}
    assert found == DATES
    assert all(day.startswith("2022") for days in found.values() for day in days)


def test_dates_agree_with_the_words_of_the_period(zima: Profile) -> None:
    assert zima.plan
    for measure in zima.plan.measures():
        said = [f"{day[6:]}-{day[3:5]}-{day[:2]}" for day in re.findall(r"\d\d\.\d\d\.\d{4}", measure.period)]
        if said:
            assert said == [day.isoformat() for day in measure.all_dates], measure.number


def test_the_last_day_of_a_measure(zima: Profile) -> None:
    assert zima.plan
    due = {measure.number: measure.due_on(zima.plan_year) for measure in zima.plan.measures()}
    assert due["7.10"] == date(2022, 12, 13)
    assert due["7.7"] == date(2022, 5, 31)
    assert due["5.1"] == date(2022, 12, 31)


def test_items_are_numbered_in_order(zima: Profile) -> None:
    assert zima.plan
    for measure in zima.plan.measures():
        assert [item.number for item in measure.items] == list(range(1, len(measure.items) + 1))


def test_settings(zima: Profile) -> None:
    settings = zima.settings
    assert (settings.young_teacher.age_under, settings.young_teacher.first_years) == (35, 3)
    bands = settings.deficit_bands
    assert (bands.minimal, bands.medium, bands.high) == (25, 50, 75)
    assert (settings.disclosure.burnout, settings.disclosure.default) == (10, 5)
    assert settings.help_contact == ""
    assert any(source.counts for source in settings.diagnosis_sources)
    assert zima.timezone == "Asia/Irkutsk"


def test_no_person_stands_in_the_profile(zima_path: Path) -> None:
    """The source's eponym is left out, and nothing looks like initials or a removed name in a value."""
    values = re.sub(r"^\s*#.*$", "", zima_path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert not re.search(r"\b[А-ЯЁ]\.\s?[А-ЯЁ]\.", values)
    assert "[ФИО]" not in values
    assert "имени " not in values


def test_reference_codes_are_used_where_they_belong(zima: Profile, reference: Reference) -> None:
    for association in zima.associations:
        for code in association.members.positions:
            kinds = set(reference.position(code).kinds)
            assert set(association.members.kinds) <= kinds, (association.code, code)
