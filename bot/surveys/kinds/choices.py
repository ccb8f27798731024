"""What the kinds with choices share: pages, and choices that are too long for a button."""

from markupsafe import Markup

from bot.screens.layout import LABEL, Rows, shortened, width
from bot.surveys.kinds.base import Asked
from bot.surveys.presses import Op
from bot.texts import plain, text
from core.surveys.model import Choice, Question, Value

PAGE = 8
"""Choices on a screen, so that the question stays in sight on a phone."""
MARK = 4
"""Room that a mark or a number in front of a label takes."""
SPELLED = 140
"""Longest choice in the message itself; a page of them fits beside the longest question."""


def marked(value: Value | None) -> frozenset[int]:
    """Numbers of the choices of an answer."""
    if value is None or isinstance(value, str):
        return frozenset()
    return frozenset(value) if isinstance(value, tuple) else frozenset({int(value)})


def page_of(number: int) -> int:
    """The page, from 0, that a choice stands on."""
    return (number - 1) // PAGE


def current_page(asked: Asked) -> int:
    """The page to show; a question just opened shows the one with its answer."""
    if asked.page is None:
        return page_of(min(marked(asked.answer), default=1))
    return max(0, min(asked.page, page_of(len(asked.question.choices))))


def shown(asked: Asked) -> tuple[Choice, ...]:
    start = current_page(asked) * PAGE
    return asked.question.choices[start : start + PAGE]


def spelled_out(question: Question) -> bool:
    """Whether some choice does not fit a button; then all stand in the message under numbers."""
    return any(width(choice.label) > LABEL - MARK for choice in question.choices)


def listing(asked: Asked) -> Markup | None:
    """The choices in full, when buttons cannot hold them, and which of them are on the screen."""
    lines = []
    if spelled_out(asked.question):
        lines = [
            text("survey.choice", number=choice.number, label=shortened(choice.label, SPELLED))
            for choice in shown(asked)
        ]
    if len(asked.question.choices) > PAGE:
        numbers = [choice.number for choice in shown(asked)]
        total = len(asked.question.choices)
        lines.append(text("survey.choices_shown", first=numbers[0], last=numbers[-1], total=total))
    return Markup("\n").join(lines) if lines else None


def label(question: Question, choice: Choice, mark: str) -> str:
    """What the button of a choice says; `mark` stands in front."""
    number = f"{choice.number}. " if spelled_out(question) else ""
    return f"{mark}{number}{choice.label}"


def paging(asked: Asked) -> Rows:
    """The row that turns pages, if there are several."""
    page, last = current_page(asked), page_of(len(asked.question.choices))
    back = [asked.button(plain("survey.button.choices_back"), Op.PAGE, page - 1)] if page > 0 else []
    on = [asked.button(plain("survey.button.choices_on"), Op.PAGE, page + 1)] if page < last else []
    return ((*back, *on),) if back or on else ()


def said(question: Question, value: Value) -> str:
    """The labels of an answer, one after another."""
    return "; ".join(question.choice(number).label for number in sorted(marked(value)))
