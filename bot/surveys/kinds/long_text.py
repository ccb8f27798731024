"""A long text, typed: lines are kept."""

from bot.surveys.kinds.typed import Typed


class LongText(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.long_text")
