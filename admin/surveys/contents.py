"""What a survey consists of, as cards of surveys and of drafts show it."""

from typing import Any

from admin.surveys.outline import confirmed_facts, count, outline
from admin.surveys.report import HELP
from core.surveys import feedback
from core.surveys.model import FeedbackText, SurveyDefinition


def contents(definition: SurveyDefinition) -> dict[str, Any]:
    """Values of the template surveys/contents.html."""
    return {
        "definition": definition,
        "count": count(definition),
        "lines": outline(definition),
        "confirmed": confirmed_facts(definition),
        "feedback": [
            (_when(definition, one), feedback.fill(one.text, {"help_contact": HELP})) for one in definition.feedback
        ],
    }


def _when(definition: SurveyDefinition, text: FeedbackText) -> str:
    """Who reads it."""
    scale = next((one for one in definition.scales if one.name == text.scale), None)
    if scale is None:
        return "Все"
    band = next((one.title for one in scale.bands if one.code == text.band), None)
    return f"{scale.title}: {band}" if band else scale.title
