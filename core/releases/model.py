"""What a sealed ballot and a frozen release are made of (SPEC §3; decision 0002)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.surveys.model import Value


class Cut(StrEnum):
    """The only ways in which protected results may be divided; fixed before the first answer."""

    MUNICIPALITY = "municipality"
    """Everybody; its one group is called ALL."""
    KIND = "kind"
    """Kind of organisation."""
    EXPERIENCE = "experience"
    """Band of years of work."""
    CLUSTER = "cluster"
    """One organisation, or several small ones of a kind; made when the campaign opens."""


ALL = "all"


@dataclass(frozen=True, slots=True)
class BallotCuts:
    """Which groups the person belongs to; as coarse as the release will ever be."""

    kind: str
    experience: str
    cluster: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """An anonymous answer as it is sealed: no person, no time, no order.

    `answers` by name of question; a choice by its number, several of as their numbers. `scales` holds
    only scales that count (0–100).
    """

    cuts: BallotCuts
    answers: Mapping[str, Value] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """A published figure: `value` of `measure` in one group; `n` ballots were cast in that group."""

    cut: Cut
    group: str
    measure: str
    n: int
    value: float


def scale_measure(scale: str) -> str:
    """Name of the measure "mean of a scale", 0–100."""
    return f"scale:{scale}"


def band_measure(scale: str, band: str) -> str:
    """Name of the measure "share of people whose scale lies in that band", 0–100."""
    return f"band:{scale}:{band}"
