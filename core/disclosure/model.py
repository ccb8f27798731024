"""What the disclosure rule is asked about, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.releases.model import ALL, Cut

DECIMALS = 1


class Place(NamedTuple):
    """The groups of a person. `cluster` is empty for none; a cluster lies within one kind."""

    kind: str
    cluster: str
    experience: str


@dataclass(frozen=True, slots=True)
class Person:
    """One ballot: its groups (as in Place), what it answered in numbers, and into which classes it falls."""

    kind: str
    cluster: str
    experience: str
    values: Mapping[str, float]
    """By name of measure; absent when not answered."""
    classes: Mapping[str, str] = field(default_factory=dict)
    """By topic, the measure that this ballot is counted in; empty for a class that is not published itself.

    Every ballot falls into one class of every topic.
    """
    silent: frozenset[str] = frozenset()
    """Topics in whose class it stands without an answer, and may not even have been asked.

    Whoever knows that it was not asked takes it out of the class, so it cannot hide anybody there.
    """

    @property
    def place(self) -> Place:
        return Place(self.kind, self.cluster, self.experience)


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be shown of `n` ballots: a mean of those who answered, or the share of a class, 0–100."""

    cut: Cut
    group: str
    measure: str
    n: int
    value: float


@dataclass(frozen=True, slots=True)
class Group:
    cut: Cut
    name: str


EVERYBODY = Group(Cut.MUNICIPALITY, ALL)


def groups_of(place: Place) -> tuple[Group, ...]:
    """Every group that somebody at this place is in."""
    own = (EVERYBODY, Group(Cut.KIND, place.kind), Group(Cut.EXPERIENCE, place.experience))
    return (*own, Group(Cut.CLUSTER, place.cluster)) if place.cluster else own
