"""A note: read and passed by."""

from markupsafe import Markup

from bot.screens.layout import shortened
from bot.screens.model import Button
from bot.surveys.kinds.base import HINT, NOTE, Asked, Kind
from bot.surveys.presses import Op
from bot.texts import plain, text


class Note(Kind):
    def wording(self, asked: Asked) -> Markup:
        label = asked.situation.filled(asked.question.label)
        return text("survey.note", label=shortened(label, NOTE)) + self._hint(asked, HINT)

    def forward(self, asked: Asked) -> Button | None:
        return asked.button(plain("survey.button.next"), Op.PROCEED)
