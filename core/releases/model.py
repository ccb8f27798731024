"""What a sealed ballot and a frozen release are made of (SPEC §3; decision 0002)."""

from collections.abc import Mapping, Sequence
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

MEASURE_LENGTH = 200
"""Most characters in the name of a measure that can be stored."""

SILENT = 0
"""Stands for "no answer" in a class of choices."""


@dataclass(frozen=True, slots=True)
class BallotCuts:
    """Which groups the person belongs to; as coarse as the release will ever be."""

    kind: str
    experience: str
    cluster: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """A protected answer as it is counted, and an anonymous one as it is sealed: no person, no time, no order.

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


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that a closed protected campaign publishes."""

    cells: tuple[Cell, ...]
    texts: tuple[tuple[str, str], ...]
    """Name of the question and what somebody wrote."""


class MeasureKind(StrEnum):
    SCALE = "scale"
    """Mean of a scale, 0–100."""
    BAND = "band"
    """Share of people whose scale lies in the band `detail`, 0–100."""
    MEAN = "mean"
    """Mean of the answers to a number question, or of the points of an item of a scale."""
    SHARE = "share"
    """Share of ballots, 0–100, that made one of the choices `classes` of a question."""
    RANK = "rank"
    """Mean place of the choice `detail`; the first place is 1."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`name` is that of the scale or question."""

    kind: MeasureKind
    name: str
    detail: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.kind, self.name, self.detail) if part)

    @property
    def classes(self) -> tuple[int, ...]:
        """Ascending numbers of choices of a SHARE, SILENT among them for no answer; that of a RANK."""
        return tuple(int(number) for number in self.detail.split("+"))


def scale_measure(scale: str) -> str:
    return str(Measure(MeasureKind.SCALE, scale))


def band_measure(scale: str, band: str) -> str:
    return str(Measure(MeasureKind.BAND, scale, band))


def mean_measure(question: str) -> str:
    return str(Measure(MeasureKind.MEAN, question))


def share_measure(question: str, classes: Sequence[int]) -> str:
    return str(Measure(MeasureKind.SHARE, question, "+".join(str(number) for number in sorted(classes))))


def rank_measure(question: str, choice: int) -> str:
    return str(Measure(MeasureKind.RANK, question, str(choice)))


def parse_measure(text: str) -> Measure:
    """Raises ValueError for a name that none of these functions gives."""
    kind, _, rest = text.partition(":")
    name, _, detail = rest.partition(":")
    measure = Measure(MeasureKind(kind), name, detail)
    has_detail = measure.kind in {MeasureKind.BAND, MeasureKind.SHARE, MeasureKind.RANK}
    if not name or has_detail != bool(detail) or str(measure) != text:
        raise ValueError(f"not a measure: {text}")
    return measure
