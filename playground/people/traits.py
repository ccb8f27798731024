"""How a made-up teacher tends to answer surveys: levels behind the answers, drawn plausibly."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from random import Random
from typing import TypeVar

from playground.people.model import MadeUpTeacher

N = TypeVar("N", int, float)
# The scales of the built-in survey `deficits`.
AREAS = ("subject_area", "methodical_area", "psychology_area", "ict_area", "management_area")
NOISE = 0.6
BURNOUT_MEAN, BURNOUT_SPREAD = 40.0, 17.0
BURNOUT_STEP_NOISE = 0.8
MOST_SKIPS = 0.06


@dataclass(frozen=True, slots=True)
class Traits:
    """Levels that stay the same through all surveys of one person."""

    deficits: Mapping[str, float]
    """Area (one of AREAS) → need of help, 0 none to 3 strong."""
    burnout: float
    """0 to 100 on the scale of the Copenhagen Burnout Inventory."""
    skips: float
    """Probability of leaving an optional question out, 0 to 1."""

    def deficit_answer(self, area: str, rng: Random) -> int:
        """An answer 0, 1, 2 or 3 to a statement of the area; an unknown area is answered by the average."""
        level = self.deficits.get(area, fsum(self.deficits.values()) / len(self.deficits))
        return _clamp(round(rng.gauss(level, NOISE)), 0, 3)

    def burnout_answer(self, rng: Random, *, reverse: bool = False) -> int:
        """A step 0 (never) to 4 (always); `reverse` for an item in which "always" means well-being."""
        step = _clamp(round(rng.gauss(self.burnout / 25, BURNOUT_STEP_NOISE)), 0, 4)
        return 4 - step if reverse else step

    def skips_question(self, rng: Random) -> bool:
        return rng.random() < self.skips


def answer_style(teacher: MadeUpTeacher, year: int, rng: Random) -> Traits:
    """Traits that suit age, years of work, post and workload in that calendar year."""
    age, years = year - teacher.birth_year, year - teacher.first_work_year
    beginner = max(0.0, 1 - years / 8)
    centres = {
        "subject_area": 0.5 + 0.8 * beginner,
        "methodical_area": 0.7 + 1.1 * beginner,
        "psychology_area": 1.1 + 0.5 * beginner,
        "ict_area": 0.5 + max(0.0, (age - 35) / 25),
        "management_area": 1.0 if teacher.is_management else 1.4,
    }
    deficits = {area: _clamp(rng.gauss(centres[area], 0.55), 0.0, 3.0) for area in AREAS}
    strain = 8.0 * (float(teacher.workload) - 1) + (5.0 if 10 <= years <= 25 else 0.0)
    burnout = _clamp(rng.gauss(BURNOUT_MEAN + strain, BURNOUT_SPREAD), 0.0, 100.0)
    return Traits(deficits, burnout, rng.random() * MOST_SKIPS)


def _clamp(value: N, low: N, high: N) -> N:
    return max(low, min(high, value))
