"""Scales of a filled-in survey: values from 0 to 100 and their bands. Rounded on screens only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from core.surveys.model import Answers, Band, Facts, Scale, SurveyDefinition
from core.surveys.situation import Situation


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """What a scale came to; `value` is None when too few of its `items` were answered."""

    name: str
    title: str
    value: float | None
    band: Band | None
    answered: int
    items: int
    """Items that were relevant to this respondent."""


def score(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[ScaleScore, ...]:
    """All scales with at least one item that was relevant to this respondent, in the survey's order.

    value = mean of the points of the answered items ÷ the highest points of the scale × 100, in 0–100.

    - `deficits`, points 0–3: mean ÷ 3 × 100, the index of professional deficits (SPEC §4).
    - `burnout`, points 100/75/50/25/0: the plain mean, as Kristensen, Borritz, Villadsen and Christensen
      (2005), The Copenhagen Burnout Inventory, Work & Stress 19(3), 192–207, score their scales.

    A reversed item counts lowest + highest − points. A scale counts when the share of its relevant items
    that were answered is at least `at_least`; an item that was not relevant was not left out.
    """
    situation = Situation(definition, answers, facts)
    scores = (_score(definition, scale, answers, situation) for scale in definition.scales)
    return tuple(result for result in scores if result.items > 0)


def _score(definition: SurveyDefinition, scale: Scale, answers: Answers, situation: Situation) -> ScaleScore:
    items = [name for name in scale.items if situation.is_relevant(name)]
    points = [
        item_points(definition, scale, name, number)
        for name in items
        if (number := answers.get(definition.by_name(name).number)) is not None and isinstance(number, int)
    ]
    value = None
    if points and len(points) >= scale.at_least * len(items):
        value = sum(points) * 100 / (len(points) * max(scale.points.values()))
    band = None if value is None else band_of(scale, value)
    return ScaleScore(scale.name, scale.title, value, band, len(points), len(items))


def item_points(definition: SurveyDefinition, scale: Scale, item: str, choice_number: int) -> float:
    """Points of one answer to one item, turned round where the item is reversed."""
    points = scale.points[definition.by_name(item).choice(choice_number).name]
    if item in scale.reversed:
        return min(scale.points.values()) + max(scale.points.values()) - points
    return points


def band_of(scale: Scale, value: float) -> Band | None:
    """The highest band that begins at or below the unrounded value; None when the scale has no bands."""
    reached = [band for band in scale.bands if band.from_ <= value]
    return reached[-1] if reached else None


def with_thresholds(definition: SurveyDefinition, thresholds: Mapping[str, float]) -> SurveyDefinition:
    """The definition with its bands beginning elsewhere, by code of band, as a profile's settings say.

    Raises ValueError when bands of a scale would no longer ascend from 0 within 0–100.
    """
    return replace(definition, scales=tuple(_moved(scale, thresholds) for scale in definition.scales))


def _moved(scale: Scale, thresholds: Mapping[str, float]) -> Scale:
    bands = tuple(replace(band, from_=float(thresholds.get(band.code, band.from_))) for band in scale.bands)
    starts = [band.from_ for band in bands]
    if starts and (starts[0] != 0 or starts[-1] > 100 or any(a >= b for a, b in pairwise(starts))):
        raise ValueError(f"bands of {scale.name} must ascend from 0 within 0–100: {starts}")
    return replace(scale, bands=bands)
