"""A rank: choices are pressed in the order that the person puts them in; a second press takes one out."""

from markupsafe import Markup

from bot.screens.layout import Rows, shortened
from bot.screens.model import Button
from bot.surveys.kinds import choices
from bot.surveys.kinds.base import Asked
from bot.surveys.presses import Op
from bot.texts import plain, text
from core.surveys.model import Choice

ORDER = 20
"""Places that the message lists; the buttons show the others."""
LISTED = 40


class Rank(choices.Chosen):
    def body(self, asked: Asked) -> Markup | None:
        if asked.nothing_offered:
            return super().body(asked)
        left = len(asked.choices) - len(choices.marked(asked.answer))
        parts = (choices.listing(asked), _order(asked), text("survey.expects.rank", left=left))
        return Markup("\n\n").join(part for part in parts if part)

    def rows(self, asked: Asked) -> Rows:
        order = choices.marked(asked.answer)
        buttons = [_button(asked, order, place, one) for place, one in choices.shown(asked)]
        anew = ((asked.button(plain("survey.button.anew"), Op.ANEW),),) if order else ()
        return (*((one,) for one in buttons), *choices.paging(asked), *anew)

    def forward(self, asked: Asked) -> Button | None:
        """On only when every choice has its place; until then the message says how many have none."""
        if asked.answer is not None and len(choices.marked(asked.answer)) < len(asked.choices):
            return None
        return super().forward(asked)


def _button(asked: Asked, order: tuple[int, ...], place: int, choice: Choice) -> Button:
    if choice.number not in order:
        return asked.button(choices.label(asked, place, choice, plain("survey.mark.unplaced")), Op.ON, choice.number)
    key = "survey.mark.place_of" if choices.spelled_out(asked) else "survey.mark.place"
    mark = plain(key, number=order.index(choice.number) + 1)
    return asked.button(choices.label(asked, place, choice, mark), Op.OFF, choice.number)


def _order(asked: Asked) -> Markup:
    """The places taken so far; by the numbers of the choices where these stand in the message in full."""
    order = choices.marked(asked.answer)
    if not order:
        return Markup()
    if choices.spelled_out(asked):
        places = {choice.number: place for place, choice in enumerate(asked.choices, start=1)}
        return text("survey.rank.numbers", places=[places[number] for number in order[:ORDER]])
    labels = {choice.number: shortened(choice.label, LISTED) for choice in asked.choices}
    return text("survey.rank.order", labels=[labels[number] for number in order[:ORDER]])
