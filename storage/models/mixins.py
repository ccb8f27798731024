"""What several tables of the registry have in common."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from storage.searching import searchable

SEARCH_LENGTH = 450


class Archived:
    """Put away instead of deleted: such a row is left out of lists and figures and can be brought back."""

    archived_at: Mapped[datetime | None]


class Searchable:
    """`search` holds the row's names as `storage.searching.searchable` writes them.

    The session keeps it true. Statements that write many rows at once have to set it themselves.
    """

    search_fields: ClassVar[tuple[str, ...]]
    search: Mapped[str] = mapped_column(String(SEARCH_LENGTH), default="")

    @classmethod
    def search_of(cls, values: dict[str, Any]) -> str:
        """The value of `search` for a row with these values."""
        return searchable(*(values.get(field) for field in cls.search_fields))[:SEARCH_LENGTH]


@event.listens_for(Searchable, "before_insert", propagate=True)
@event.listens_for(Searchable, "before_update", propagate=True)
def _keep_search(_mapper: Mapper[Any], _connection: Connection, row: Searchable) -> None:
    row.search = row.search_of({field: getattr(row, field) for field in row.search_fields})
