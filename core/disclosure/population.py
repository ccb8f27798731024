"""People counted by group and band of experience: what the table of published groups adds and subtracts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add, sub

from core.disclosure.model import Group, Place, groups_of
from core.releases.model import Cut

Counts = tuple[int, ...]
"""Whole numbers that add up: first how many people there are, then how many of each sort that matters."""
Row = Mapping[str, Counts]
"""By band of experience."""
Pair = tuple[int, int]
"""Sorts of people on the one and on the other side of a cut."""

BOTH_SIDES: Pair = (0, 0)


@dataclass(frozen=True, slots=True)
class Population:
    """People who are looked at together: those who cast a ballot, those who answered, those of one class."""

    parts: Mapping[Group, Row]
    """Everybody, kinds, clusters and bands."""
    kinds: Mapping[str, Group]
    """Cluster → its kind."""
    checked: int
    """How many of the counts must reach k wherever there is anybody."""
    pairs: tuple[Pair, ...]
    """The first is BOTH_SIDES: anybody at all."""
    spread: bool = False
    """The last two counts are sums of ranks of answers and of their squares: they tell whether all are equal."""

    def row(self, group: Group) -> Row:
        return self.parts.get(group, {})

    def total(self, row: Row) -> Counts:
        return total(row.values(), self._width)

    @property
    def _width(self) -> int:
        return self.checked + (2 if self.spread else 0)

    def stands(self, counts: Counts, k: int) -> bool:
        """Nobody at all, or k people of every sort, who have not all answered alike."""
        people = counts[0]
        if people == 0:
            return True
        if min(counts[: self.checked]) < k:
            return False
        return not self.spread or people * counts[-1] > counts[-2] ** 2


def total(rows: Iterable[Counts], width: int) -> Counts:
    found = (0,) * width
    for row in rows:
        found = tuple(map(add, found, row))
    return found


def count(
    people: Iterable[tuple[Place, Counts]], checked: int, pairs: tuple[Pair, ...], *, spread: bool = False
) -> Population:
    """`people` are persons or places with their counts."""
    placed: dict[Place, Counts] = {}
    for place, counts in people:
        before = placed.get(place)
        placed[place] = counts if before is None else tuple(map(add, before, counts))
    parts: dict[Group, dict[str, Counts]] = {}
    for place, counts in placed.items():
        for group in groups_of(place):
            row = parts.setdefault(group, {})
            before = row.get(place.experience)
            row[place.experience] = counts if before is None else tuple(map(add, before, counts))
    kinds = {place.cluster: Group(Cut.KIND, place.kind) for place in placed if place.cluster}
    return Population(parts, kinds, checked, pairs, spread)


def less(row: Row, other: Row) -> Row:
    """The row without the other, which lies in it."""
    return {band: tuple(map(sub, one, other[band])) if band in other else one for band, one in row.items()}


def crossings(row: Row, bands: Sequence[str], whole: Counts, pairs: tuple[Pair, ...]) -> tuple[Counts, ...]:
    """By choice of bands (bit n: bands[n] is chosen) and pair, the fewest people that the row adds to a cut.

    A row may be put on either side: then those in the chosen bands are on the cut, or those in the others.
    """
    nobody = (0,) * len(whole)
    inside = [nobody]
    for number, band in enumerate(bands):
        chosen = row.get(band, nobody)
        inside += [tuple(map(add, one, chosen)) for one in inside[: 1 << number]]
    return tuple(tuple(min(one[a], whole[b] - one[b]) for a, b in pairs) for one in inside)
