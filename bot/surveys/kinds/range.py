"""A number out of an even row: pressed when the row is short, typed otherwise."""

from markupsafe import Markup

from bot.screens.layout import Rows
from bot.surveys.kinds.base import Asked
from bot.surveys.kinds.typed import Typed
from bot.surveys.presses import Op
from bot.texts import plain, text
from bot.texts.filters import exact

PRESSED = 11
"""Longest row of buttons: from 0 to 10."""
IN_A_ROW = 6


class Range(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.range")

    def body(self, asked: Asked) -> Markup | None:
        if len(_numbers(asked)) <= PRESSED:
            return None
        return super().body(asked)

    def rows(self, asked: Asked) -> Rows:
        """All numbers, in as many rows of one length as they need."""
        numbers = _numbers(asked)
        if len(numbers) > PRESSED:
            return ()
        buttons = [
            asked.button(
                (plain("survey.mark.chosen") if number == asked.answer else "") + exact(number), Op.NUMBER, place
            )
            for place, number in enumerate(numbers, start=1)
        ]
        rows = -(-len(buttons) // IN_A_ROW)
        length = -(-len(buttons) // rows)
        return tuple(tuple(buttons[at : at + length]) for at in range(0, len(buttons), length))

    def expects(self, asked: Asked) -> Markup:
        row = asked.question.row
        assert row is not None, "a range has its row"
        return text("survey.expects.range", low=row.start, high=row.numbers[-1], step=row.step)


def _numbers(asked: Asked) -> tuple[float, ...]:
    return () if asked.question.row is None else asked.question.row.numbers
