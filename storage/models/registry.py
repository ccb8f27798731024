"""Who works where (SPEC §2): municipalities, organisations, associations, teachers and their record."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.mixins import Archived, Searchable


class Municipality(Base):
    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the profile fixes beside names: words, bands, k, rule for young teachers, help contact."""


class Organisation(Searchable, Archived, Base):
    __tablename__ = "organisations"
    search_fields = ("name", "short_name")
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(300))
    short_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    rural: Mapped[bool] = mapped_column(default=False)


class Position(Searchable, Archived, Base):
    __tablename__ = "positions"
    search_fields = ("title",)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    group: Mapped[str] = mapped_column(String(30))
    """Which variant of a survey its holders see (core.people.model.PositionGroup)."""


class Subject(Searchable, Archived, Base):
    __tablename__ = "subjects"
    search_fields = ("title",)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(160))


class Association(Searchable, Archived, Base):
    """РМО or ГМО, whichever word the municipality uses."""

    __tablename__ = "associations"
    search_fields = ("name",)
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    code: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(300))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id", use_alter=True))


class Teacher(Searchable, Archived, Base):
    """A member of staff in the registry, managers included."""

    __tablename__ = "teachers"
    __table_args__ = (
        # They hold all that a list needs to pass over rows; the municipality stands in the second one so that
        # SQLite prefers it when both are named.
        Index("ix_teachers_by_name", "municipality_id", "search", "id", "archived_at"),
        Index("ix_teachers_of_place", "organisation_id", "municipality_id", "search", "id", "archived_at"),
    )
    search_fields = ("surname", "given_name", "patronymic")

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    surname: Mapped[str] = mapped_column(String(80))
    given_name: Mapped[str] = mapped_column(String(80))
    patronymic: Mapped[str | None] = mapped_column(String(80))
    birth_year: Mapped[int | None]
    first_work_year: Mapped[int | None]
    """First year of pedagogical work; experience is counted from it."""
    total_first_year: Mapped[int | None]
    """First year of any work (общий стаж)."""
    workload: Mapped[Decimal | None] = mapped_column(Numeric(4, 2))
    """In rates (ставки)."""
    is_management: Mapped[bool] = mapped_column(default=False)
    education: Mapped[str | None] = mapped_column(String(30))
    category: Mapped[str] = mapped_column(String(20), default="none")
    category_date: Mapped[date | None] = mapped_column(Date)
    """When the category was given."""
    attestation_planned_on: Mapped[date | None] = mapped_column(Date)
    paper_consent_on: Mapped[date | None] = mapped_column(Date)
    """When the signed paper form of the consent was received (SPEC §3)."""

    @property
    def full_name(self) -> str:
        """Surname first; not everybody has a patronymic."""
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))


class TeacherMove(Base):
    """A move from one organisation of the municipality to another."""

    __tablename__ = "teacher_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    from_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    to_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    moved_on: Mapped[date] = mapped_column(Date)


class DistinctPeople(Base):
    """Two records that look like doubles and are not: somebody has said so, and they are not shown again."""

    __tablename__ = "distinct_people"

    first_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), primary_key=True)
    """The smaller of both ids."""
    second_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), primary_key=True, index=True)


class TeacherSubject(Base):
    __tablename__ = "teacher_subjects"

    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), primary_key=True, index=True)


class AssociationMember(Base):
    __tablename__ = "association_members"

    association_id: Mapped[int] = mapped_column(ForeignKey("associations.id", ondelete="CASCADE"), primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), primary_key=True, index=True)


class Programme(Searchable, Archived, Base):
    """Программа ДПО in the municipality's bank of programmes."""

    __tablename__ = "programmes"
    search_fields = ("title", "provider")

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    title: Mapped[str] = mapped_column(String(500))
    provider: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    """core.people.model.TrainingKind"""
    form: Mapped[str] = mapped_column(String(20))
    """core.people.model.StudyForm"""
    hours: Mapped[int | None]
    areas: Mapped[list[str]] = mapped_column(default=list)
    """Codes of the competence areas that it serves (SPEC §4)."""
    federal_register: Mapped[bool] = mapped_column(default=False)
    ict: Mapped[bool] = mapped_column(default=False)
    management_team: Mapped[bool] = mapped_column(default=False)


class TrainingRecord(Archived, Base):
    """Сведения об обучении: one finished course of advanced training or retraining."""

    __tablename__ = "training_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    programme: Mapped[str] = mapped_column(String(500))
    provider: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    hours: Mapped[int | None]
    federal_register: Mapped[bool] = mapped_column(default=False)
    ict: Mapped[bool] = mapped_column(default=False)
    management_team: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date | None] = mapped_column(Date)
    finished_on: Mapped[date] = mapped_column(Date)


class Award(Archived, Base):
    __tablename__ = "awards"

    id: Mapped[int] = mapped_column(primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    level: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date | None] = mapped_column(Date)


class ExpertWork(Archived, Base):
    __tablename__ = "expert_work"

    id: Mapped[int] = mapped_column(primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    level: Mapped[str] = mapped_column(String(20))
    done_on: Mapped[date] = mapped_column(Date)


class MentorBankEntry(Archived, Base):
    __tablename__ = "mentor_bank"
    __table_args__ = (UniqueConstraint("teacher_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    year: Mapped[int]
    """The calendar year whose bank it stands in; banks are rebuilt every May (SPEC §7)."""
    state: Mapped[str] = mapped_column(String(20))
    """core.people.model.MentorState"""


class Diagnosis(Base):
    """What an outside diagnosis found about a teacher's deficits (SPEC §4); our own survey is not kept here."""

    __tablename__ = "diagnoses"
    __table_args__ = (UniqueConstraint("teacher_id", "source", "taken_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(60))
    """Code out of the municipality's `diagnosis_sources`."""
    taken_on: Mapped[date] = mapped_column(Date)
    areas: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Code of a competence area → index of the deficit, 0 none to 100 complete; only areas that were looked at."""
