"""What a list is asked for: read from its address, and put back into addresses of other looks at it."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from admin.registry.rooms import Room
from core.registry.columns import columns_of, filters_of
from core.registry.model import Shelf, Wanted

LONGEST = 100
"""Characters of any condition; more is no search."""
LAST_PAGE = 100_000_000


def asked(room: Room, query: Mapping[str, str]) -> Wanted:
    """An address that was mended by hand shows the usual list where it says nothing sensible."""
    filters = {one.name: query.get(one.name, "")[:LONGEST].strip() for one in filters_of(room.kind)}
    sort = query.get("sort", "")
    shelf = query.get("shelf", "")
    sortable = {one.name for one in columns_of(room.kind) if one.sortable}
    return Wanted(
        text=query.get("text", "")[:LONGEST].strip(),
        filters={name: value for name, value in filters.items() if value},
        shelf=Shelf(shelf) if shelf in set(Shelf) else Shelf.PRESENT,
        sort=sort.lstrip("-") if sort.lstrip("-") in sortable else "",
        down=sort.startswith("-"),
        page=_page(query.get("page", "")),
    )


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    return min(max(number, 1), LAST_PAGE)


def query_of(wanted: Wanted) -> str:
    """The conditions and the order as an address has them, without the page."""
    sort = f"-{wanted.sort}" if wanted.down and wanted.sort else wanted.sort
    shelf = "" if wanted.shelf is Shelf.PRESENT else wanted.shelf.value
    kept = {"text": wanted.text, **wanted.filters, "shelf": shelf, "sort": sort}
    return urlencode({name: value for name, value in kept.items() if value})


def address(path: str, wanted: Wanted) -> str:
    query = query_of(wanted)
    return f"{path}?{query}" if query else path


def page_address(path: str, wanted: Wanted) -> str:
    """To this the number of a page is added."""
    query = query_of(wanted)
    return f"{path}?{query}&page=" if query else f"{path}?page="


def sort_address(path: str, wanted: Wanted, name: str) -> str:
    """A second press on the same head turns the order round."""
    return address(path, replace(wanted, sort=name, down=wanted.sort == name and not wanted.down))
