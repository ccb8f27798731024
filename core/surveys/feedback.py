"""Which texts a respondent reads after submission, and what is filled into them."""

import re
from collections.abc import Mapping, Sequence

from core.surveys.model import FeedbackText, SurveyDefinition
from core.surveys.scoring import ScaleScore

PLACEHOLDERS = frozenset({"help_contact"})
"""help_contact: whom to turn to, entered by the municipality."""

_PLACEHOLDER = re.compile(r"\{\{ ?([A-Za-z_]+) ?\}\}")


def feedback(definition: SurveyDefinition, scores: Sequence[ScaleScore]) -> tuple[FeedbackText, ...]:
    """The texts that fit these scores, in the survey's order; a scale without a value has none."""
    bands = {score.name: score.band.code if score.band else None for score in scores if score.value is not None}
    return tuple(text for text in definition.feedback if _fits(text, bands))


def placeholders(definition: SurveyDefinition) -> frozenset[str]:
    """Names that must be filled in before anyone reads the feedback."""
    return frozenset(name for text in definition.feedback for name in _PLACEHOLDER.findall(text.text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced. KeyError when a value is missing.

    A survey's text can come from an uploaded file, so it is never run as a template.
    """
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def _fits(text: FeedbackText, bands: Mapping[str, str | None]) -> bool:
    if text.scale is None:
        return True
    return text.scale in bands and text.band in {None, bands[text.scale]}
