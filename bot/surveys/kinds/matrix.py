"""A line of a table: the whole table is on the screen, the buttons answer the line that is marked."""

from markupsafe import Markup

from bot.screens.layout import shortened
from bot.surveys.kinds.base import Asked, said
from bot.surveys.kinds.likert import Likert
from bot.texts import text
from core.surveys.model import Question

HEADING, PRESENT, OTHER, SAID, HINT = 350, 500, 60, 24, 300
LINES = 12
"""Lines of a table on the screen, those around the present one; more push the buttons out of sight."""


class Matrix(Likert):
    def wording(self, asked: Asked) -> Markup:
        lines = _lines(asked)
        here = next(place for place, one in enumerate(lines) if one.number == asked.question.number)
        start = max(0, min(here - LINES // 2, len(lines) - LINES))
        parts = [_heading(asked)]
        if start > 0:
            parts.append(text("survey.matrix.above", count=start))
        parts += [self._line(asked, one) for one in lines[start : start + LINES]]
        if (rest := len(lines) - start - LINES) > 0:
            parts.append(text("survey.matrix.below", count=rest))
        return Markup("\n").join(part for part in parts if part)

    def _line(self, asked: Asked, question: Question) -> Markup:
        answer = asked.situation.answer(question)
        words = None if answer is None else shortened(said(asked.situation, question, answer), SAID)
        label = asked.situation.filled(question.label)
        if question.number != asked.question.number:
            return text("survey.matrix.line", label=shortened(label, OTHER), said=words)
        return text("survey.matrix.present", label=shortened(label, PRESENT), said=words) + self._hint(asked, HINT)


def _heading(asked: Asked) -> Markup:
    title = asked.situation.filled(asked.step.definition.section(asked.question.section or "").title).strip()
    return text("survey.matrix.heading", title=shortened(title, HEADING)) if title else Markup()


def _lines(asked: Asked) -> list[Question]:
    """The lines that are asked of this person."""
    return [
        one
        for one in asked.step.definition.questions
        if one.section == asked.question.section and one.is_asked and asked.situation.is_relevant(one.name)
    ]
