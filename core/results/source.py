"""Where the results of a campaign may come from: the one place that decides it (SPEC §3)."""

from enum import StrEnum

from core.surveys.model import SurveyPrivacy


class Source(StrEnum):
    ANSWERS = "answers"
    """A named survey: counted from what was submitted, at any time."""
    RELEASE = "release"
    """A protected one: only what the disclosure rule published when the campaign closed."""


def source_of(privacy: SurveyPrivacy) -> Source:
    """Everything that is not named is protected."""
    return Source.ANSWERS if privacy is SurveyPrivacy.NAMED else Source.RELEASE
