"""What every kind of question can do: be shown, be passed by, and be told in the summary."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.screens.layout import Rows, button
from bot.screens.model import Button
from bot.surveys.presses import Op, Press
from bot.texts import plain
from core.surveys.model import Question, Value


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on somebody's screen. `page` is None when it has just been opened."""

    response_id: int
    visit: int
    question: Question
    answer: Value | None
    page: int | None = None

    def button(self, label: str, op: Op, arg: int | None = None) -> Button:
        return button(label, str(Press(self.response_id, self.visit, self.question.number, op, arg)))


class Kind:
    """The kind that needs nothing of its own; the others say what they do differently."""

    def body(self, asked: Asked) -> Markup | None:
        """What stands below the question: choices too long for buttons, or what to type."""
        return None

    def rows(self, asked: Asked) -> Rows:
        """The buttons that answer."""
        return ()

    def forward(self, asked: Asked) -> Button | None:
        """The way on that is not an answer: keep what was answered, or skip."""
        if asked.answer is not None:
            return asked.button(plain("survey.button.next"), Op.PROCEED)
        if not asked.question.required:
            return asked.button(plain("survey.button.skip"), Op.SKIP)
        return None

    def said(self, question: Question, value: Value) -> str:
        """The answer in words."""
        return str(value)
