"""Taking the audit away as a file is itself written down."""

from core import audit
from core.audit import queries
from core.clock import Clock
from core.people.model import Actor
from storage.session import Store


async def note_export(store: Store, clock: Clock, actor: Actor, municipality_id: int, format_: str) -> None:
    """Before the file is made. Raises Denied."""
    queries.check(actor, municipality_id)
    async with store.write() as session:
        audit.note(
            session,
            clock.now(),
            actor,
            "audit.exported",
            municipality_id=municipality_id,
            details={"format": format_},
        )
