"""What a new version changes, as sentences."""

from admin.shell.words import PRIVACY, RESPONDENTS
from admin.surveys.conditions import label
from admin.surveys.words import ASPECTS, DETAILS
from core.authoring.changes import changes
from core.authoring.model import Aspect, Change
from core.surveys.model import SurveyDefinition

_CODED = {Aspect.PRIVACY: {code: word.lower() for code, word in PRIVACY.items()}, Aspect.RESPONDENT: RESPONDENTS}
_LONGEST = 120


def sentences(old: SurveyDefinition, new: SurveyDefinition) -> list[str]:
    """None when nobody would notice a difference."""
    return [_sentence(change, old if change.aspect is Aspect.REMOVED else new) for change in changes(old, new)]


def _sentence(change: Change, definition: SurveyDefinition) -> str:
    """`definition`: where the question stands that the change is about."""
    said = _CODED.get(change.aspect, {})
    return ASPECTS[change.aspect].format(
        subject=_short(label(definition, change.subject)),
        before=_short(said.get(change.before, change.before)),
        after=_short(said.get(change.after, change.after)),
        details=", ".join(DETAILS[detail] for detail in change.details),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
