"""Published groups of one population, such that sums over them give away no group of fewer than k."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import add, sub

from core.disclosure.model import EVERYBODY, Group
from core.disclosure.population import Counts, Population, Row, crossings, less, total
from core.releases.model import Cut

Cuts = tuple[Counts, ...]
"""By choice of bands, then by pair: the fewest people on the cut edges."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are the parts of the tree, each without the published parts inside it.

    `cuts` has, for every choice of published bands, the fewest people on the cut edges: each row goes to its
    cheaper side. With no band chosen the cheapest cut is one row by itself, which is checked when it is made.
    """

    k: int
    people: Population
    rows: Mapping[Group, Row] = field(default_factory=dict)
    bands: tuple[str, ...] = ()
    crossed: Mapping[Group, Cuts] = field(default_factory=dict)
    """What each row adds to `cuts`."""
    cuts: Cuts = ()

    def plus(self, group: Group) -> "Table | None":
        """With this group as well; None when that would not be safe. Everybody comes first."""
        if group in self.rows or (group.cut is Cut.EXPERIENCE and group.name in self.bands):
            return self
        if group == EVERYBODY:
            return self._with_everybody()
        if EVERYBODY not in self.rows:
            return None
        return self._with_band(group) if group.cut is Cut.EXPERIENCE else self._with_part(group)

    def _with_everybody(self) -> "Table | None":
        row = self.people.row(EVERYBODY)
        if not self._stands(row):
            return None
        crossed = {EVERYBODY: self._crossings(row, ())}
        return replace(self, rows={EVERYBODY: row}, crossed=crossed, cuts=crossed[EVERYBODY])

    def _with_part(self, group: Group) -> "Table | None":
        source = self._around(group)
        inside = self.people.row(group)
        if group.cut is Cut.KIND:
            for name, kind in self.people.kinds.items():
                if kind == group and (cluster := Group(Cut.CLUSTER, name)) in self.rows:
                    inside = less(inside, self.rows[cluster])
        rest = less(self.rows[source], inside)
        if not (self._stands(inside) and self._stands(rest)):
            return None
        new = {group: self._crossings(inside, self.bands), source: self._crossings(rest, self.bands)}
        cuts = _plus(_plus(_less(self.cuts, self.crossed[source]), new[group]), new[source])
        if not self._hold(cuts):
            return None
        rows = {**self.rows, group: inside, source: rest}
        return replace(self, rows=rows, crossed={**self.crossed, **new}, cuts=cuts)

    def _with_band(self, group: Group) -> "Table | None":
        bands = (*self.bands, group.name)
        everybody = self.people.row(EVERYBODY)
        rest = {band: counts for band, counts in everybody.items() if band not in bands}
        if not (self._stands(self.people.row(group)) and self._stands(rest)):
            return None
        crossed = {one: self._crossings(row, bands) for one, row in self.rows.items()}
        cuts = tuple(total(of_choice, len(self.people.pairs)) for of_choice in zip(*crossed.values(), strict=True))
        return replace(self, bands=bands, crossed=crossed, cuts=cuts) if self._hold(cuts) else None

    def _around(self, group: Group) -> Group:
        """The published kind that a cluster lies in; everybody for a kind, or when its kind is not published."""
        kind = self.people.kinds.get(group.name) if group.cut is Cut.CLUSTER else None
        return kind if kind in self.rows and kind is not None else EVERYBODY

    def _crossings(self, row: Row, bands: Sequence[str]) -> Cuts:
        return crossings(row, bands, self.people.total(row), self.people.pairs)

    def _stands(self, row: Row) -> bool:
        return self.people.stands(self.people.total(row), self.k)

    def _hold(self, cuts: Cuts) -> bool:
        return all(cut[0] == 0 or min(cut) >= self.k for cut in cuts)


def _plus(one: Cuts, other: Cuts) -> Cuts:
    return tuple(tuple(map(add, a, b)) for a, b in zip(one, other, strict=True))


def _less(one: Cuts, other: Cuts) -> Cuts:
    return tuple(tuple(map(sub, a, b)) for a, b in zip(one, other, strict=True))
