"""What counts as an answer: typed text → value, and the checks a value must pass before it is stored."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from core.errors import AppError
from core.surveys.model import Question, QuestionType, Value
from core.surveys.moments import parse_day, parse_moment, parse_time

SHORT_TEXT, LONG_TEXT = 255, 2_000
"""Longest answers, in characters."""
LARGEST_NUMBER = 1_000_000_000

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that reorder the text around them on somebody else's screen."""
_UNIT = (
    r"(?:лет|год[а]?|ч\.?|час(?:а|ов)?|мин\.?|минут[аы]?|раз[а]?|чел\.?|человека?|дн\.?|день|дня|дней|%|руб\.?|шт\.?)"
)
_PER = r"(?: ?(?:в|за) (?:день|неделю|месяц|год))"
_WHOLE = re.compile(
    rf"(?P<number>[+-]?(?:[0-9]{{1,3}}(?: [0-9]{{3}}){{1,5}}|[0-9]{{1,18}}))(?: ?{_UNIT}{_PER}?)?", re.I
)
_FRACTION = re.compile(r"[+-]?[0-9]{1,18}[.,][0-9]{1,18}")
_RATES = r"ст(?:авк[аи]|авок)?\.?"
_DECIMAL = re.compile(
    r"(?P<number>[+-]?(?:[0-9]{1,3}(?: [0-9]{3}){1,5}|[0-9]{1,15})(?:[.,][0-9]{1,9})?)" rf"(?: ?(?:{_UNIT}|{_RATES}))?",
    re.I,
)


class InvalidAnswer(AppError):
    """The answer cannot be taken; `key` names the sentence that says why."""


def parse_text(question: Question, text: str) -> Value:
    """A typed message as the answer to this question. Raises InvalidAnswer.

    Whole numbers may have spaces between thousands and a common unit after them («1 200», «12 лет»), decimals a
    comma or a point, days and times the forms that core.surveys.moments knows.
    Keys: answer.use_buttons, answer.required, answer.empty, answer.too_long (limit, length),
    answer.bad_characters, answer.not_whole, answer.not_a_number, answer.not_decimal, answer.out_of_range (low,
    high), answer.not_in_row (low, high, step), answer.not_a_date, answer.not_a_time, answer.not_a_moment.
    """
    if question.type not in _TYPED:
        raise InvalidAnswer("answer.use_buttons")
    long = question.type is QuestionType.LONG_TEXT
    cleaned = _cleaned(text, keep_lines=long)
    if not cleaned:
        raise InvalidAnswer("answer.required" if question.required else "answer.empty")
    _check_text(cleaned, LONG_TEXT if long else SHORT_TEXT)
    value = _TYPED[question.type](cleaned)
    check_value(question, value)
    return value


def check_value(question: Question, value: Value) -> None:
    """Refuse what this kind of question cannot hold. Raises InvalidAnswer.

    A rank may still be without some of its choices: whether it is whole depends on which are offered.
    Keys: answer.not_asked, answer.unknown_choice, answer.not_a_number, answer.out_of_range, answer.not_in_row,
    answer.empty, answer.too_long, answer.bad_characters, answer.not_a_date, answer.not_a_time, answer.not_a_moment.
    """
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.LIKERT:
            _check_choices(question, (value,))
        case QuestionType.SELECT_MULTIPLE:
            _check_several(question, value, ordered=True)
        case QuestionType.RANK:
            _check_several(question, value, ordered=False)
        case QuestionType.INTEGER | QuestionType.DECIMAL | QuestionType.RANGE:
            _check_number(question, value)
        case QuestionType.TEXT | QuestionType.LONG_TEXT:
            _check_typed(value, LONG_TEXT if question.type is QuestionType.LONG_TEXT else SHORT_TEXT)
        case QuestionType.DATE | QuestionType.TIME | QuestionType.DATETIME:
            _check_moment(question.type, value)
        case QuestionType.NOTE | QuestionType.CALCULATE:
            raise InvalidAnswer("answer.not_asked")


def _cleaned(text: str, *, keep_lines: bool) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    lines = [line.strip() for line in text.split("\n")]
    return ("\n" if keep_lines else " ").join(lines).strip()


def _check_text(text: str, limit: int) -> None:
    if len(text) > limit:
        raise InvalidAnswer("answer.too_long", limit=limit, length=len(text))
    if any(sign in _BIDI or (sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs"}) for sign in text):
        raise InvalidAnswer("answer.bad_characters")


def _check_typed(value: Value, limit: int) -> None:
    if not isinstance(value, str) or not value.strip():
        raise InvalidAnswer("answer.empty")
    _check_text(value, limit)


def _whole(text: str) -> int:
    plain = _plain(text)
    match = _WHOLE.fullmatch(plain)
    if match is None:
        raise InvalidAnswer("answer.not_whole" if _FRACTION.fullmatch(plain) else "answer.not_a_number")
    return int(match["number"].replace(" ", ""))


def _decimal(text: str) -> float:
    match = _DECIMAL.fullmatch(_plain(text))
    if match is None:
        raise InvalidAnswer("answer.not_decimal")
    return float(match["number"].replace(" ", "").replace(",", "."))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def _moment(parse: Callable[[str], str | None], key: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = parse(text)
        if found is None:
            raise InvalidAnswer(key)
        return found

    return read


_TYPED: Mapping[QuestionType, Callable[[str], Value]] = {
    QuestionType.TEXT: str,
    QuestionType.LONG_TEXT: str,
    QuestionType.INTEGER: _whole,
    QuestionType.DECIMAL: _decimal,
    QuestionType.RANGE: _decimal,
    QuestionType.DATE: _moment(parse_day, "answer.not_a_date"),
    QuestionType.TIME: _moment(parse_time, "answer.not_a_time"),
    QuestionType.DATETIME: _moment(parse_moment, "answer.not_a_moment"),
}
"""How the words typed for a kind of question become its answer."""

_MOMENTS: Mapping[QuestionType, tuple[Callable[[str], object], str]] = {
    QuestionType.DATE: (date.fromisoformat, "answer.not_a_date"),
    QuestionType.TIME: (time.fromisoformat, "answer.not_a_time"),
    QuestionType.DATETIME: (datetime.fromisoformat, "answer.not_a_moment"),
}


def _check_moment(type_: QuestionType, value: Value) -> None:
    parse, key = _MOMENTS[type_]
    try:
        parse(str(value))
    except ValueError:
        raise InvalidAnswer(key) from None


def _check_number(question: Question, value: Value) -> None:
    whole = question.type is QuestionType.INTEGER
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise InvalidAnswer("answer.not_a_number" if whole else "answer.not_decimal")
    if not abs(value) <= LARGEST_NUMBER:  # also for what is not a number at all
        raise InvalidAnswer("answer.out_of_range", low=-LARGEST_NUMBER, high=LARGEST_NUMBER)
    if question.row is not None and float(value) not in question.row.numbers:
        row = question.row
        raise InvalidAnswer("answer.not_in_row", low=row.start, high=row.end, step=row.step)


def _check_several(question: Question, value: Value, *, ordered: bool) -> None:
    if not isinstance(value, tuple) or not value:
        raise InvalidAnswer("answer.empty")
    _check_choices(question, value)
    if len(set(value)) < len(value) or (ordered and list(value) != sorted(value)):
        raise InvalidAnswer("answer.unknown_choice")


def _check_choices(question: Question, numbers: tuple[Value, ...]) -> None:
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(question.choices):
            raise InvalidAnswer("answer.unknown_choice")
