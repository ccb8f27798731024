"""Long lists in parts."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class Pages:
    """Which part of a list is shown. `place` is the address without the page, `kept` the rest of its query."""

    number: int
    last: int
    place: str
    kept: tuple[tuple[str, str], ...] = ()

    def address(self, number: int) -> str:
        query = [(name, value) for name, value in self.kept if value]
        return f"{self.place}?{urlencode([*query, ('page', str(number))])}"


def pages(number: int, total: int, size: int, place: str, **kept: str) -> Pages:
    return Pages(number, max(1, -(-total // size)), place, tuple(kept.items()))
