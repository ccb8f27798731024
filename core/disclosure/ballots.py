"""Which groups have been shown of the ballots so far, by any measure: their numbers are published, too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.disclosure.model import Group, Person
from core.disclosure.population import BOTH_SIDES, count
from core.disclosure.table import Table
from core.disclosure.waves import Wave


@dataclass(frozen=True, slots=True)
class Shown:
    """`tables` are the ballots, and for every earlier wave of the same people what both have published."""

    tables: tuple[Table, ...]
    same: tuple[Wave, ...] = ()

    def plus(self, group: Group) -> "Shown | None":
        """With this group as well; None when that would not be safe."""
        if any(wave.separates(group) for wave in self.same):
            return None
        tables = []
        for table in self.tables:
            larger = table.plus(group)
            if larger is None:
                return None
            tables.append(larger)
        return replace(self, tables=tuple(tables))


def nothing_shown(people: Sequence[Person], k: int, waves: Sequence[Wave]) -> Shown | None:
    """Before the first group; None when nothing may be shown beside what an earlier wave has published."""
    same = [wave for wave in waves if wave.same_people]
    others = [wave for wave in waves if not wave.same_people]
    places = Counter(person.place for person in people)
    counts = [
        (place, (ballots, *(min(ballots, wave.turnover(place)) for wave in others)))
        for place, ballots in places.items()
    ]
    sorts = len(others) + 1
    tables: list[Table | None] = [Table(k, count(counts, sorts, _alike(sorts)))]
    tables += [wave.table(k) for wave in same]
    found = tuple(table for table in tables if table is not None)
    return Shown(found, tuple(same)) if len(found) == len(tables) else None


def _alike(sorts: int) -> tuple[tuple[int, int], ...]:
    return (BOTH_SIDES, *((sort, sort) for sort in range(1, sorts)))
