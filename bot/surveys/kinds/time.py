"""A time of day, typed."""

from bot.surveys.kinds.typed import Typed


class Time(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.time")
