"""The preview walks as the chat does, and survives whatever a page sends back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.authoring import walkthrough
from core.authoring.walkthrough import Walk
from core.errors import AppError
from core.surveys.answers import InvalidAnswer
from core.surveys.loading import parse_definition
from core.surveys.model import NOW, Question, QuestionType, SurveyDefinition, Value

FORM = """
code: walk
version: "1"
title: Прогулка
purpose: Проверка
privacy: named
respondent: teacher
minutes: 1
k: 5
source: Для проверки
choices:
  yes_no: [{name: "yes", label: Да}, {name: "no", label: Нет}]
  scale: [{name: low, label: Мало}, {name: high, label: Много}]
questions:
  - {type: note, name: intro, label: Здравствуйте}
  - {type: select_one yes_no, name: teaches, label: "Вы преподаёте?", required: true}
  - {type: begin_group, name: table, label: Оцените, appearance: table-list, relevant: "${teaches} = 'yes'"}
  - {type: select_one scale, appearance: likert, name: plan, label: Планы}
  - {type: select_one scale, appearance: likert, name: books, label: Книги, required: true}
  - {type: end_group}
  - {type: integer, name: hours, label: Часов, constraint: ". < 40"}
  - {type: calculate, name: twice, calculation: "${hours} * 2"}
scales:
  - {name: amount, title: Сколько, items: [plan, books], points: {low: 0, high: 1},
     bands: [{code: some, title: немного, from: 0}, {code: lots, title: много, from: 60}]}
feedback:
  - {scale: amount, band: lots, text: "Всего много"}
"""
SURVEY = parse_definition(FORM, "walk.yaml")
CATALOGUE = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue"
BUILT_IN = [parse_definition(file.read_text(encoding="utf-8"), file.name) for file in sorted(CATALOGUE.glob("*.yaml"))]


def number(name: str) -> int:
    return SURVEY.by_name(name).number


def names(walk: Walk) -> list[str]:
    return [question.name for question in walk.asked]


def to_table() -> Walk:
    walk = walkthrough.answer(walkthrough.begin(SURVEY, {}), {})
    return walkthrough.answer(walk, {number("teaches"): 1})


def test_a_table_is_one_page() -> None:
    walk = to_table()
    assert names(walk) == ["plan", "books"]
    walk = walkthrough.answer(walk, {number("plan"): 2, number("books"): 2})
    assert names(walk) == ["hours"]
    assert names(walkthrough.back(walk)) == ["plan", "books"]


def test_what_must_be_answered_stays_on_the_page() -> None:
    with pytest.raises(InvalidAnswer, match="required"):
        walkthrough.answer(to_table(), {number("plan"): 2})


def test_the_end_tells_scores_calculated_values_and_feedback() -> None:
    walk = walkthrough.answer(to_table(), {number("plan"): 2, number("books"): 2})
    walk = walkthrough.answer(walk, {number("hours"): 18})
    assert walk.number is None
    end = walkthrough.end(walk)
    assert end.calculated == (("twice", "36"),)
    assert [(score.name, score.value) for score in end.scores] == [("amount", 100.0)]
    assert [one.text for one in end.feedback] == ["Всего много"]
    assert end.missing == ()


def test_a_change_from_the_summary_leads_back_there() -> None:
    walk = walkthrough.answer(to_table(), {number("books"): 1})
    walk = walkthrough.answer(walk, {})
    opened = walkthrough.open_question(walk, number("teaches"))
    assert names(opened) == ["teaches"]
    assert walkthrough.answer(opened, {number("teaches"): 2}).number is None
    assert walkthrough.open_question(walk, 99).number is None


def test_skipping_takes_back_an_answer() -> None:
    walk = walkthrough.answer(walkthrough.answer(to_table(), {number("books"): 1}), {number("hours"): 10})
    again = walkthrough.answer(walkthrough.open_question(walk, number("hours")), {number("hours"): None})
    assert number("hours") not in again.answers


def test_a_walk_travels_in_a_page() -> None:
    walk = walkthrough.answer(to_table(), {number("books"): 2})
    assert walkthrough.unpack(SURVEY, walkthrough.pack(walk)) == walk


@given(st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("latin-1"))))
def test_any_other_text_is_refused(packed: str) -> None:
    with pytest.raises(AppError, match=r"preview\.lost"):
        walkthrough.unpack(SURVEY, packed)


@pytest.mark.parametrize(
    "answers",
    ['{"2": [[0, 7, null]]}', '{"99": [[0, 1, null]]}', '{"5": [[0, null, "x"]]}', '{"2": [["a", 1, null]]}', "[]"],
)
def test_forged_answers_are_refused(answers: str) -> None:
    with pytest.raises(AppError, match=r"preview\.lost"):
        walkthrough.unpack(SURVEY, f'{{"facts": {{}}, "answers": {answers}, "at": 1, "from_summary": false}}')


TYPED: dict[QuestionType, Value] = {
    QuestionType.INTEGER: 1,
    QuestionType.DECIMAL: 1.0,
    QuestionType.RANGE: 1.0,
    QuestionType.DATE: "2026-09-01",
    QuestionType.TEXT: "Слова",
    QuestionType.LONG_TEXT: "Слова",
}


def plain(walk: Walk, question: Question) -> Value | None:
    """Something that fits: what is known, else the simplest."""
    situation = walk.situation
    known = situation.suggestion(question)
    if known is not None:
        return known
    offered = [choice.number for choice in situation.choices(question)]
    if question.type is QuestionType.RANK:
        return tuple(offered)
    if question.is_multiple:
        return tuple(offered[:1]) or None
    if offered:
        return offered[0]
    return TYPED.get(question.type)


@pytest.mark.parametrize("survey", BUILT_IN, ids=lambda one: one.code)
def test_every_built_in_survey_can_be_walked_through(survey: SurveyDefinition) -> None:
    facts = {"pair_role": "mentor", "organisation_kind": "school", NOW: "2026-11-23T11:00:00+08:00"}
    walk = walkthrough.begin(survey, facts)
    pages = 0
    while walk.number is not None:
        pages += 1
        values = {one.number: plain(walk, one) for one in walk.asked if one.is_asked}
        walk = walkthrough.unpack(survey, walkthrough.pack(walkthrough.answer(walk, values)))
        assert pages < 200
    assert pages > 5
    assert walkthrough.end(walk).missing == ()
