"""One person's turn: who it is, where they read, and what it is done with."""

from dataclasses import dataclass

from bot.transport import Transport
from core.clock import Clock
from core.people.model import Actor
from storage.session import Database, Store


@dataclass(frozen=True, slots=True)
class Talk:
    """`store` belongs to the update, so that its effect and its mark are one transaction; `db` is for the rest."""

    actor: Actor
    chat: str
    store: Store
    db: Database
    clock: Clock
    transport: Transport
