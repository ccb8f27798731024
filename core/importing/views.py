"""What pages show of an import."""

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.importing.model import ImportKind, ImportState, Mapping, SheetUse


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name of the file that the registry does not have."""

    kind: str
    """"organisation", "position" or "subject"."""
    name: str
    rows: int
    near: tuple[int, ...]
    """Ids whose names look most like it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an undone import has left in the registry."""

    label: str
    """Whose it is."""
    reason: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """An import in the list. `added` and `changed` are people."""

    id: int
    kind: ImportKind
    state: ImportState
    file_name: str
    created_at: datetime
    author: str
    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class RunView:
    id: int
    municipality_id: int
    kind: ImportKind
    state: ImportState
    file_name: str
    created_at: datetime
    author: str
    """'' for an account that is gone."""
    stage_done: int
    stage_whole: int
    options: MappingType[str, Any]
    mapping: Mapping
    sheets: tuple[SheetUse, ...]
    counts: MappingType[str, int]
    """Verdict → people."""
    problems: int
    """Fatal ones."""
    remarks: int
    unknown: tuple[UnknownName, ...]
    namesakes: int
    """Rows of which it has to be said whose they are."""
    missing: int
    failure: MappingType[str, Any]
    kept: Sequence[Kept]
    can_undo: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """`changes`: field → before and after."""

    sheet: str
    row: int
    name: str
    organisation: str
    teacher_id: int | None
    changes: MappingType[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class CardView:
    """Somebody of the registry."""

    teacher_id: int
    name: str
    organisation: str
    position: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class Namesake:
    """A row that may be about one of several people."""

    sheet: str
    row: int
    name: str
    organisation: str
    birth_year: int | None
    cards: tuple[CardView, ...]
