"""Posts: how many people an organisation has, and in which positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import fsum
from pathlib import Path
from random import Random
from typing import Any

import yaml

from core.profiles.model import Organisation, Profile, Staff
from playground.people.draft import Draft

FILE = Path(__file__).with_name("staffing.yaml")
SMALL, LARGE = 0.7, 1.4
MANAGERS_AT_LEAST = 2
MANAGER_WEIGHTS = {"men": 0.18, "higher": 12.0}
FACILITIES_WEIGHTS = {"men": 0.4, "higher": 1.0}
TEACHING_MANAGERS = 0.45


@dataclass(frozen=True, slots=True)
class _House:
    organisation: Organisation
    teachers: int
    managers: int

    @property
    def pattern(self) -> str:
        own = f"{self.organisation.kind}-{self.organisation.variant}"
        return own if own in _patterns() else self.organisation.kind.value


def posts(profile: Profile, staff: Staff, rng: Random) -> list[Draft]:
    """One draft for every member of staff, organisation by organisation, managers first."""
    houses = _houses(profile, staff, rng)
    by_pattern = sorted(houses, key=lambda house: house.pattern)
    drafts = [draft for house in houses for draft in _managers(house, rng)]
    for pattern, group in groupby(by_pattern, key=lambda house: house.pattern):
        drafts += _teachers(pattern, list(group))
    order = {house.organisation.code: index for index, house in enumerate(houses)}
    return sorted(drafts, key=lambda draft: (order[draft.organisation], not draft.is_management))


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """`total` split by weight into whole numbers that add up to it (largest remainders)."""
    # sum() of floats rounds differently since Python 3.12; fsum() is the same everywhere.
    whole = fsum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    rest = sorted(range(len(weights)), key=lambda index: parts[index] - exact[index])
    for index in rest[: total - sum(parts)]:
        parts[index] += 1
    return parts


def _houses(profile: Profile, staff: Staff, rng: Random) -> list[_House]:
    houses = []
    for kind, numbers in sorted(staff.by_kind.items()):
        organisations = [each for each in profile.organisations if each.kind is kind]
        sizes = [rng.uniform(SMALL, LARGE) for _ in organisations]
        least = min(MANAGERS_AT_LEAST, numbers.managers // len(organisations))
        extra = shares(numbers.managers - least * len(organisations), sizes)
        teachers = shares(numbers.teachers, sizes)
        houses += [
            _House(organisation, many, least + more)
            for organisation, many, more in zip(organisations, teachers, extra, strict=True)
        ]
    return houses


def _managers(house: _House, rng: Random) -> list[Draft]:
    pattern = _patterns()[house.pattern]
    taught = [slot["subjects"] for slot in pattern["teachers"] if slot["subjects"]]
    drafts = []
    for index in range(house.managers):
        positions: list[str] = pattern["managers"]
        position = positions[index] if index < len(positions) else positions[min(1, len(positions) - 1)]
        facilities = position.endswith("facilities")
        weights = FACILITIES_WEIGHTS if facilities else MANAGER_WEIGHTS
        subjects = rng.choice(taught) if taught else []
        teaches = not facilities and rng.random() < TEACHING_MANAGERS
        drafts.append(_draft(house, position, subjects if teaches else [], weights, is_management=True))
    return drafts


def _teachers(pattern: str, houses: list[_House]) -> list[Draft]:
    """Deals the posts of a whole kind out in turn, so that rare ones come to different organisations."""
    slots: list[dict[str, Any]] = _patterns()[pattern]["teachers"]
    sizes = [house.teachers for house in houses]
    counts = shares(sum(sizes), [slot["weight"] for slot in slots])
    given = [0] * len(houses)
    drafts = []
    for slot in (slot for slot, count in zip(slots, counts, strict=True) for _ in range(count)):
        nearest = min(
            (index for index, size in enumerate(sizes) if given[index] < size),
            key=lambda index: (given[index] + 0.5) / sizes[index],
        )
        given[nearest] += 1
        drafts.append(_draft(houses[nearest], slot["position"], slot["subjects"], slot, is_management=False))
    return drafts


def _draft(
    house: _House, position: str, subjects: Sequence[str], weights: dict[str, Any], *, is_management: bool
) -> Draft:
    return Draft(
        organisation=house.organisation.code,
        kind=house.organisation.kind,
        position=position,
        subjects=tuple(subjects),
        is_management=is_management,
        men=weights["men"],
        higher=weights["higher"],
    )


@cache
def _patterns() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        patterns: dict[str, Any] = yaml.safe_load(file)
    return patterns
