"""Answers that are typed: numbers, days and times, short and long texts."""

from markupsafe import Markup

from bot.screens.layout import shortened
from bot.surveys.kinds.base import Asked, Kind
from bot.texts import text

QUOTED = 700
"""How much of an earlier answer is repeated above the field where it can be typed anew."""


class Typed(Kind):
    """`expects` is the key of the sentence that says what to type."""

    def __init__(self, expects: str) -> None:
        self._expects = expects

    def body(self, asked: Asked) -> Markup | None:
        if asked.answer is None:
            return self.expects(asked)
        return text("survey.expects.instead", answer=shortened(asked.said(asked.answer), QUOTED))

    def expects(self, asked: Asked) -> Markup:
        return text(self._expects)
