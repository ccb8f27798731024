"""Words of the rights: whose data, what was found, how long it is kept."""

from dataclasses import dataclass
from datetime import datetime

from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Person:
    """One human being in the database. A member of staff who is not in the registry has no teacher, and the reverse."""

    account_id: int | None
    teacher_id: int | None
    municipality_id: int | None
    addresses: tuple[str, ...]
    """Of their chats; also the key of their rows in the inbox."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """As the audit calls them."""
        named = (("teacher", self.teacher_id), ("account", self.account_id))
        return tuple(f"{kind}:{identity}" for kind, identity in named if identity is not None)


@dataclass(frozen=True, slots=True)
class Section:
    """A table of what is stored: every row has a cell for each column; cells are Russian words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PersonData:
    """Everything that is stored about a person, for themselves. `name` is for the heading of the file."""

    name: str
    at: datetime
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long things are kept, in days."""

    archived_teachers: int
    answers: int
    audit: int
    deliveries: int
    passing: int
    """Used links, ended sessions, past invites, updates that were set aside."""
    imports: int
    """What is needed to take an import back; files that were not loaded go after a day."""

    @classmethod
    def from_settings(cls, settings: Settings) -> "Kept":
        return cls(
            archived_teachers=settings.keep_archived_days,
            answers=settings.keep_answers_days,
            audit=settings.keep_audit_days,
            deliveries=settings.keep_deliveries_days,
            passing=settings.keep_passing_days,
            imports=settings.keep_imports_days,
        )
