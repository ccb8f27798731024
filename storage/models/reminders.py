"""Reminders: the rules they are planned by, and every single one with what became of it (SPEC §10)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ReminderRule(Base):
    """What a municipality reminds of, whom, how long before, how often and in which words."""

    __tablename__ = "reminder_rules"
    __table_args__ = (UniqueConstraint("municipality_id", "kind", "whom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str] = mapped_column(String(20))
    """core.reminders.model.ReminderKind"""
    whom: Mapped[str] = mapped_column(String(20))
    """core.reminders.model.Whom"""
    enabled: Mapped[bool] = mapped_column(default=True)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Narrows `whom`; as core.audiences.model.Audience writes it."""
    before_days: Mapped[list[int]] = mapped_column(default=list)
    """Days before the thing itself, at `at`."""
    before_hours: Mapped[list[int]] = mapped_column(default=list)
    """Hours before it, to the minute; for what has a time of day."""
    at: Mapped[str] = mapped_column(String(5))
    """Time of day where the municipality is, HH:MM."""
    repeat_days: Mapped[int | None]
    """After the last of `before_days`: again every so many days, while it is not done."""
    words: Mapped[str] = mapped_column(Text, default="")
    """What the municipality says instead of our own words; plain text."""
    since: Mapped[datetime]
    """Nothing that was due before is planned: a rule that is switched on does not remind of the past."""
    revision: Mapped[int] = mapped_column(default=1)


class Reminder(Base):
    """A reminder of one thing to one person. The key makes a second planning of the same one impossible.

    States and reasons: core.reminders.model. Each one ends in a known state.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "account_id", "slot"),
        Index("ix_reminders_due", "state", "due_at"),
        Index("ix_reminders_place", "municipality_id", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_rules.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[int]
    """What it is about, by its kind: the row of a campaign, a teacher, a day."""
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    slot: Mapped[str] = mapped_column(String(60))
    """Which one of several about the same thing: its moment and how long before."""
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime]
    """After downtime: later than that it is dropped and noted."""
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id", ondelete="SET NULL"), index=True)
    settled_at: Mapped[datetime | None]
    """When it came to its last state."""
