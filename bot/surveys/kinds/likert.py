"""A step of an ordered scale: always one below another, so that the order is seen."""

from bot.screens.layout import Rows
from bot.surveys.kinds import choices
from bot.surveys.kinds.base import Asked
from bot.surveys.kinds.select_one import SelectOne
from bot.surveys.presses import Op
from bot.texts import plain

TINY = 3
"""Steps this short, such as the numbers from 1 to 5, stand in one row."""
IN_A_ROW = 5


class Likert(SelectOne):
    def rows(self, asked: Asked) -> Rows:
        steps = asked.choices
        if len(steps) > IN_A_ROW or any(len(one.label) > TINY for one in steps):
            return tuple((one,) for row in super().rows(asked) for one in row)
        chosen = choices.marked(asked.answer)
        buttons = tuple(
            asked.button(
                (plain("survey.mark.chosen") if one.number in chosen else "") + one.label, Op.ANSWER, one.number
            )
            for one in steps
        )
        return (buttons,) if buttons else ()
