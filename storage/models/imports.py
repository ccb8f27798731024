"""Spreadsheets on their way into the registry (SPEC §2), and what is needed to take the last one back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from storage.models.base import Base


class ImportRun(Base):
    """One uploaded file. States: core.importing.model.ImportState."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """core.importing.model.ImportKind"""
    state: Mapped[str] = mapped_column(String(12))
    stage_done: Mapped[int] = mapped_column(default=0)
    """How many rows the present stage has dealt with."""
    stage_whole: Mapped[int] = mapped_column(default=0)
    """How many there are; 0 while that is not known."""
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    """The file; gone as soon as it is applied or given up."""
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the person chose: of outside diagnoses their source and day."""
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What each column means and which names stand for what (core.importing.model.Mapping)."""
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many rows have which verdict."""
    failure: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Key and params of the AppError that ended it."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportRow(Base):
    """One person's row of the file with what will happen to it; deleted when the file is applied or given up."""

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_verdict", "run_id", "verdict", "number"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """Order in the file, from 1."""
    sheet: Mapped[str] = mapped_column(String(100))
    row: Mapped[int]
    """Of the sheet, from 1."""
    verdict: Mapped[str] = mapped_column(String(12))
    """core.importing.model.Verdict"""
    teacher_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was read (core.importing.model.Person), as JSON."""
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field → [before, after]."""
    problems: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class ImportChange(Base):
    """What an import did to one row of the registry, so that it can be taken back."""

    __tablename__ = "import_changes"

    run_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
    """Whom it is about: goes when the person is erased."""
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values that were changed; empty for a row that was added."""
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    added: Mapped[bool]


class ImportMemory(Base):
    """What was put right by hand once need not be put right again: headings, names of organisations and so on."""

    __tablename__ = "import_memory"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    layout: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How the last file looked, for the export (core.importing.model.Layout)."""
