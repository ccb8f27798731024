"""A day: typed, and pressed when it is today or yesterday."""

from datetime import datetime, timedelta

from bot.screens.layout import Rows
from bot.surveys.kinds.base import Asked
from bot.surveys.kinds.typed import Typed
from bot.surveys.presses import Op
from bot.texts import plain
from core.surveys.model import NOW
from core.surveys.steps import Step

NEAR = (("survey.button.yesterday", 1), ("survey.button.today", 0))
"""Days with a button of their own: what it says, and how long ago the day was."""


class Date(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.date")

    def rows(self, asked: Asked) -> Rows:
        """The near days, as far as the question takes them."""
        row = tuple(
            asked.button(plain(key), Op.DAY, ago)
            for key, ago in NEAR
            if asked.situation.satisfies(asked.question, day_before(asked.step, ago))
        )
        return (row,) if row else ()


def day_before(step: Step, ago: int) -> str:
    """The day so long before today, where the municipality is, as answers store it."""
    return (datetime.fromisoformat(step.facts[NOW]).date() - timedelta(days=ago)).isoformat()
