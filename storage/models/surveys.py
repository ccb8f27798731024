"""Surveys, their campaigns and what people answered (SPEC §3, §4; decision 0002 for anonymity)."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Survey(Base):
    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))


class SurveyVersion(Base):
    """A published definition; the row is never changed, a new wording is a new version."""

    __tablename__ = "survey_versions"
    __table_args__ = (UniqueConstraint("survey_id", "municipality_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    """Whose own version it is; empty for the built-in ones, which everybody may use."""
    version: Mapped[str] = mapped_column(String(20))
    privacy: Mapped[str] = mapped_column(String(20))
    definition: Mapped[str] = mapped_column(Text)
    """Canonical JSON of core.surveys.model.SurveyDefinition."""
    checksum: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class SurveyDraft(Base):
    """A definition that a methodist has uploaded and not yet published; nobody is asked by it."""

    __tablename__ = "survey_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    definition: Mapped[str] = mapped_column(Text)
    """Canonical JSON, as in a version."""
    file_name: Mapped[str] = mapped_column(String(200))
    notices: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """What was taken over differently than in the file: [{where, message}]; and of a form in several languages one
    entry {languages, language}: which there are, and which was read."""
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime]


class Campaign(Base):
    """Волна анкетирования: one survey version put to an audience for a time."""

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20), index=True)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Switches of the survey, such as the personal scale, and whom to turn to."""
    k: Mapped[int] = mapped_column(SmallInteger)
    """Fewest people a published figure may describe."""
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))


class CampaignReminder(Base):
    """A time at which those who have not submitted are reminded; kept when it has passed, with what came of it."""

    __tablename__ = "campaign_reminders"
    __table_args__ = (UniqueConstraint("campaign_id", "due_at"), Index("ix_campaign_reminders_due", "state", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    """core.campaigns.model.ReminderState"""
    people: Mapped[int] = mapped_column(default=0)
    """How many were written to."""


class Participation(Base):
    """Who was asked and how far they are; for anonymous surveys the only thing kept about a person.

    It carries no time on purpose: the moment of submission could be matched with other rows.
    """

    __tablename__ = "participations"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), primary_key=True, index=True)
    subject: Mapped[int] = mapped_column(primary_key=True, default=0)
    """What it is answered about, by the survey's respondent: an organisation, an event, a pair; 0 for oneself."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """Where the person worked when the campaign opened: the groups of protected results are made of it."""
    state: Mapped[str] = mapped_column(String(12))


class Response(Base):
    """A questionnaire being filled in; after submission kept only when the survey is not anonymous."""

    __tablename__ = "responses"
    # AUTOINCREMENT: the id of an erased response is never given again, so no old keyboard fits a new one.
    __table_args__ = (UniqueConstraint("campaign_id", "teacher_id", "subject"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    subject: Mapped[int] = mapped_column(default=0)
    """As in Participation."""
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    state: Mapped[str] = mapped_column(String(12))
    cursor: Mapped[int | None] = mapped_column(SmallInteger)
    """Number of the question on the screen; empty when the summary is shown."""
    from_summary: Mapped[bool] = mapped_column(default=False)
    """The question was opened from the summary, so its answer leads back there."""
    visit: Mapped[int] = mapped_column(default=0)
    """Grows whenever another screen is shown; a press that names an older one is out of date."""
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    """The one chat message that is edited from question to question."""
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]


class Answer(Base):
    """One answer a row; a choice is its small number, several-of has a row a mark (item = its number).

    A rank has a row for each choice: item is its number, number its place.
    """

    __tablename__ = "answers"
    __table_args__ = {"sqlite_with_rowid": False}

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    item: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0)
    number: Mapped[float | None] = mapped_column(Float)
    text: Mapped[str | None] = mapped_column(Text)


class ScaleResult(Base):
    """What a scale of a submitted, not anonymous response came to; counted once, read by the indicators."""

    __tablename__ = "scale_results"
    __table_args__ = {"sqlite_with_rowid": False}

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    scale: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[float] = mapped_column(Float)
    band: Mapped[str | None] = mapped_column(String(30))


class Ballot(Base):
    """An anonymous answer, sealed under a key that is not in the database.

    The id is random and the table has no rowid, so nothing tells in which order ballots came; every
    ballot of a survey is padded to one length. Opened and erased when the campaign closes.
    """

    __tablename__ = "ballots"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReleaseCell(Base):
    """One published figure of a closed protected campaign; what the disclosure rule withheld has no row."""

    __tablename__ = "release_cells"
    __table_args__ = (CheckConstraint("n >= 3", name="never_under_three"), {"sqlite_with_rowid": False})

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True)
    cut: Mapped[str] = mapped_column(String(20), primary_key=True)
    group: Mapped[str] = mapped_column(String(60), primary_key=True)
    measure: Mapped[str] = mapped_column(String(200), primary_key=True)
    n: Mapped[int]
    value: Mapped[float] = mapped_column(Float)


class ReleaseText(Base):
    """Words that somebody wrote in a protected campaign: without any attribute, in the order of random ids."""

    __tablename__ = "release_texts"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
