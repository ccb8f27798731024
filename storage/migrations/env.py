"""Run by Alembic; the connection comes from storage.migrate, or from nothing when a revision is written."""

from typing import Any, Literal

from alembic import context

from storage.models import Base
from storage.models.base import UtcDateTime


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A revision must read the same in ten years, so it does not name our own types."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,  # SQLite can, in the transaction that storage.migrate has begun
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
