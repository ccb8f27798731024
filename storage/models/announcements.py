"""Announcements, whom they are for, and what people do not want (SPEC §5)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class SavedAudience(Base):
    """Адресаты under a name, so that they need not be put together again."""

    __tablename__ = "saved_audiences"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As core.audiences.model.Audience writes it."""
    shared: Mapped[bool] = mapped_column(default=False)
    """Offered to every methodist of the municipality, not only to its maker."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]


class Attachment(Base):
    """A photo or a document of announcements; repetitions of one announcement share it."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    """core.announcements.model.AttachmentKind"""
    name: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Announcement(Base):
    """Объявление: a message for an audience, from the first word of a draft to the report.

    States: core.announcements.model.AnnouncementState. One that repeats is a series: it is never sent itself, each
    time a copy with `series_id` is, and `occurrence` keeps two schedulers from making the same copy.
    """

    __tablename__ = "announcements"
    __table_args__ = (UniqueConstraint("series_id", "occurrence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    category: Mapped[str] = mapped_column(String(20))
    """core.announcements.model.Category"""
    text: Mapped[str] = mapped_column(Text, default="")
    """HTML of the small set that messengers share, checked (core.announcements.formatting)."""
    links: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Buttons that open an address: [{label, url}]."""
    acknowledge: Mapped[bool] = mapped_column(default=False)
    """Carries a button that says one has read it."""
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    """Carries a button that registers for this event."""
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"), index=True)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As core.audiences.model.Audience writes it."""
    state: Mapped[str] = mapped_column(String(12), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with every change: what was confirmed is what is sent, and chats that hold an older one are corrected."""
    send_at: Mapped[datetime | None]
    """When a scheduled one goes out, and the next time of a series."""
    at_once: Mapped[bool] = mapped_column(default=False)
    """Does not wait for the end of quiet hours and no-send days."""
    repeat: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As core.timing.repeating.Repeat writes it; empty for one that is sent once."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id", ondelete="SET NULL"))
    occurrence: Mapped[str | None] = mapped_column(String(20))
    """Local day and time of this repetition."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    """When its deliveries were made."""
    finished_at: Mapped[datetime | None]
    """When the last delivery had its outcome."""
    recipients: Mapped[int] = mapped_column(default=0)
    """Of how many people deliveries were made."""
    muted: Mapped[int] = mapped_column(default=0)
    """How many of the audience did not get one because they do not want this category."""
    told: Mapped[str] = mapped_column(String(200), default="")
    """What the author's chat shows of its progress; it is edited when that changes."""


class AnnouncementPress(Base):
    """Somebody pressed a button of an announcement; kept once for each button."""

    __tablename__ = "announcement_presses"
    __table_args__ = {"sqlite_with_rowid": False}

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True)
    button: Mapped[str] = mapped_column(String(20), primary_key=True)
    """core.announcements.model.PressKind"""
    pressed_at: Mapped[datetime]


class Mute(Base):
    """A category of announcements that somebody does not want."""

    __tablename__ = "mutes"
    __table_args__ = {"sqlite_with_rowid": False}

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True)
