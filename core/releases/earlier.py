"""A closed wave that has published: what is kept of it is enough to set any later one beside it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.disclosure import Group, Place, Wave, compare

Key = tuple[int, int]
"""Teacher and what the answers are about: one ballot."""


@dataclass(frozen=True, slots=True)
class Earlier:
    k: int
    published: frozenset[Group]
    places: Mapping[Key, Place]
    """Of everybody who took part."""
    complete: bool
    """Nobody of them has been erased since."""

    def beside(self, now: Mapping[Key, Place], *, complete: bool = True) -> Wave:
        """The same beside a later wave with these ballots; `complete`: all of them are there."""
        return compare(self.k, self.published, self.places, now, complete=complete and self.complete)
