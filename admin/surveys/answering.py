"""A page of the preview: what the fields of a question are, and what was entered in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from starlette.datastructures import FormData

from core.authoring.walkthrough import Walk
from core.surveys import rules, values
from core.surveys.answers import InvalidAnswer
from core.surveys.model import Choice, Question, QuestionType, Value

FEW = 11
"""Numbers of a range that stand on the page to be chosen; more are typed."""


class Input(StrEnum):
    """How a question is answered on the page."""

    NOTE = "note"
    ONE = "one"
    SEVERAL = "several"
    RANK = "rank"
    NUMBERS = "numbers"
    LINE = "line"
    LINES = "lines"


_TYPES: Mapping[QuestionType, Input] = MappingProxyType(
    {
        QuestionType.NOTE: Input.NOTE,
        QuestionType.SELECT_ONE: Input.ONE,
        QuestionType.LIKERT: Input.ONE,
        QuestionType.SELECT_MULTIPLE: Input.SEVERAL,
        QuestionType.RANK: Input.RANK,
        QuestionType.LONG_TEXT: Input.LINES,
    }
)
_HTML: Mapping[QuestionType, str] = MappingProxyType(
    {QuestionType.DATE: "date", QuestionType.TIME: "time", QuestionType.DATETIME: "datetime-local"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it. `known` is what the registry would suggest, in words."""

    question: Question
    label: str
    hint: str
    required: bool
    input: Input
    html_type: str
    choices: tuple[tuple[int, str], ...]
    numbers: tuple[str, ...]
    marked: frozenset[int]
    places: Mapping[int, int] = field(default_factory=dict)
    """Of a rank: number of a choice → its place, from 1."""
    typed: str = ""
    known: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return field_name(self.question)


def field_name(question: Question, choice: int | None = None) -> str:
    return f"answer-{question.number}" if choice is None else f"answer-{question.number}-{choice}"


def asked(walk: Walk, errors: Mapping[int, str], sent: FormData | None = None) -> list[Asked]:
    """What stands on the page; `sent` is shown again when it could not be taken."""
    return [_asked(walk, question, errors.get(question.number, ""), sent) for question in walk.asked]


def _asked(walk: Walk, question: Question, error: str, sent: FormData | None) -> Asked:
    situation = walk.situation
    known = situation.suggestion(question) if question.is_asked else None
    own = walk.answers.get(question.number)
    value = known if own is None else own
    offered = situation.choices(question)
    typed = "" if value is None or question.choices else _typed(question, value)
    if sent is not None and field_name(question) in sent:
        typed = str(sent[field_name(question)])
    return Asked(
        question=question,
        label=situation.filled(question.label),
        hint=situation.filled(question.hint or ""),
        required=situation.is_required(question),
        input=_input(question),
        html_type=_HTML.get(question.type, "text"),
        choices=tuple((one.number, situation.filled(one.label)) for one in offered),
        numbers=_numbers(question),
        marked=_marked(question, value),
        places={number: place for place, number in enumerate(value, 1)} if isinstance(value, tuple) else {},
        typed=typed,
        known=values.said(question, known) if known is not None and own is None else "",
        error=error,
    )


def _input(question: Question) -> Input:
    if _numbers(question):
        return Input.NUMBERS
    return _TYPES.get(question.type, Input.LINE)


def _numbers(question: Question) -> tuple[str, ...]:
    if question.row is None or len(question.row.numbers) > FEW:
        return ()
    return tuple(values.said(question, number) for number in question.row.numbers)


def _marked(question: Question, value: Value | None) -> frozenset[int]:
    if value is None or not question.choices:
        return frozenset()
    return frozenset(value) if isinstance(value, tuple) else frozenset({int(value)})


def _typed(question: Question, value: Value) -> str:
    """As the field wants it: days and times as ISO writes them."""
    return str(value) if question.type in _HTML else values.said(question, value)


def entered(walk: Walk, form: FormData) -> tuple[dict[int, Value | None], dict[int, InvalidAnswer]]:
    """What was entered, by number of question, and what of it is no answer."""
    taken: dict[int, Value | None] = {}
    wrong: dict[int, InvalidAnswer] = {}
    for question in walk.asked:
        if not question.is_asked:
            continue
        try:
            taken[question.number] = _entered(walk, question, form)
        except InvalidAnswer as error:
            wrong[question.number] = error
    return taken, wrong


def _entered(walk: Walk, question: Question, form: FormData) -> Value | None:
    offered = walk.situation.choices(question)
    if question.type is QuestionType.RANK:
        return _ranked(question, offered, form)
    given = [one.strip() for one in form.getlist(field_name(question)) if isinstance(one, str)]
    if question.choices:
        picked = tuple(sorted(one.number for one in offered if str(one.number) in given))
        return (picked or None) if question.is_multiple else next(iter(picked), None)
    text = given[0] if given else ""
    return rules.parse_text(question, text) if text else None


def _ranked(question: Question, offered: tuple[Choice, ...], form: FormData) -> Value | None:
    places = {one.number: str(form.get(field_name(question, one.number), "")) for one in offered}
    if not any(places.values()):
        return None
    if sorted(places.values()) != sorted(str(place) for place in range(1, len(offered) + 1)):
        raise InvalidAnswer("answer.rank_unfinished")
    return tuple(sorted(places, key=lambda number: int(places[number])))
