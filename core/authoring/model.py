"""Values of authoring that pages may name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.surveys.loading import checksum
from core.surveys.model import Respondent, SurveyDefinition, SurveyPrivacy
from core.surveys.reading import Problem


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A workbook as it was read."""

    definition: SurveyDefinition
    file_name: str
    notices: Sequence[Problem] = ()
    languages: tuple[str, ...] = ()
    """Those the file is written in; none when it does not speak of languages."""
    language: str = ""
    """The one that was read."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A definition that waits to be published."""

    id: int
    municipality_id: int
    definition: SurveyDefinition
    file_name: str
    notices: tuple[Problem, ...]
    languages: tuple[str, ...]
    language: str
    uploaded_at: datetime

    @property
    def seen(self) -> str:
        """Changes with every change of the draft: who publishes names the text they have looked at."""
        return checksum(self.definition)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A published version. `own`: the municipality's, otherwise a built-in one."""

    id: int
    definition: SurveyDefinition
    own: bool
    published_at: datetime


class Origin(StrEnum):
    """Whose a survey is."""

    BUILT_IN = "built_in"
    CHANGED = "changed"
    """Built in; the municipality has a version of its own, and that one is put to people."""
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Listed:
    """A survey of the catalogue by the version that new campaigns use."""

    current: VersionView
    origin: Origin
    versions: int


@dataclass(frozen=True, slots=True)
class About:
    """What a methodist says of a survey beside its questions."""

    code: str
    title: str
    purpose: str
    privacy: SurveyPrivacy
    respondent: Respondent
    minutes: int
    k: int


class Aspect(StrEnum):
    """What of a survey differs between two versions."""

    TITLE = "title"
    PURPOSE = "purpose"
    PRIVACY = "privacy"
    RESPONDENT = "respondent"
    MINUTES = "minutes"
    K = "k"
    ADDED = "added"
    """A question that was not there."""
    REMOVED = "removed"
    """A question that is gone."""
    CHANGED = "changed"
    """A question of the same name that is asked otherwise; `details` say in what."""
    ORDER = "order"
    """The questions that stayed come in another order."""
    SECTIONS = "sections"
    OPTIONS = "options"
    SCALE_ADDED = "scale_added"
    SCALE_REMOVED = "scale_removed"
    SCALE_CHANGED = "scale_changed"
    FEEDBACK = "feedback"


class Detail(StrEnum):
    """What of a question differs."""

    TYPE = "type"
    LABEL = "label"
    HINT = "hint"
    REQUIRED = "required"
    RELEVANT = "relevant"
    CONSTRAINT = "constraint"
    CALCULATION = "calculation"
    DEFAULT = "default"
    CHOICES = "choices"
    """Which there are."""
    CHOICE_LABELS = "choice_labels"
    """How they are worded."""
    CHOICE_FILTER = "choice_filter"
    ROW = "row"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `subject` is what it is about, in the survey's own words; `before`, `after` are values."""

    aspect: Aspect
    subject: str = ""
    before: str = ""
    after: str = ""
    details: tuple[Detail, ...] = ()
