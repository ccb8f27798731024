"""One file per kind of question. A new kind is a file here and a line below."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.surveys.kinds.base import AS_OPENED, Asked, Kind, Look, asked, said
from bot.surveys.kinds.date import Date
from bot.surveys.kinds.datetime import DateTime
from bot.surveys.kinds.decimal import Decimal
from bot.surveys.kinds.integer import Integer
from bot.surveys.kinds.likert import Likert
from bot.surveys.kinds.long_text import LongText
from bot.surveys.kinds.matrix import Matrix
from bot.surveys.kinds.note import Note
from bot.surveys.kinds.range import Range
from bot.surveys.kinds.rank import Rank
from bot.surveys.kinds.select_multiple import SelectMultiple
from bot.surveys.kinds.select_one import SelectOne
from bot.surveys.kinds.text import Text
from bot.surveys.kinds.time import Time
from core.surveys.model import Question, QuestionType, SurveyDefinition

__all__ = ["AS_OPENED", "KINDS", "Asked", "Kind", "Look", "asked", "kind_of", "said"]

KINDS: Mapping[QuestionType, Kind] = MappingProxyType(
    {
        QuestionType.SELECT_ONE: SelectOne(),
        QuestionType.SELECT_MULTIPLE: SelectMultiple(),
        QuestionType.LIKERT: Likert(),
        QuestionType.INTEGER: Integer(),
        QuestionType.DECIMAL: Decimal(),
        QuestionType.RANGE: Range(),
        QuestionType.DATE: Date(),
        QuestionType.TIME: Time(),
        QuestionType.DATETIME: DateTime(),
        QuestionType.RANK: Rank(),
        QuestionType.TEXT: Text(),
        QuestionType.LONG_TEXT: LongText(),
        QuestionType.NOTE: Note(),
    }
)
"""Calculated questions are missing on purpose: nobody ever sees one."""

_MATRIX = Matrix()


def kind_of(definition: SurveyDefinition, question: Question) -> Kind:
    """How the question is shown; a line of a table is shown as one, whatever its type."""
    if question.section is not None and definition.section(question.section).matrix:
        return _MATRIX
    return KINDS[question.type]
