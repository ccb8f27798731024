"""Who may come in: accounts, their rights, chats, invites, sign-in, consents (SPEC §1, §3)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Account(Base):
    """Somebody who can act; a teacher of the registry or a staff member who is not in it."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("teacher_id IS NOT NULL OR name IS NOT NULL", name="somebody"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str | None] = mapped_column(String(200))
    """How staff pages call an account that is not in the registry."""
    login: Mapped[str | None] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    second_factor: Mapped[bool] = mapped_column(default=True)
    """A password alone is not enough while a chat is linked: the bot asks there."""
    created_at: Mapped[datetime]


class Grant(Base):
    """A role with its scope; no scope columns at all means the whole installation."""

    __tablename__ = "grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))


class Chat(Base):
    """Where an account is reached. `address` is the messenger's own id of the chat, as text."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(40))
    unreachable: Mapped[str | None] = mapped_column(String(40))
    """Why nothing can be delivered here (core.people.model.Unreachable); empty when all is well."""
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id", ondelete="SET NULL", use_alter=True))
    """The survey that typed text belongs to just now."""
    announcement_id: Mapped[int | None] = mapped_column(
        ForeignKey("announcements.id", ondelete="SET NULL", use_alter=True)
    )
    """The announcement that is being composed here."""
    awaits: Mapped[str] = mapped_column(String(40), default="")
    """Which part of it the next message is (core.announcements.model.Awaits); empty when none is."""


class Invite(Base):
    """A one-time code; only its hash is kept, so the database file opens no door."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInLink(Base):
    """A link that works once."""

    __tablename__ = "sign_in_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20), default="admin")
    """What it opens (core.people.model.LinkPurpose)."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser; the cookie holds the secret, the row its hash, so it can be ended here."""

    __tablename__ = "web_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    agent: Mapped[str] = mapped_column(String(200), default="")
    """What the browser calls itself, so that its owner knows it again."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInCheck(Base):
    """Second factor: the right password was given, and the account's chat is asked whether it was its owner.

    The browser shows `number`, the chat offers it among others. States: core.people.model.CheckState.
    """

    __tablename__ = "sign_in_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the secret that the asking browser holds."""
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(12))
    expires_at: Mapped[datetime]


class ConsentText(Base):
    """A published wording of the consent; never changed once somebody may have agreed to it."""

    __tablename__ = "consent_texts"

    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class Consent(Base):
    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    version: Mapped[str] = mapped_column(ForeignKey("consent_texts.version"))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
