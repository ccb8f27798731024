"""What passes through: incoming updates, outgoing messages, leases, and the audit of who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class InboxUpdate(Base):
    """An update that a messenger handed over; stored before it is confirmed (DESIGN, way 1).

    States: `new` nothing has happened yet; `applied` its effect is committed, the screen not yet
    shown; `done` finished; `aside` cannot be decoded or kept failing, waits for a person to look.
    The payload is erased as soon as the effect is committed, and of one set aside only the shape stays: a press
    holds an answer.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "update_id"), Index("ix_inbox_open", "state", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    update_id: Mapped[int] = mapped_column(BigInteger)
    person: Mapped[str] = mapped_column(String(40))
    """Key of the one-at-a-time order: the sender's id in the messenger."""
    payload: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    reason: Mapped[str | None] = mapped_column(String(300))
    received_at: Mapped[datetime]


class Delivery(Base):
    """A message to one person, a row before it is sent (DESIGN, way 2).

    States: `queued` waits its turn; `sending` claimed by a sender until the lease runs out; `sent`
    the messenger confirmed it; `retrying` will be tried again at `not_before`; `held` waits until what it
    belongs to goes on; `merged` over the daily limit, its person finds it in the digest; `unreachable` the
    person cannot be written to (reason); `failed` refused for good (reason); `unknown` an answer
    never came, also not to the second attempt, it may have arrived; `cancelled` withdrawn before it was sent.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "account_id", "slot"),
        Index("ix_deliveries_due", "state", "not_before", "id"),
        Index(
            "ix_deliveries_urgent",
            "state",
            "not_before",
            "id",
            sqlite_where=text("urgent = 1"),
            postgresql_where=text("urgent"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    """Which screen it becomes (bot.screens.deliveries)."""
    subject: Mapped[int]
    """The row it is about: a campaign, an event."""
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    slot: Mapped[str] = mapped_column(String(40), default="")
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    urgent: Mapped[bool] = mapped_column(default=False)
    """Somebody waits for it at this moment, so it goes ahead of bulk messages."""
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    doubtful: Mapped[bool] = mapped_column(default=False)
    """An earlier attempt had no answer, so it may have arrived then: its person may have it twice."""
    revision: Mapped[int] = mapped_column(default=0)
    """Which wording the message in the chat has, where what it is about can be corrected."""
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)


class Lease(Base):
    """Which process may do a thing that only one may do."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(60))
    until: Mapped[datetime]


class AuditEntry(Base):
    """Who did what, when, and what it was before and after. Written once, never changed, but for two reasons:

    when a person is erased, `pseudonym` takes the place of `account_id`, their subjects are renamed to it and
    `changes` about them are emptied; when two records of one person are made one, their history becomes one.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_place", "municipality_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    pseudonym: Mapped[str | None] = mapped_column(String(20))
    """Who it was, once their account is erased."""
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(80), index=True)
    """What it is about: "teacher:12". Whatever belongs to a teacher has the teacher as its subject."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids and settings; never names or answers."""
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field → [before, after], as JSON has them."""
