"""An answer in its three guises: as stored, as expressions see it, and in words."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from core.surveys.expressions import to_text
from core.surveys.model import Choice, Question, QuestionType, Value

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def value_text(question: Question, value: Value) -> str:
    """An answer as expressions see it: names of choices, ISO dates, numbers with a point."""
    if isinstance(value, tuple):
        return " ".join(question.choice(number).name for number in value)
    if question.choices:
        return question.choice(int(value)).name
    return value if isinstance(value, str) else to_text(float(value))


def from_text(question: Question, text: str, offered: Sequence[Choice]) -> Value | None:
    """The answer that an expression came to; None when it is none that this question can hold."""
    if not text:
        return None
    if question.choices:
        return _chosen(question, text, offered)
    if question.is_number:
        return _number(question, text)
    if question.type in _MOMENTS:
        return text if _is_moment(question.type, text) else None
    return text


def said(question: Question, value: Value) -> str:
    """The answer in words, as people write it."""
    if isinstance(value, tuple):
        labels = [question.choice(number).label for number in value]
        if question.type is QuestionType.RANK:
            return "; ".join(f"{place}. {label}" for place, label in enumerate(labels, start=1))
        return "; ".join(labels)
    if question.choices:
        return question.choice(int(value)).label
    if isinstance(value, str):
        return _moment_said(question.type, value) if question.type in _MOMENTS else value
    return to_text(float(value)).replace(".", ",")


_MOMENTS: Mapping[QuestionType, Callable[[str], object]] = {
    QuestionType.DATE: date.fromisoformat,
    QuestionType.TIME: time.fromisoformat,
    QuestionType.DATETIME: datetime.fromisoformat,
}


def _chosen(question: Question, text: str, offered: Sequence[Choice]) -> Value | None:
    numbers = {choice.name: choice.number for choice in offered}
    if question.type in {QuestionType.SELECT_ONE, QuestionType.LIKERT}:
        return numbers.get(text)
    found = [numbers[name] for name in text.split() if name in numbers]
    if question.type is QuestionType.RANK:
        return tuple(found) if len(set(found)) == len(offered) else None
    return tuple(sorted(set(found))) or None


def _number(question: Question, text: str) -> Value | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    if question.type is QuestionType.INTEGER:
        return int(number) if number.is_integer() else None
    return number


def _is_moment(type_: QuestionType, text: str) -> bool:
    try:
        _MOMENTS[type_](text)
    except ValueError:
        return False
    return True


def _moment_said(type_: QuestionType, text: str) -> str:
    if type_ is QuestionType.TIME:
        return text
    moment = datetime.fromisoformat(text)
    return f"{moment:%d.%m.%Y}" if type_ is QuestionType.DATE else f"{moment:%d.%m.%Y, %H:%M}"
