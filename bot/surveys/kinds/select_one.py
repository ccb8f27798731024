"""One of: a press is the answer."""

from markupsafe import Markup

from bot.screens.layout import Rows
from bot.surveys.kinds import choices
from bot.surveys.kinds.base import Asked, Kind
from bot.surveys.presses import Op
from bot.texts import plain
from core.surveys.model import Question, Value

SHORT_PAIR = 14
"""Two choices this short, such as «Да» and «Нет», stand side by side."""


class SelectOne(Kind):
    def body(self, asked: Asked) -> Markup | None:
        return choices.listing(asked)

    def rows(self, asked: Asked) -> Rows:
        question, chosen = asked.question, choices.marked(asked.answer)
        buttons = tuple(
            asked.button(
                choices.label(question, one, plain("survey.mark.chosen") if one.number in chosen else ""),
                Op.ANSWER,
                one.number,
            )
            for one in choices.shown(asked)
        )
        if len(question.choices) == 2 and all(len(one.label) <= SHORT_PAIR for one in question.choices):
            return (buttons,)
        return (*((one,) for one in buttons), *choices.paging(asked))

    def said(self, question: Question, value: Value) -> str:
        return choices.said(question, value)
