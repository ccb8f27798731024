"""What a municipality's stored settings mean. The keys are written by core.profiles.actions."""

from collections.abc import Mapping
from typing import Any

from core.people.rules import YoungTeacherRule
from core.profiles.settings import YoungRule

LEAST_K = 3
"""Never fewer people behind a published figure, whatever survey or municipality say (SPEC §3)."""

SELF_ASSESSMENT = "self_assessment"
"""Code of the diagnosis that the `deficits` survey is."""


def young_teacher_rule(settings: Mapping[str, Any]) -> YoungTeacherRule:
    """Who is a young teacher here; a municipality that says nothing means both conditions, 35 and 3."""
    given = settings.get("young_teacher") or {}
    age, years = int(given.get("age_under", 35)), int(given.get("first_years", 3))
    rule = YoungRule(given.get("rule", YoungRule.BOTH))
    if rule is YoungRule.AGE:
        return YoungTeacherRule(under_age=age, up_to_years=-1, both=False)
    if rule is YoungRule.EXPERIENCE:
        return YoungTeacherRule(under_age=0, up_to_years=years, both=False)
    return YoungTeacherRule(under_age=age, up_to_years=years, both=True)


def smallest_group(settings: Mapping[str, Any], survey_code: str, survey_k: int) -> int:
    """k of a campaign: the survey's, or the municipality's where that is stricter; never under LEAST_K."""
    given = settings.get("disclosure") or {}
    return max(LEAST_K, survey_k, int(given.get(survey_code, given.get("default", LEAST_K))))


def help_contact(settings: Mapping[str, Any]) -> str:
    """Whom to turn to, as the municipality has entered it; empty when it has not."""
    return str(settings.get("help_contact") or "").strip()


def deficit_thresholds(settings: Mapping[str, Any]) -> dict[str, float]:
    """Where the levels of deficits begin here, by code of band; empty when the survey's own hold."""
    return {code: float(start) for code, start in (settings.get("deficit_bands") or {}).items()}


def self_assessment_counts(settings: Mapping[str, Any]) -> bool:
    """Whether the municipality counts its own survey in the official share of D1."""
    sources = settings.get("diagnosis_sources") or []
    return all(source["counts"] for source in sources if source["code"] == SELF_ASSESSMENT)
