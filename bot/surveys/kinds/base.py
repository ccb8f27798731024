"""What every kind of question can do: be shown, be answered, be passed by."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.screens.layout import Rows, button, shortened
from bot.screens.model import Button
from bot.surveys.presses import Op, Press
from bot.texts import plain, text
from core.surveys import values
from core.surveys.model import Choice, Question, Value
from core.surveys.situation import Situation
from core.surveys.steps import Step

QUESTION, HINT, NOTE = 1100, 500, 2600
"""Longest parts, in characters, so that all of them with a page of choices stay under Telegram's 4096."""


@dataclass(frozen=True, slots=True)
class Look:
    """What of a long list the person is looking at: a page, the choice just pressed, or what they search for."""

    page: int | None = None
    at: int | None = None
    sought: str | None = None


AS_OPENED = Look()
"""Where a question that has just been opened is looked at: at its answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on somebody's screen, its labels filled with what they refer to."""

    step: Step
    question: Question
    situation: Situation
    choices: tuple[Choice, ...]
    """Those that are offered now."""
    answer: Value | None
    suggestion: Value | None
    """What is known or likely, as long as there is no answer."""
    required: bool
    look: Look

    def button(self, label: str, op: Op, arg: int | None = None) -> Button:
        return button(label, str(Press(self.step.response_id, self.step.visit, self.question.number, op, arg)))

    def said(self, value: Value) -> str:
        """The answer in words."""
        return said(self.situation, self.question, value)

    @property
    def nothing_offered(self) -> bool:
        """It has choices, and what was answered before has left none of them."""
        return bool(self.question.choices) and not self.choices


def asked(step: Step, question: Question, look: Look) -> Asked:
    """Works out once what the screen of a question depends on."""
    situation = step.situation()
    answer = situation.answer(question)
    return Asked(
        step=step,
        question=question,
        situation=situation,
        choices=tuple(_filled(situation, choice) for choice in situation.choices(question)),
        answer=answer,
        suggestion=situation.suggestion(question) if answer is None and question.is_asked else None,
        required=situation.is_required(question),
        look=look,
    )


def said(situation: Situation, question: Question, value: Value) -> str:
    """An answer in words; words of the person's own are left as they are."""
    words = values.said(question, value)
    return situation.filled(words) if question.choices else words


def _filled(situation: Situation, choice: Choice) -> Choice:
    """A button cannot be empty: a label that nothing is known for gives way to the choice's name."""
    label = situation.filled(choice.label).strip()
    return choice if label == choice.label else replace(choice, label=label or choice.name)


class Kind:
    """The kind that needs nothing of its own; the others say what they do differently."""

    def wording(self, asked: Asked) -> Markup:
        """The question itself, with its hint."""
        label = asked.situation.filled(asked.question.label)
        wording = text("survey.question", label=shortened(label, QUESTION))
        return wording + self._hint(asked, HINT)

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
        if not asked.required:
            return asked.button(plain("survey.button.skip"), Op.SKIP)
        return None

    def can_search(self, asked: Asked) -> bool:
        """Words typed here are no answer but a part of a choice's name."""
        return False

    @staticmethod
    def _hint(asked: Asked, limit: int) -> Markup:
        hint = asked.situation.filled(asked.question.hint or "").strip()
        return Markup("\n") + text("survey.hint", hint=shortened(hint, limit)) if hint else Markup()
