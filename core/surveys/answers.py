"""What counts as an answer: typed text → value, and the checks a value must pass before it is stored."""

import re
import unicodedata

from core.errors import AppError
from core.surveys.model import Question, QuestionType, Value

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


class InvalidAnswer(AppError):
    """The answer cannot be taken; `key` names the sentence that says why."""


def parse_text(question: Question, text: str) -> Value:
    """A typed message as the answer to this question. Raises InvalidAnswer.

    Whole numbers may have spaces between thousands and a common unit after them («1 200», «12 лет»).
    Keys: answer.use_buttons, answer.required, answer.empty, answer.too_long (limit, length),
    answer.bad_characters, answer.not_whole, answer.not_a_number, answer.out_of_range (low, high).
    """
    if question.type not in {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.INTEGER}:
        raise InvalidAnswer("answer.use_buttons")
    long = question.type is QuestionType.LONG_TEXT
    cleaned = _cleaned(text, keep_lines=long)
    if not cleaned:
        raise InvalidAnswer("answer.required" if question.required else "answer.empty")
    _check_text(cleaned, LONG_TEXT if long else SHORT_TEXT)
    return _whole(cleaned) if question.type is QuestionType.INTEGER else cleaned


def check_value(question: Question, value: Value) -> None:
    """Refuse what this kind of question cannot hold. Raises InvalidAnswer.

    Keys: answer.not_asked, answer.unknown_choice, answer.not_a_number, answer.out_of_range, answer.empty,
    answer.too_long, answer.bad_characters.
    """
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.LIKERT:
            _check_choices(question, (value,))
        case QuestionType.SELECT_MULTIPLE:
            _check_several(question, value)
        case QuestionType.INTEGER:
            _check_whole(value)
        case QuestionType.TEXT | QuestionType.LONG_TEXT:
            _check_typed(value, LONG_TEXT if question.type is QuestionType.LONG_TEXT else SHORT_TEXT)
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
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    match = _WHOLE.fullmatch(plain)
    if match is None:
        raise InvalidAnswer("answer.not_whole" if _FRACTION.fullmatch(plain) else "answer.not_a_number")
    number = int(match["number"].replace(" ", ""))
    _check_whole(number)
    return number


def _check_whole(value: Value) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidAnswer("answer.not_a_number")
    if abs(value) > LARGEST_NUMBER:
        raise InvalidAnswer("answer.out_of_range", low=-LARGEST_NUMBER, high=LARGEST_NUMBER)


def _check_several(question: Question, value: Value) -> None:
    if not isinstance(value, tuple) or not value:
        raise InvalidAnswer("answer.empty")
    _check_choices(question, value)
    if list(value) != sorted(set(value)):
        raise InvalidAnswer("answer.unknown_choice")


def _check_choices(question: Question, numbers: tuple[Value, ...]) -> None:
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(question.choices):
            raise InvalidAnswer("answer.unknown_choice")
