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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


_Place = tuple[str, str, str]
"""Kind, cluster, experience."""
_People = dict[_Place, _Sum]


@dataclass(frozen=True, slots=True)
class _Table:
    """Published groups of one population, such that sums over them give away no group of fewer than k.

    `rows` are the parts of the tree, each without the published parts inside it. `cuts` has, for every
    choice of published bands, the fewest people on the cut edges: each row goes to its cheaper side. With
    no band chosen the cheapest cut is one row by itself, which is checked when the row is made.
    """

    k: int
    counts_only: bool
    """Ballots: sizes matter, there are no values."""
    rows: Mapping[Group, _People] = field(default_factory=dict)
    bands: frozenset[str] = frozenset()
    cuts: Mapping[frozenset[str], int] = field(default_factory=dict)

    def plus(self, group: Group, everybody: _People) -> "_Table | None":
        """With this group as well; None when that would not be safe."""
        if group in self.rows or (group.cut is Cut.EXPERIENCE and group.name in self.bands):
            return self
        if group == EVERYBODY:
            return replace(self, rows={EVERYBODY: everybody}) if self._may_stand(everybody.values()) else None
        if group.cut is Cut.EXPERIENCE:
            return self._with_band(group.name, everybody)
        return self._with_part(group)

    def _with_part(self, group: Group) -> "_Table | None":
        source = _kind_around(group, self.rows)
        inside = {place: one for place, one in self.rows[source].items() if group in _groups(place)}
        rest = {place: one for place, one in self.rows[source].items() if place not in inside}
        if not (self._may_stand(inside.values()) and self._may_stand(rest.values())):
            return None
        before, moved, left = (_by_band(row) for row in (self.rows[source], inside, rest))
        cuts = {
            chosen: people - _cut(before, chosen) + _cut(moved, chosen) + _cut(left, chosen)
            for chosen, people in self.cuts.items()
        }
        return replace(self, rows={**self.rows, source: rest, group: inside}, cuts=cuts) if self._hold(cuts) else None

    def _with_band(self, name: str, everybody: _People) -> "_Table | None":
        bands = self.bands | {name}
        inside = [one for place, one in everybody.items() if place[2] == name]
        rest = [one for place, one in everybody.items() if place[2] not in bands]
        if not (self._may_stand(inside) and self._may_stand(rest)):
            return None
        choices = [frozenset(one) for size in range(1, len(bands) + 1) for one in combinations(sorted(bands), size)]
        rows = [_by_band(row) for row in self.rows.values()]
        cuts = {chosen: sum(_cut(row, chosen) for row in rows) for chosen in choices}
        return replace(self, bands=bands, cuts=cuts) if self._hold(cuts) else None

    def _may_stand(self, people: Iterable[_Sum]) -> bool:
        """Nobody in it, or at least k people who have not all come to the same value."""
        together = _together(people)
        varied = self.counts_only or together.low < together.high
        return together.people == 0 or (together.people >= self.k and varied)

    def _hold(self, cuts: Mapping[frozenset[str], int]) -> bool:
        return all(people == 0 or people >= self.k for people in cuts.values())


def disclose(people: Sequence[Person], k: int) -> list[Figure]:
    """The figures that may be published: as many groups as the rule allows, larger ones first.

    A group that is withheld and one that nobody is in look the same: they are not in the list.
    """
    ballots = _placed((person, 0.0) for person in people)
    sizes = _sums(ballots)
    table = _Table(k, counts_only=True)
    figures: list[Figure] = []
    for measure in sorted({name for person in people for name in person.values}):
        answered = _placed((one, one.values[measure]) for one in people if measure in one.values)
        table, published = _choose(table, ballots, answered)
        sums = _sums(answered)
        for group in sorted(published, key=lambda one: (one.cut, one.name)):
            mean = round(sums[group].total / sums[group].people, DECIMALS)
            figures.append(Figure(group.cut, group.name, measure, sizes[group].people, mean))
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


def _choose(shown: _Table, ballots: _People, answered: _People) -> tuple[_Table, set[Group]]:
    """Adds group after group while all stays safe, also with what other measures show of the ballots.

    What did not fit at first may fit later. Everybody comes first: without them nothing is shown.
    """
    table = _Table(shown.k, counts_only=False)
    published: set[Group] = set()
    waiting = _candidates(answered)
    grown = True
    while grown:
        grown = False
        for group in waiting:
            if group != EVERYBODY and EVERYBODY not in published:
                break
            together, alone = shown.plus(group, ballots), table.plus(group, answered)
            if together is not None and alone is not None:
                shown, table, grown = together, alone, True
                published.add(group)
        waiting = [group for group in waiting if group not in published]
    return shown, published


def _candidates(people: _People) -> list[Group]:
    """Everybody first, then kinds, experience, clusters; within a cut the larger group first."""
    order = (Cut.MUNICIPALITY, Cut.KIND, Cut.EXPERIENCE, Cut.CLUSTER)
    sums = _sums(people)
    return sorted(sums, key=lambda group: (order.index(group.cut), -sums[group].people, group.name))


def _placed(people: Iterable[tuple[Person, float]]) -> _People:
    places: _People = {}
    for person, value in people:
        place = (person.kind, person.cluster, person.experience)
        places.setdefault(place, _Sum()).add(_Sum(1, value, value, value))
    return places


def _sums(people: _People) -> dict[Group, _Sum]:
    found: dict[Group, _Sum] = {}
    for place, one in people.items():
        for group in _groups(place):
            found.setdefault(group, _Sum()).add(one)
    return found


def _groups(place: _Place) -> tuple[Group, ...]:
    kind, cluster, experience = place
    own = (EVERYBODY, Group(Cut.KIND, kind), Group(Cut.EXPERIENCE, experience))
    return (*own, Group(Cut.CLUSTER, cluster)) if cluster else own


def _kind_around(group: Group, rows: Mapping[Group, _People]) -> Group:
    """The published kind that a cluster lies in; everybody for a kind, or when its kind is not published."""
    for row, people in rows.items():
        if group.cut is Cut.CLUSTER and row.cut is Cut.KIND and any(place[1] == group.name for place in people):
            return row
    return EVERYBODY


def _together(sums: Iterable[_Sum]) -> _Sum:
    found = _Sum()
    for one in sums:
        found.add(one)
    return found


def _by_band(row: _People) -> dict[str, int]:
    counts: dict[str, int] = {}
    for (_, _, band), one in row.items():
        counts[band] = counts.get(band, 0) + one.people
    return counts


def _cut(row: Mapping[str, int], chosen: frozenset[str]) -> int:
    inside = sum(people for band, people in row.items() if band in chosen)
    return min(inside, sum(row.values()) - inside)
