"""Answers come back out of their rows as they went in."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.encoding import AnswerCell, decode, encode
from core.surveys.model import Choice, Question, QuestionType, Value

from .samples import sample, value_for

SURVEY = sample()
ASKED = [question for question in SURVEY.questions if question.is_asked]
LIKERT = Question(9, QuestionType.LIKERT, "likert", choices=(Choice(1, "a", "А"), Choice(2, "b", "Б")))


@given(st.sampled_from([*ASKED, LIKERT]).flatmap(lambda q: st.tuples(st.just(q), value_for(q))), st.randoms())
def test_roundtrip(case: tuple[Question, Value], shuffler: random.Random) -> None:
    question, value = case
    cells = list(encode(question, value))
    shuffler.shuffle(cells)
    decoded = decode(question, cells)
    assert decoded == value
    assert type(decoded) is type(value)


def test_rows() -> None:
    assert encode(SURVEY.by_name("topics"), (1, 3)) == (AnswerCell(1, 1.0), AnswerCell(3, 1.0))
    assert encode(SURVEY.by_name("teaches"), 2) == (AnswerCell(0, 2.0),)
    assert encode(SURVEY.by_name("hours"), 18) == (AnswerCell(0, 18.0),)
    assert encode(SURVEY.by_name("why"), "так") == (AnswerCell(0, None, "так"),)


@pytest.mark.parametrize(("name", "value"), [("topics", ()), ("topics", 1), ("why", 5), ("hours", "5"), ("intro", 1)])
def test_values_that_do_not_fit(name: str, value: Value) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        encode(SURVEY.by_name(name), value)


@pytest.mark.parametrize("cells", [[], [AnswerCell(0, None, None)], [AnswerCell(1, 1.0)], [AnswerCell(0, 1.0)] * 2])
def test_rows_that_do_not_fit(cells: list[AnswerCell]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        decode(SURVEY.by_name("hours"), cells)
