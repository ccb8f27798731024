"""Several of: each press sets or clears one mark, «Далее» leaves."""

from markupsafe import Markup

from bot.screens.layout import Rows
from bot.screens.model import Button
from bot.surveys.kinds import choices
from bot.surveys.kinds.base import Asked
from bot.surveys.presses import Op
from bot.texts import plain, text


class SelectMultiple(choices.Chosen):
    def body(self, asked: Asked) -> Markup | None:
        if asked.nothing_offered:
            return super().body(asked)
        count = len(choices.marked(asked.answer))
        parts = (choices.listing(asked), text("survey.expects.several", marked=count))
        return Markup("\n").join(part for part in parts if part is not None)

    def rows(self, asked: Asked) -> Rows:
        on = choices.marked(asked.answer)
        buttons = [
            asked.button(
                choices.label(asked, place, one, plain("survey.mark.on" if one.number in on else "survey.mark.off")),
                Op.OFF if one.number in on else Op.ON,
                one.number,
            )
            for place, one in choices.shown(asked)
        ]
        return (*((one,) for one in buttons), *choices.paging(asked))

    def forward(self, asked: Asked) -> Button | None:
        """«Далее» also while nothing is marked and something must be: the press then says what is missing."""
        if asked.answer is None and asked.required and asked.choices and asked.suggestion is None:
            return asked.button(plain("survey.button.next"), Op.PROCEED)
        return super().forward(asked)
