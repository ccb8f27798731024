"""Organisations, positions and subjects that the registry has, found by the names a file uses. Pure."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from core.importing.model import Mapping
from core.importing.organisations import organisation_key
from storage.searching import searchable

NEAR = 5
_MOST_COMPARED = 1_000
"""Unknown names for which near ones are looked for: each is compared with all there are."""
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """One row of a reference. `names` are all that it is called; the first one is shown."""

    id: int
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.names[0]


class Names:
    """Finds rows by name. `by_hand` are `searchable` names that were explained; they win."""

    def __init__(self, rows: Iterable[Named], by_hand: MappingType[str, int], *, schools: bool = False) -> None:
        self._rows = {row.id: row for row in rows}
        self._by_hand = {name: id_ for name, id_ in by_hand.items() if id_ in self._rows}
        self._schools = schools
        self._exact: dict[str, set[int]] = {}
        self._alike: dict[str, set[int]] = {}
        self._near: dict[str, list[int]] = {}
        for row in self._rows.values():
            for name in row.names:
                self._exact.setdefault(searchable(name), set()).add(row.id)
                self._alike.setdefault(self._key(name), set()).add(row.id)

    def id_of(self, name: str) -> int | None:
        """None when it is not known, and when it may be two of them."""
        plain = searchable(name)
        found = self._by_hand.get(plain)
        if found is not None:
            return found
        for ids in (self._exact.get(plain), self._alike.get(self._key(name))):
            if ids is not None:
                return next(iter(ids)) if len(ids) == 1 else None
        return None

    def title(self, id_: int) -> str:
        """'' for a row that the reference has no more."""
        row = self._rows.get(id_)
        return row.title if row else ""

    def near(self, name: str) -> list[int]:
        """Ids whose names look most like this one, the likest first."""
        key = self._key(name)
        if key not in self._near and len(self._near) < _MOST_COMPARED:
            self._near[key] = self._likest(key)
        return self._near.get(key, [])

    def _likest(self, key: str) -> list[int]:
        ranked = sorted(
            ((max(_likeness(key, self._key(one)) for one in row.names), row) for row in self._rows.values()),
            key=lambda pair: (-pair[0], pair[1].title),
        )
        return [row.id for likeness, row in ranked[:NEAR] if likeness >= _LEAST_LIKENESS]

    def _key(self, name: str) -> str:
        return (organisation_key(name) if self._schools else "") or searchable(name)


def _likeness(first: str, second: str) -> float:
    """0–1. Cut, since comparing takes the square of the length."""
    return SequenceMatcher(None, first[:80], second[:80]).ratio()


@dataclass(frozen=True, slots=True)
class Known:
    organisations: Names
    positions: Names
    subjects: Names
    managing: frozenset[int] = field(default_factory=frozenset)
    """Positions of managers."""


def known(
    organisations: Iterable[Named],
    positions: Iterable[Named],
    subjects: Iterable[Named],
    mapping: Mapping,
    managing: Iterable[int] = (),
) -> Known:
    return Known(
        Names(organisations, mapping.organisations, schools=True),
        Names(positions, mapping.positions),
        Names(subjects, mapping.subjects),
        frozenset(managing),
    )
