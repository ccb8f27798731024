"""A day with its time, typed."""

from bot.surveys.kinds.typed import Typed


class DateTime(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.datetime")
