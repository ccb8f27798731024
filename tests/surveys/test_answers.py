"""What a typed message or a press is worth as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.answers import LONG_TEXT, SHORT_TEXT, InvalidAnswer, check_value, parse_text
from core.surveys.model import Choice, Question, QuestionType, Value
from core.surveys.rules import toggle

CHOICES = (Choice(1, "a", "А"), Choice(2, "b", "Б"), Choice(3, "c", "В"))
ONE = Question(1, QuestionType.SELECT_ONE, "one", choices=CHOICES)
SEVERAL = Question(2, QuestionType.SELECT_MULTIPLE, "several", choices=CHOICES)
WHOLE = Question(3, QuestionType.INTEGER, "whole")
SHORT = Question(4, QuestionType.TEXT, "short")
LONG = Question(5, QuestionType.LONG_TEXT, "long", required=True)
NOTE = Question(6, QuestionType.NOTE, "note")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), (" 7 ", 7), ("0", 0), ("-3", -3), ("−3", -3), ("+4", 4), ("1 200", 1200), ("1\u00a0200", 1200),
        ("12 лет", 12), ("2 часа в неделю", 2), ("5ч", 5), ("１２", 12), ("007", 7),
    ],
)  # fmt: skip
def test_whole_numbers(text: str, number: int) -> None:
    assert parse_text(WHOLE, text) == number


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("двенадцать", "answer.not_a_number"), ("2-3", "answer.not_a_number"), ("2 или 3", "answer.not_a_number"),
        ("12 30", "answer.not_a_number"), ("5 тыс", "answer.not_a_number"), ("1e5", "answer.not_a_number"),
        ("2,5", "answer.not_whole"), ("2.5", "answer.not_whole"), ("9999999999", "answer.out_of_range"),
        ("9" * 200, "answer.not_a_number"), ("9" * 300, "answer.too_long"), ("", "answer.empty"),
        ("1\x00", "answer.bad_characters"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number(text: str, key: str) -> None:
    with pytest.raises(InvalidAnswer) as caught:
        parse_text(WHOLE, text)
    assert caught.value.key == key


def test_text_is_trimmed_and_short_text_is_one_line() -> None:
    assert parse_text(SHORT, "  раз \r\n два\t") == "раз два"
    assert parse_text(LONG, " раз \n\n два ") == "раз\n\nдва"


@pytest.mark.parametrize(("question", "limit"), [(SHORT, SHORT_TEXT), (LONG, LONG_TEXT)])
def test_text_has_a_longest_length(question: Question, limit: int) -> None:
    assert parse_text(question, "я" * limit) == "я" * limit
    with pytest.raises(InvalidAnswer) as caught:
        parse_text(question, "я" * (limit + 1))
    assert (caught.value.key, caught.value.params) == ("answer.too_long", {"limit": limit, "length": limit + 1})


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\u202e", "\u2066"])
def test_signs_that_spoil_other_screens_are_refused(sign: str) -> None:
    with pytest.raises(InvalidAnswer, match="bad_characters"):
        parse_text(SHORT, f"до{sign}после")


def test_emoji_made_of_several_signs_are_fine() -> None:
    assert parse_text(SHORT, "👩‍🏫 да") == "👩‍🏫 да"


def test_blank_text() -> None:
    with pytest.raises(InvalidAnswer, match="empty"):
        parse_text(SHORT, " \n ")
    with pytest.raises(InvalidAnswer, match="required"):
        parse_text(LONG, " ")


@pytest.mark.parametrize("question", [ONE, SEVERAL, NOTE])
def test_choices_are_not_typed(question: Question) -> None:
    with pytest.raises(InvalidAnswer, match="use_buttons"):
        parse_text(question, "А")


@pytest.mark.parametrize(
    ("question", "value", "key"),
    [
        (ONE, 0, "unknown_choice"), (ONE, 4, "unknown_choice"), (ONE, "a", "unknown_choice"),
        (ONE, True, "unknown_choice"), (ONE, (1,), "unknown_choice"),
        (SEVERAL, (), "empty"), (SEVERAL, 1, "empty"), (SEVERAL, (1, 4), "unknown_choice"),
        (SEVERAL, (2, 1), "unknown_choice"), (SEVERAL, (1, 1), "unknown_choice"),
        (WHOLE, "12", "not_a_number"), (WHOLE, 1.5, "not_a_number"), (WHOLE, 10**12, "out_of_range"),
        (SHORT, "", "empty"), (SHORT, 5, "empty"), (SHORT, "я" * 256, "too_long"), (NOTE, 1, "not_asked"),
    ],
)  # fmt: skip
def test_values_a_question_cannot_hold(question: Question, value: Value, key: str) -> None:
    with pytest.raises(InvalidAnswer) as caught:
        check_value(question, value)
    assert caught.value.key == f"answer.{key}"


@given(st.sampled_from([WHOLE, SHORT, LONG]), st.text(st.characters(exclude_categories=[])))
def test_what_is_parsed_can_be_stored(question: Question, text: str) -> None:
    try:
        value = parse_text(question, text)
    except InvalidAnswer:
        return
    check_value(question, value)
    str(value).encode()


def test_marks_go_on_and_off() -> None:
    assert toggle(None, 2, True) == (2,)
    assert toggle((2,), 1, True) == (1, 2)
    assert toggle((1, 2), 2, False) == (1,)
    assert toggle((1,), 1, False) is None


@given(st.sets(st.integers(1, 9)), st.integers(1, 9), st.booleans())
def test_the_same_press_twice_changes_nothing_more(marks: set[int], number: int, on: bool) -> None:
    once = toggle(tuple(sorted(marks)), number, on)
    assert toggle(once, number, on) == once
