"""Waves of one survey: what a later one may show so that it cannot be subtracted from an earlier one.

The worst case is that everybody who takes part twice answers alike twice. Take sums of the later wave that
weigh a person z, and any sums at all of the earlier one, which weigh y. Who came new weighs z; who stayed, in
the same groups, weighs z + y; who left weighs y. At one place (kind, cluster, experience) z and y are the same
for all, and where z is not zero either y is zero, and all who are there now weigh something, or the stayed weigh
nothing, and then all who left do, or everybody does. So at least joined + min(left, stayed) people of that place
weigh something, whatever was published before. That many are the wave's turnover, and wherever a cut of the
later wave has anybody it must have a turnover of k.

When the same people took part, nobody else is in between: then the groups of both waves are checked as if they
were published at once, and a group that somebody has come into or gone out of is withheld.

People who moved to other groups weigh z at the new place and y at the old one; they are not counted on.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from core.disclosure.model import EVERYBODY, Group, Place, groups_of
from core.disclosure.population import BOTH_SIDES, count
from core.disclosure.table import Table
from core.releases.model import Cut

Who = TypeVar("Who", bound=Hashable)
"""Whoever casts a ballot in a wave, the same in all waves."""


@dataclass(frozen=True, slots=True)
class Wave:
    """An earlier wave that has published, beside the one that is about to."""

    k: int
    published: frozenset[Group]
    stayed: Mapping[Place, int]
    left: Mapping[Place, int]
    joined: Mapping[Place, int]
    moved: tuple[tuple[Place, Place], ...] = ()
    """Old place and new place of those who took part in both, in different groups."""
    complete: bool = True
    """False when not all who took part are known any more, so nobody can say that they were the same."""

    @property
    def same_people(self) -> bool:
        return self.complete and not self.left and not self.joined

    def turnover(self, place: Place) -> int:
        """How many people at least weigh something wherever the place does."""
        return self.joined.get(place, 0) + min(self.left.get(place, 0), self.stayed.get(place, 0))

    def separates(self, group: Group) -> bool:
        """Somebody has come into the group or gone out of it."""
        return any((group in groups_of(old)) != (group in groups_of(new)) for old, new in self.moved)

    def table(self, k: int) -> Table | None:
        """What the same people have published; None when that was not safe in itself, under this k."""
        places = [(place, (people,)) for place, people in self.stayed.items()]
        places += [(old, (1,)) for old, _ in self.moved]
        table: Table | None = Table(min(k, self.k), count(places, 1, (BOTH_SIDES,)))
        for group in sorted(self.published, key=_order):
            table = table and table.plus(group)
        return table


def compare(
    k: int,
    published: Iterable[Group],
    before: Mapping[Who, Place],
    now: Mapping[Who, Place],
    *,
    complete: bool = True,
) -> Wave:
    """Who stayed, left, joined and moved, by whoever took part `before` and `now`."""
    both = before.keys() & now.keys()
    return Wave(
        k=k,
        published=frozenset(published),
        stayed=Counter(now[one] for one in both if before[one] == now[one]),
        left=Counter(place for one, place in before.items() if one not in both),
        joined=Counter(place for one, place in now.items() if one not in both),
        moved=tuple(sorted((before[one], now[one]) for one in both if before[one] != now[one])),
        complete=complete,
    )


def _order(group: Group) -> tuple[bool, int, str]:
    """Everybody first, parts before what lies in them."""
    order = (Cut.MUNICIPALITY, Cut.KIND, Cut.EXPERIENCE, Cut.CLUSTER)
    return group != EVERYBODY, order.index(group.cut), group.name
