"""One of: a press is the answer."""

from bot.screens.layout import Rows
from bot.surveys.kinds import choices
from bot.surveys.kinds.base import Asked
from bot.surveys.presses import Op
from bot.texts import plain

SHORT_PAIR = 14
"""Two choices this short, such as «Да» and «Нет», stand side by side."""


class SelectOne(choices.Chosen):
    def rows(self, asked: Asked) -> Rows:
        chosen = choices.marked(asked.answer)
        buttons = tuple(
            asked.button(
                choices.label(asked, place, one, plain("survey.mark.chosen") if one.number in chosen else ""),
                Op.ANSWER,
                one.number,
            )
            for place, one in choices.shown(asked)
        )
        if len(asked.choices) == 2 and all(len(one.label) <= SHORT_PAIR for one in asked.choices):
            return (buttons,)
        return (*((one,) for one in buttons), *choices.paging(asked))
