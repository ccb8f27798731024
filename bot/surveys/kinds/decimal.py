"""A number that may have a fraction, typed."""

from bot.surveys.kinds.typed import Typed


class Decimal(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.decimal")
