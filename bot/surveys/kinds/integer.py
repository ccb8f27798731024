"""A whole number, typed."""

from bot.surveys.kinds.typed import Typed


class Integer(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.integer")
