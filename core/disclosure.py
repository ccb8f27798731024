"""The disclosure rule (SPEC §3): which figures of a protected survey may be shown at all.

Page, picture, spreadsheet, document and API get only what `disclose` and `disclose_bands` return.

A reader may add and subtract every published figure, with any factors. Groups of two kinds are published:
parts of one tree (municipality ⊃ kind ⊃ cluster) and bands of experience. Give every part of the tree
that is left when the published parts inside it are taken out a number a, and every band a number b; what
a reader can compute out of sums is exactly a weighted sum over people, each weighing a + b. The people who
weigh anything but zero are those on the cut edges of a graph whose nodes are the parts and the bands, and
whose edges are the people. So nobody can be isolated in a group of fewer than k exactly when every cut of
that graph is empty or has at least k people. That is what is checked, not only sizes of cells.

Beyond that: `n` counts ballots (who took part is known anyway) and not those who answered a scale, so that
no difference of two n tells how many skipped it, yet both populations must pass the check; a group in which
everybody came to the same value is withheld, since its mean would be everybody's answer; means are rounded
to one decimal. Differences between waves are not covered here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from core.releases.model import ALL, Cut

DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Person:
    """One ballot: its groups, and a value (0–100) or None by name of measure."""

    kind: str
    cluster: str
    """Empty for none; a cluster lies within one kind."""
    experience: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """What may be shown: `value` is the mean of those who answered, `n` the ballots in the group."""

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


@dataclass(slots=True)
class _Sum:
    """People and what they add up to."""

    people: int = 0
    total: float = 0.0
    low: float = float("inf")
    high: float = float("-inf")

    def add(self, other: "_Sum") -> None:
        self.people += other.people
        self.total += other.total
        self.low = min(self.low, other.low)
        self.high = max(self.high, other.high)

    def may_stand(self, k: int) -> bool:
        """Nobody in it, or at least k people who are not all alike."""
        return self.people == 0 or (self.people >= k and self.low < self.high)


_Place = tuple[str, str, str]
"""Kind, cluster, experience."""


@dataclass(slots=True)
class _Population:
    """People by place; `counts_only` asks nothing about values."""

    counts_only: bool = False
    places: dict[_Place, _Sum] = field(default_factory=dict)

    def add(self, person: Person, value: float) -> None:
        place = (person.kind, person.cluster, person.experience)
        self.places.setdefault(place, _Sum()).add(_Sum(1, value, value, value))

    def of(self, group: Group) -> _Sum:
        found = _Sum()
        for place, one in self.places.items():
            if group in _groups(place):
                found.add(one)
        return found

    def is_safe(self, published: frozenset[Group], k: int) -> bool:
        """Whether sums over these groups (EVERYBODY among them) give away no group of fewer than k."""
        bands = sorted(group.name for group in published if group.cut is Cut.EXPERIENCE)
        parts: dict[Group, dict[str, _Sum]] = {}
        columns: dict[str, _Sum] = {}
        for place, one in self.places.items():
            band = place[2] if place[2] in bands else ""
            parts.setdefault(_innermost(place, published), {}).setdefault(band, _Sum()).add(one)
            columns.setdefault(band, _Sum()).add(one)
        blocks = [*columns.values(), *(_together(row.values()) for row in parts.values())]
        if not all(block.people >= k if self.counts_only else block.may_stand(k) for block in blocks):
            return False
        rows = [{band: one.people for band, one in row.items()} for row in parts.values()]
        return all(cut == 0 or cut >= k for cut in _cuts(rows, bands))


def disclose(people: Sequence[Person], k: int) -> list[Figure]:
    """The figures that may be published: as many groups as the rule allows, larger ones first.

    A group that is withheld and one that nobody is in look the same: they are not in the list.
    """
    ballots = _Population(counts_only=True)
    measures: dict[str, _Population] = {}
    for person in people:
        ballots.add(person, 0.0)
        for measure, value in person.values.items():
            measures.setdefault(measure, _Population()).add(person, value)
    shown: frozenset[Group] = frozenset()
    figures: list[Figure] = []
    for measure, answered in sorted(measures.items()):
        published = _choose(ballots, answered, shown, k)
        shown |= published
        for group in sorted(published, key=lambda one: (one.cut, one.name)):
            one = answered.of(group)
            mean = round(one.total / one.people, DECIMALS)
            figures.append(Figure(group.cut, group.name, measure, ballots.of(group).people, mean))
    return figures


def disclose_bands(counts: Mapping[str, int], silent: int, k: int) -> dict[str, float]:
    """Shares (0–100) of the levels of a scale in the whole municipality; empty when they must be withheld.

    Levels add up to a known total, so one level or the `silent` (ballots without a value) with 1 to k−1
    people withholds all of them; so does everybody being on one level.
    """
    total = sum(counts.values())
    held = [count for count in counts.values() if count > 0]
    if len(held) < 2 or any(0 < count < k for count in [*held, silent]):
        return {}
    return {band: round(count / total * 100, DECIMALS) for band, count in counts.items()}


def _choose(ballots: _Population, answered: _Population, shown: frozenset[Group], k: int) -> frozenset[Group]:
    """Adds group after group while the whole stays safe; what did not fit at first may fit later."""
    published: frozenset[Group] = frozenset()
    waiting = _candidates(answered)
    grown = True
    while grown:
        grown = False
        for group in waiting:
            more = published | {group}
            if ballots.is_safe(shown | more, k) and answered.is_safe(more, k):
                published, grown = more, True
            elif group == EVERYBODY:
                return frozenset()
        waiting = [group for group in waiting if group not in published]
    return published


def _candidates(population: _Population) -> list[Group]:
    """Everybody first, then kinds, experience, clusters; within a cut the larger group first."""
    order = (Cut.MUNICIPALITY, Cut.KIND, Cut.EXPERIENCE, Cut.CLUSTER)
    groups = {group for place in population.places for group in _groups(place)}
    return sorted(groups, key=lambda group: (order.index(group.cut), -population.of(group).people, group.name))


def _groups(place: _Place) -> tuple[Group, ...]:
    kind, cluster, experience = place
    own = (EVERYBODY, Group(Cut.KIND, kind), Group(Cut.EXPERIENCE, experience))
    return (*own, Group(Cut.CLUSTER, cluster)) if cluster else own


def _innermost(place: _Place, published: frozenset[Group]) -> Group:
    cluster, kind = Group(Cut.CLUSTER, place[1]), Group(Cut.KIND, place[0])
    return cluster if cluster in published else kind if kind in published else EVERYBODY


def _together(sums: Iterable[_Sum]) -> _Sum:
    found = _Sum()
    for one in sums:
        found.add(one)
    return found


def _cuts(rows: Sequence[Mapping[str, int]], bands: Sequence[str]) -> Iterator[int]:
    """For every choice of bands the fewest people on the cut edges: each row goes to its cheaper side.

    With no band chosen the cheapest cut is one row by itself; rows are checked as blocks.
    """
    sizes = [sum(row.values()) for row in rows]
    for length in range(1, len(bands) + 1):
        for chosen in combinations(bands, length):
            inside = [sum(row.get(band, 0) for band in chosen) for row in rows]
            yield sum(min(part, size - part) for part, size in zip(inside, sizes, strict=True))
