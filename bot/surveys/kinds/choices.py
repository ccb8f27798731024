"""What the kinds with choices share: pages, search in a long list, and choices that are too long for a button."""

from markupsafe import Markup

from bot.screens.layout import LABEL, Rows, shortened, width
from bot.screens.model import Button
from bot.surveys.kinds.base import Asked, Kind
from bot.surveys.presses import Op
from bot.texts import plain, text
from core.surveys.model import Choice, Value

PAGE = 8
"""Choices on a screen, so that the question stays in sight on a phone."""
MANY = 3 * PAGE
"""From here on nobody likes to turn pages: a part of the name can be typed instead."""
MARK = 4
"""Room that a mark or a number in front of a label takes."""
SPELLED = 140
"""Longest choice in the message itself; a page of them fits beside the longest question."""


class Chosen(Kind):
    """A question that is answered out of a list."""

    def body(self, asked: Asked) -> Markup | None:
        if asked.nothing_offered:
            return text("survey.expects.go_back" if asked.required else "survey.expects.nothing")
        return listing(asked)

    def can_search(self, asked: Asked) -> bool:
        return len(asked.choices) > MANY

    def forward(self, asked: Asked) -> Button | None:
        if asked.nothing_offered and not asked.required:
            return asked.button(plain("survey.button.next"), Op.SKIP)
        return super().forward(asked)


def marked(value: Value | None) -> tuple[int, ...]:
    """Numbers of the choices of an answer, in its order."""
    if value is None or isinstance(value, str):
        return ()
    return value if isinstance(value, tuple) else (int(value),)


def shown(asked: Asked) -> tuple[tuple[int, Choice], ...]:
    """The choices on the screen, each with its place in the list, from 1."""
    places = tuple(enumerate(asked.choices, start=1))
    if asked.look.sought is not None:
        wanted = _plain(asked.look.sought)
        return tuple((place, one) for place, one in places if wanted in _plain(one.label))[:PAGE]
    start = _page(asked) * PAGE
    return places[start : start + PAGE]


def listing(asked: Asked) -> Markup | None:
    """The choices in full, when buttons cannot hold them, and which of them are on the screen."""
    lines = []
    if spelled_out(asked):
        lines = [
            text("survey.choice", number=place, label=shortened(choice.label, SPELLED))
            for place, choice in shown(asked)
        ]
    if len(asked.choices) > PAGE:
        lines.append(_which(asked))
    return Markup("\n").join(lines) if lines else None


def spelled_out(asked: Asked) -> bool:
    """Whether some choice does not fit a button; then all stand in the message under numbers."""
    return any(width(choice.label) > LABEL - MARK for choice in asked.choices)


def label(asked: Asked, place: int, choice: Choice, mark: str) -> str:
    """What the button of a choice says; `mark` stands in front."""
    number = f"{place}. " if spelled_out(asked) else ""
    return f"{mark}{number}{choice.label}"


def paging(asked: Asked) -> Rows:
    """The row that turns pages, if there are several; out of what was found, back to the whole list."""
    if asked.look.sought is not None:
        return ((asked.button(plain("survey.button.choices_all"), Op.PAGE, 0),),)
    page, last = _page(asked), _page_of(len(asked.choices))
    back = [asked.button(plain("survey.button.choices_back"), Op.PAGE, page - 1)] if page > 0 else []
    on = [asked.button(plain("survey.button.choices_on"), Op.PAGE, page + 1)] if page < last else []
    return ((*back, *on),) if back or on else ()


def _which(asked: Asked) -> Markup:
    if asked.look.sought is not None:
        return text("survey.choices_found", count=len(shown(asked)), limit=PAGE)
    places = [place for place, _ in shown(asked)]
    total = len(asked.choices)
    which = text("survey.choices_shown", first=places[0], last=places[-1], total=total)
    return which + Markup("\n") + text("survey.expects.part") if total > MANY else which


def _page(asked: Asked) -> int:
    """The page to show; a question just opened shows the one with its answer."""
    last = _page_of(len(asked.choices))
    if asked.look.page is not None:
        return max(0, min(asked.look.page, last))
    wanted = {asked.look.at} if asked.look.at is not None else set(marked(asked.answer))
    return _page_of(next((place for place, one in enumerate(asked.choices, start=1) if one.number in wanted), 1))


def _page_of(place: int) -> int:
    """The page, from 0, that a place of the list, from 1, stands on."""
    return max(place - 1, 0) // PAGE


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split())
