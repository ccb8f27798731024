"""Answers ↔ rows: a choice is stored as its small number, several of as a row a mark, a rank as a row a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.surveys.model import Question, QuestionType, Value


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """One row of the answers: `item` is 0, or the number of the choice that is marked or ranked."""

    item: int
    number: float | None = None
    text: str | None = None


def encode(question: Question, value: Value) -> tuple[AnswerCell, ...]:
    """The rows of one answer. Raises ValueError for a value this question cannot hold."""
    if isinstance(value, tuple) and value and question.type in _SEVERAL:
        ranked = question.type is QuestionType.RANK
        return tuple(AnswerCell(item, float(place) if ranked else 1.0) for place, item in enumerate(value, start=1))
    if isinstance(value, str) and question.type in _WRITTEN:
        return (AnswerCell(item=0, text=value),)
    if isinstance(value, int | float) and question.type in _NUMBERED:
        return (AnswerCell(item=0, number=float(value)),)
    raise ValueError(f"question {question.number} ({question.type}) cannot hold {type(value).__name__}")


def decode(question: Question, cells: Iterable[AnswerCell]) -> Value:
    """The answer out of its rows, in any order. Raises ValueError when they do not fit the question."""
    rows = sorted(cells, key=lambda cell: cell.item)
    if question.type is QuestionType.RANK and rows:
        return tuple(cell.item for cell in sorted(rows, key=lambda cell: cell.number or 0))
    if question.is_multiple and rows:
        return tuple(cell.item for cell in rows)
    if len(rows) == 1 and rows[0].item == 0:
        if rows[0].text is not None and question.type in _WRITTEN:
            return rows[0].text
        if rows[0].number is not None and question.type in _NUMBERED:
            return rows[0].number if question.type in _FRACTIONAL else int(rows[0].number)
    raise ValueError(f"rows do not fit question {question.number} ({question.type})")


_SEVERAL = {QuestionType.SELECT_MULTIPLE, QuestionType.RANK}
_FRACTIONAL = {QuestionType.DECIMAL, QuestionType.RANGE}
_NUMBERED = {QuestionType.SELECT_ONE, QuestionType.LIKERT, QuestionType.INTEGER, *_FRACTIONAL}
_WRITTEN = {
    QuestionType.TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.DATE,
    QuestionType.TIME,
    QuestionType.DATETIME,
    QuestionType.CALCULATE,
}
