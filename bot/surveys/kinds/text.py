"""A short text, typed: one line."""

from bot.surveys.kinds.typed import Typed


class Text(Typed):
    def __init__(self) -> None:
        super().__init__("survey.expects.text")
