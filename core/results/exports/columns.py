"""Questions and scales of a named survey as columns, and answers as their cells. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from core.results.figures import wording
from core.surveys.model import Choice, Question, QuestionType, Scale, SurveyDefinition, Value
from core.tables.table import Cell, Kind, Variable

_MOMENTS: dict[QuestionType, tuple[Kind, Callable[[str], Cell]]] = {
    QuestionType.DATE: (Kind.DATE, date.fromisoformat),
    QuestionType.TIME: (Kind.TIME, lambda text: time.fromisoformat(text).replace(tzinfo=None)),
    QuestionType.DATETIME: (Kind.MOMENT, lambda text: datetime.fromisoformat(text).replace(tzinfo=None)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """`cell` gives what an answer puts there; it is not called where there is no answer."""

    variable: Variable
    question: int
    cell: Callable[[Value], Cell]


def question_columns(definition: SurveyDefinition, numeric: Sequence[int]) -> list[Column]:
    """In the survey's order. `numeric`: calculated questions that came to numbers only."""
    return [
        column
        for question in definition.questions
        if question.type is not QuestionType.NOTE
        for column in _columns(question, question.number in numeric)
    ]


def scale_variables(scale: Scale) -> tuple[Variable, Variable]:
    """Its value from 0 to 100, and its level as a code in the order of the levels."""
    labels = {number: band.title for number, band in enumerate(scale.bands, start=1)}
    return (
        Variable(f"scale_{scale.name}", f"{scale.title}, от 0 до 100", Kind.NUMBER),
        Variable(f"level_{scale.name}", f"{scale.title}, уровень", Kind.CODE, labels, ordered=True),
    )


def level_code(scale: Scale, band: str | None) -> int | None:
    return next((number for number, one in enumerate(scale.bands, start=1) if one.code == band), None)


def _columns(question: Question, numeric: bool) -> list[Column]:
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.LIKERT:
            labels = {choice.number: wording(choice.label) for choice in question.choices}
            ordered = question.type is QuestionType.LIKERT
            return [_column(question, Kind.CODE, _whole, labels, ordered=ordered)]
        case QuestionType.SELECT_MULTIPLE:
            return [_choice(question, one, Kind.FLAG, _marked(one.number)) for one in question.choices]
        case QuestionType.RANK:
            return [_choice(question, one, Kind.NUMBER, _place(one.number)) for one in question.choices]
        case _:
            return [_single(question, numeric)]


def _single(question: Question, numeric: bool) -> Column:
    if question.type in _MOMENTS:
        kind, read = _MOMENTS[question.type]
        return _column(question, kind, lambda value: read(str(value)))
    if question.is_number:
        return _column(question, Kind.NUMBER, _plain)
    if numeric:
        return _column(question, Kind.NUMBER, lambda value: float(str(value)))
    return _column(question, Kind.TEXT, str)


def _column(
    question: Question,
    kind: Kind,
    cell: Callable[[Value], Cell],
    labels: dict[int, str] | None = None,
    *,
    ordered: bool = False,
) -> Column:
    label = wording(question.label) or question.name
    return Column(Variable(question.name, label, kind, labels or {}, ordered), question.number, cell)


def _choice(question: Question, choice: Choice, kind: Kind, cell: Callable[[Value], Cell]) -> Column:
    label = f"{wording(question.label) or question.name}: {wording(choice.label)}"
    return Column(Variable(f"{question.name}_{choice.name}", label, kind), question.number, cell)


def _marked(number: int) -> Callable[[Value], Cell]:
    return lambda value: int(isinstance(value, tuple) and number in value)


def _place(number: int) -> Callable[[Value], Cell]:
    """Empty for a choice that was not offered."""
    return lambda value: value.index(number) + 1 if isinstance(value, tuple) and number in value else None


def _whole(value: Value) -> Cell:
    return value if isinstance(value, int) else None


def _plain(value: Value) -> Cell:
    return None if isinstance(value, tuple) else value
