"""The self-review of an organisation: what K1–K4, M1, M4 and N1 read in it, and what it refuses."""

import pytest

from core.surveys.model import NOW, QuestionType, Value
from core.surveys.rules import InvalidAnswer, check_answer, complete
from core.surveys.situation import Situation

from .samples import catalogue, numbers

FACTS = {NOW: "2026-03-12T12:00:00+03:00"}
"""The day on which everything here is answered."""


def test_it_counts_the_staffing_rate() -> None:
    survey = catalogue("self_review.yaml")
    answers = numbers(survey, rates_planned=42.5, rates_filled=40.0, has_vacancies="yes")
    situation = Situation(survey, answers, FACTS)
    assert (situation.text("staffing_rate"), situation.text("staffed_fully")) == ("94.1", "no")
    full = Situation(survey, numbers(survey, rates_planned=42.5, rates_filled=42.5, has_vacancies="no"), FACTS)
    assert (full.text("staffing_rate"), full.text("staffed_fully")) == ("100", "yes")
    unknown = Situation(survey, {}, FACTS)
    assert (unknown.text("staffing_rate"), unknown.text("staffed_fully")) == ("", "")


def test_it_keeps_its_figures() -> None:
    """K1 and K4 read the calculated ones, so they are stored with the answers."""
    survey = catalogue("self_review.yaml")
    kept = complete(survey, numbers(survey, rates_planned=20.0, rates_filled=20.0, has_vacancies="no"), FACTS)
    assert kept[survey.by_name("staffing_rate").number] == "100"
    assert kept[survey.by_name("staffed_fully").number] == "yes"


@pytest.mark.parametrize("kind", ["school", "preschool", "supplementary", "methodical", ""])
def test_it_offers_the_positions_of_the_organisation(kind: str) -> None:
    survey = catalogue("self_review.yaml")
    facts = {**FACTS, "organisation_kind": kind} if kind else FACTS
    answers = numbers(survey, has_vacancies="yes", has_overloads="yes")
    offered = {
        name: [choice.name for choice in Situation(survey, answers, facts).choices(survey.by_name(name))]
        for name in ("vacancies", "overloads")
    }
    assert offered["vacancies"] == offered["overloads"]
    assert {"psychologist", "head", "other"} <= set(offered["vacancies"])
    assert ("math" in offered["vacancies"]) == (kind in {"school", ""})
    assert ("musician" in offered["vacancies"]) == (kind in {"preschool", ""})


def test_it_asks_a_number_for_each_marked_position() -> None:
    survey = catalogue("self_review.yaml")
    for listed, prefix in (("vacancies", "vacant"), ("overloads", "loaded")):
        assert [f"{prefix}_{choice.name}" for choice in survey.by_name(listed).choices] == [
            question.name
            for question in survey.questions
            if question.name.startswith(f"{prefix}_") and question.type is QuestionType.INTEGER
        ]


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("rates_filled", {"rates_planned": 20.5}, 20.75),
        ("young", {"staff_total": 10}, 11),
        ("young_mentored", {"staff_total": 10, "young": 2}, 3),
        ("filled_on", {}, "2026-03-13"),
        ("regulation_date", {"regulation": "yes"}, "2026-03-13"),
        ("association_members", {"staff_total": 10}, 11),
        ("association_leaders", {"staff_total": 10, "association_members": 4}, 5),
    ],
)
def test_it_refuses_what_cannot_be(name: str, given: dict[str, Value], value: Value) -> None:
    survey = catalogue("self_review.yaml")
    with pytest.raises(InvalidAnswer) as caught:
        check_answer(survey, survey.by_name(name), value, numbers(survey, **given), FACTS)
    assert caught.value.key == "answer.constraint"


def test_it_confirms_what_is_known() -> None:
    survey = catalogue("self_review.yaml")
    facts = {**FACTS, "organisation_staff": "24", "organisation_young": "3"}
    situation = Situation(survey, numbers(survey, staff_total=24), facts)
    suggested = {name: situation.suggestion(survey.by_name(name)) for name in ("filled_on", "staff_total", "young")}
    assert suggested == {"filled_on": "2026-03-12", "staff_total": 24, "young": 3}
