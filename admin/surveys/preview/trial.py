"""Where a walk stands. It travels in hidden fields of the form, so whatever comes back is checked anew."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from starlette.datastructures import FormData

from core.errors import AppError
from core.surveys.answers import LONG_TEXT, InvalidAnswer, check_value
from core.surveys.model import NOW, Answers, Facts, Question, SurveyDefinition, Value

MOST = 100_000
"""Characters of all answers together; more than any survey needs, and the form stays below the limit of bodies."""


class Stage(StrEnum):
    WHO = "who"
    """Who to be is chosen."""
    QUESTION = "question"
    SUMMARY = "summary"
    END = "end"


@dataclass(frozen=True, slots=True)
class Trial:
    definition: SurveyDefinition
    facts: Facts
    """With the present moment."""
    answers: Answers = field(default_factory=dict)
    stage: Stage = Stage.WHO
    at: int | None = None
    """Number of the first question on the screen."""
    from_summary: bool = False

    def to(self, stage: Stage, at: int | None = None, *, from_summary: bool = False) -> "Trial":
        return replace(self, stage=stage, at=at, from_summary=from_summary)

    def hidden(self) -> dict[str, str]:
        """Fields that bring it back."""
        facts = {f"fact.{name}": value for name, value in self.facts.items() if name != NOW}
        place = {"stage": str(self.stage), "at": "" if self.at is None else str(self.at)}
        return {**facts, **place, "from_summary": "yes" if self.from_summary else "", "answers": _packed(self.answers)}


def read(form: FormData, trial: Trial, known: Mapping[str, tuple[str, ...]]) -> Trial:
    """The walk as the form has it. `known`: facts the survey names, each with all it can be ('()': anything).

    What no page of ours sends is left out. Raises AppError authoring.preview_too_long.
    """
    definition = trial.definition
    facts = {name: _fact(_text(form, f"fact.{name}"), values) for name, values in known.items()}
    at = _text(form, "at")
    number = int(at) if at.isascii() and at.isdigit() and len(at) < 6 else 0
    stage = _text(form, "stage")
    return Trial(
        definition=definition,
        facts={**facts, NOW: trial.facts[NOW]},
        answers=_answers(definition, _text(form, "answers")),
        stage=Stage(stage) if stage in set(Stage) else Stage.WHO,
        at=number if 1 <= number <= len(definition.questions) else None,
        from_summary=_text(form, "from_summary") == "yes",
    )


def _fact(text: str, values: tuple[str, ...]) -> str:
    return text[:200] if not values or text in values else ""


def _packed(answers: Answers) -> str:
    return json.dumps({str(number): value for number, value in answers.items()}, ensure_ascii=False)


def _answers(definition: SurveyDefinition, packed: str) -> dict[int, Value]:
    if len(packed) > MOST:
        raise AppError("authoring.preview_too_long")
    try:
        found = json.loads(packed or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    answers = {}
    for question in definition.questions:
        value = _value(question, found.get(str(question.number)))
        if value is not None:
            answers[question.number] = value
    return answers


def _value(question: Question, found: Any) -> Value | None:
    value = tuple(found) if isinstance(found, list) else found
    if question.keeps_value:
        return value[:LONG_TEXT] if isinstance(value, str) else None
    if not isinstance(value, int | float | str | tuple):
        return None
    try:
        check_value(question, value)
    except (InvalidAnswer, TypeError):
        return None
    return value


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
