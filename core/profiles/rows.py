"""Parts of a profile as values of rows."""

from collections.abc import Mapping
from typing import Any

from core.profiles.model import Profile
from core.profiles.plan import Measure, MeasureItem, Quantity

AT_LEAST, EXACTLY = "at_least", "exactly"
KEPT = ("help_contact",)
"""Settings that the municipality enters itself; the profile fills them only while they are empty."""


def settings_of(profile: Profile, present: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of the municipality: those of the profile's `settings`, and what pages and documents quote."""
    own = profile.settings.model_dump(mode="json")
    kept = {key: present[key] for key in KEPT if present.get(key)}
    numbers = {key: float(value) for key, value in own["deficit_bands"].items()}
    return {
        **present,
        **own,
        "deficit_bands": numbers,
        "plan_year": profile.plan_year,
        "name": profile.name.model_dump(mode="json", exclude={"source"}),
        "region": profile.region.model_dump(mode="json", exclude={"source"}),
        "words": profile.words.model_dump(mode="json", exclude={"source"}),
        "goals": profile.goals.model_dump(mode="json"),
        "demanding_document": profile.demanding_document.short_title,
        **kept,
    }


def target_rows(profile: Profile, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for the whole of every target, and one for each of its parts."""
    rows = []
    for target in profile.targets:
        shared = {
            **own,
            "indicator": target.indicator,
            "year": profile.plan_year,
            "comparison": AT_LEAST,
            "unit": target.unit.value,
            "source": target.source,
        }
        rows.append({**shared, "part": "", "value": float(target.value)})
        rows.extend({**shared, "part": part.code, "value": float(part.value)} for part in target.parts)
    return rows


def monitored_rows(profile: Profile, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **own,
            "indicator": one.code,
            "demanded": one.demanded,
            "period": one.period.value,
            "due": one.due,
            "source": one.source or "",
        }
        for one in profile.indicators
    ]


def measure_rows(profile: Profile, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    if profile.plan is None:
        return []
    return [
        {**own, "year": profile.plan_year, "section": section.title, **_measure(measure, profile.plan_year)}
        for section in profile.plan.sections
        for measure in section.measures
    ]


def _measure(measure: Measure, year: int) -> dict[str, Any]:
    dates = [day.isoformat() for day in measure.all_dates] or [measure.due_on(year).isoformat()]
    if measure.span is not None:
        dates = [measure.span.start.isoformat(), measure.span.end.isoformat()]
    return {
        "number": measure.number,
        "title": measure.title,
        "period_text": measure.period,
        "dates": dates,
        "responsible": list(measure.responsible),
        "expected_text": _expected(measure),
        "expected": [_quantity(one, measure) for one in measure.quantities]
        + [_quantity(one, measure, item) for item in measure.items for one in item.quantities],
        "source": measure.source,
    }


def _expected(measure: Measure) -> str:
    return measure.expected or "; ".join(item.expected for item in measure.items if item.expected)


def _quantity(quantity: Quantity, measure: Measure, item: MeasureItem | None = None) -> dict[str, Any]:
    """`indicators` stands only where the whole measure is meant, so that a part is not taken for a target."""
    return {
        "value": float(quantity.value),
        "unit": quantity.unit.value,
        "comparison": AT_LEAST if quantity.at_least else EXACTLY,
        "what": quantity.what,
        "item": item.number if item else None,
        "indicators": [] if item else list(measure.indicators),
    }
