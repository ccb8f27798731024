"""Fields of a page ↔ answers, by kind of question."""

from collections.abc import Sequence

from starlette.datastructures import FormData

from core.surveys.answers import InvalidAnswer, parse_text
from core.surveys.expressions import to_text
from core.surveys.model import Choice, Question, QuestionType, Value

Raw = tuple[str, ...]
"""What the fields of one question hold: numbers of choices, typed text, or the places of a rank."""

_SINGLE = {QuestionType.SELECT_ONE, QuestionType.LIKERT}
_SHORT_ROW = 21
"""Longer rows of numbers are typed."""
_INPUTS = {QuestionType.DATE: "date", QuestionType.TIME: "time", QuestionType.DATETIME: "datetime-local"}


def field(question: Question, choice: Choice | None = None) -> str:
    """Name of a field; each choice of a rank has one of its own."""
    return f"v.{question.number}" if choice is None else f"v.{question.number}.{choice.number}"


def control(question: Question) -> str:
    """radio, checkbox, rank, textarea, or the type of an input."""
    if question.type in _SINGLE or numbers(question):
        return "radio"
    if question.type is QuestionType.SELECT_MULTIPLE:
        return "checkbox"
    if question.type is QuestionType.RANK:
        return "rank"
    if question.type is QuestionType.LONG_TEXT:
        return "textarea"
    return _INPUTS.get(question.type, "text")


def numbers(question: Question) -> tuple[float, ...]:
    """Of a row of numbers that is short enough to choose from."""
    found = question.row.numbers if question.row else ()
    return found if len(found) <= _SHORT_ROW else ()


def read(form: FormData, question: Question, offered: Sequence[Choice]) -> Raw:
    names = [field(question, one) for one in offered] if question.type is QuestionType.RANK else [field(question)]
    return tuple(value.strip() for name in names for value in form.getlist(name) if isinstance(value, str))


def value_of(question: Question, raw: Raw, offered: Sequence[Choice]) -> Value | None:
    """The answer; None when nothing was entered. Raises InvalidAnswer."""
    if not any(raw):
        return None
    if question.type in _SINGLE:
        return _number(raw[0])
    if question.type is QuestionType.SELECT_MULTIPLE:
        return tuple(sorted({_number(one) for one in raw}))
    if question.type is QuestionType.RANK:
        return _order(raw, offered)
    return parse_text(question, raw[0])


def raw_of(question: Question, value: Value | None, offered: Sequence[Choice]) -> Raw:
    """What the fields show for an answer."""
    if value is None:
        return ()
    if question.type is QuestionType.RANK and isinstance(value, tuple):
        places = {number: str(place) for place, number in enumerate(value, start=1)}
        return tuple(places.get(one.number, "") for one in offered)
    if isinstance(value, tuple):
        return tuple(str(number) for number in value)
    if isinstance(value, str):
        return (value,)
    text = to_text(float(value))
    return (text if question.choices or numbers(question) else text.replace(".", ","),)


def _order(raw: Raw, offered: Sequence[Choice]) -> Value:
    """Raises InvalidAnswer unless every choice has a place of its own."""
    places = {raw_place: choice.number for raw_place, choice in zip(raw, offered, strict=False)}
    wanted = [str(place) for place in range(1, len(offered) + 1)]
    if sorted(places) != sorted(wanted):
        raise InvalidAnswer("answer.rank_unfinished")
    return tuple(places[place] for place in wanted)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise InvalidAnswer("answer.unknown_choice")
    return int(text)
