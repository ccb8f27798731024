"""A note: read and passed by."""

from bot.screens.model import Button
from bot.surveys.kinds.base import Asked, Kind
from bot.surveys.presses import Op
from bot.texts import plain


class Note(Kind):
    def forward(self, asked: Asked) -> Button | None:
        return asked.button(plain("survey.button.next"), Op.PROCEED)
