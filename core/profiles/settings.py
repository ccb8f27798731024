"""Settings that a municipality's documents decide, not the installation (SPEC §2, §3, §4, §5)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.profiles.fields import ClockTime, Code, Count, Part, Percent, Text

AtLeastThree = Annotated[int, Field(strict=True, ge=3)]


class YoungRule(StrEnum):
    """Who is a young teacher: by age, by years of work, or both at once; the documents differ."""

    AGE = "age"
    EXPERIENCE = "experience"
    BOTH = "both"


class YoungTeacher(Part):
    rule: YoungRule
    age_under: Count
    first_years: Count
    """Years of work, the first ones: 3 means 0, 1, 2 and 3 full years (SPEC §2: years of work 0–3)."""
    source: Text | None = None


class DeficitBands(Part):
    """From which index (per cent) on a deficit is minimal, medium, high; below `minimal` there is none."""

    minimal: Percent
    medium: Percent
    high: Percent


class DiagnosisLevel(StrEnum):
    ORGANISATION = "organisation"
    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    FEDERAL = "federal"


class DiagnosisSource(Part):
    code: Code
    title: Text
    level: DiagnosisLevel
    counts: bool
    """Whether it counts in the official share of D1."""
    source: Text | None = None


class Disclosure(Part):
    """How few people a published number may describe; never under 3 (SPEC §3)."""

    burnout: AtLeastThree
    default: AtLeastThree


class QuietHours(Part):
    """The municipality's own time; may run over midnight."""

    start: ClockTime
    end: ClockTime


class ProfileSettings(Part):
    young_teacher: YoungTeacher
    deficit_bands: DeficitBands
    diagnosis_sources: tuple[DiagnosisSource, ...]
    disclosure: Disclosure
    quiet_hours: QuietHours
    help_contact: str
    """Whom to turn to; empty until the municipality enters it, and no burnout campaign opens before."""
    methodical_leader: Text
    methodical_specialist: Text
    signatory: Text
