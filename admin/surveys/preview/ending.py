"""The end of a walk: what would be kept, what was calculated, the scores and the feedback."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin.surveys.preview.trial import Trial
from core.profiles.rules import help_contact
from core.surveys import feedback, rules, scoring
from core.surveys.model import QuestionType, SurveyDefinition
from core.surveys.results import with_local_levels
from core.surveys.scoring import ScaleScore

_NO_CONTACT = "[здесь будет, к кому обратиться: это указывают перед анкетированием]"


@dataclass(frozen=True, slots=True)
class Ending:
    answered: int
    """Answers that would be kept; those of questions that are not asked any more are not among them."""
    calculated: tuple[tuple[str, str], ...]
    """Name and value."""
    scores: tuple[ScaleScore, ...]
    texts: tuple[str, ...]


def ending(trial: Trial, settings: Mapping[str, Any]) -> Ending:
    """`settings` are the municipality's: its levels, whom to turn to."""
    definition = _leveled(trial.definition, settings)
    kept = rules.complete(definition, trial.answers, trial.facts)
    scores = scoring.score(definition, kept, trial.facts)
    contact = {"help_contact": help_contact(settings) or _NO_CONTACT}
    return Ending(
        answered=sum(definition.question(number).is_asked for number in kept),
        calculated=tuple(
            (question.name, str(kept[question.number]))
            for question in definition.questions
            if question.type is QuestionType.CALCULATE and question.number in kept
        ),
        scores=scores,
        texts=tuple(feedback.fill(one.text, contact) for one in feedback.feedback(definition, scores)),
    )


def _leveled(definition: SurveyDefinition, settings: Mapping[str, Any]) -> SurveyDefinition:
    """A draft may have levels that the municipality's own do not fit; publishing refuses it, not the preview."""
    try:
        return with_local_levels(definition, settings)
    except ValueError:
        return definition
