"""How long a survey takes, from its questions: for forms whose author did not say.

Reading: an adult reads Russian silently at about 180 words, some 1,200 characters, a minute (20 a second).
Answering: a press on a phone takes a few seconds, typing one and a half to two characters a second.
"""

import math
from collections.abc import Iterable

from core.surveys.model import Question, QuestionType

_CHARACTERS_A_SECOND = 20
_MOST_MINUTES = 120
_READ_CHOICES = 12
"""Of a long list people read about as many choices, and look for their own in the rest."""
_ANSWERING = {
    QuestionType.NOTE: 0.0,
    QuestionType.CALCULATE: 0.0,
    QuestionType.SELECT_ONE: 3.0,
    QuestionType.LIKERT: 3.0,
    QuestionType.RANGE: 3.0,
    QuestionType.SELECT_MULTIPLE: 8.0,
    QuestionType.INTEGER: 6.0,
    QuestionType.DECIMAL: 8.0,
    QuestionType.TIME: 8.0,
    QuestionType.DATE: 10.0,
    QuestionType.DATETIME: 15.0,
    QuestionType.TEXT: 20.0,
    QuestionType.LONG_TEXT: 60.0,
    QuestionType.RANK: 0.0,
}
"""Seconds for the answer itself; a rank takes its time by the choice."""
_PRESS = 2.0
"""Seconds to find one button and press it."""
_RANKING = 4.0
"""Seconds to find a place for one choice."""


def estimated_minutes(questions: Iterable[Question]) -> int:
    """Whole minutes, 1 to 120, for somebody who is asked all of them."""
    total = sum(seconds(question) for question in questions if question.is_step)
    return max(1, min(_MOST_MINUTES, math.ceil(total / 60)))


def seconds(question: Question, *, pressed: bool = False) -> float:
    """For reading the question and answering it; `pressed`: it was only skipped, or what is known confirmed."""
    read = len(question.label) + len(question.hint or "")
    read += sum(len(choice.label) for choice in question.choices[:_READ_CHOICES])
    if pressed:
        return read / _CHARACTERS_A_SECOND + _PRESS
    ranking = _RANKING * len(question.choices) if question.type is QuestionType.RANK else 0.0
    return read / _CHARACTERS_A_SECOND + _ANSWERING[question.type] + ranking
