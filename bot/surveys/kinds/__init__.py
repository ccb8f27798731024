"""One file per kind of question. A new kind is a file here and a line below."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.surveys.kinds.base import Asked, Kind
from bot.surveys.kinds.integer import Integer
from bot.surveys.kinds.likert import Likert
from bot.surveys.kinds.long_text import LongText
from bot.surveys.kinds.note import Note
from bot.surveys.kinds.select_multiple import SelectMultiple
from bot.surveys.kinds.select_one import SelectOne
from bot.surveys.kinds.text import Text
from core.surveys.model import QuestionType

__all__ = ["KINDS", "Asked", "Kind"]

KINDS: Mapping[QuestionType, Kind] = MappingProxyType(
    {
        QuestionType.SELECT_ONE: SelectOne(),
        QuestionType.SELECT_MULTIPLE: SelectMultiple(),
        QuestionType.LIKERT: Likert(),
        QuestionType.INTEGER: Integer(),
        QuestionType.TEXT: Text(),
        QuestionType.LONG_TEXT: LongText(),
        QuestionType.NOTE: Note(),
    }
)
"""Calculated questions are missing on purpose: nobody ever sees one."""
