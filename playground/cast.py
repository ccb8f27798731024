"""Whom one can act as in the playground, kept in a file beside its database.

The invites stand here in plain text, which they never do in a database; so the file belongs to the playground only.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from playground.telegram.people import Persona

FORMAT = 2


class Groups(StrEnum):
    """Headings on the chat page, in its order."""

    NEWCOMERS = "Ещё не подключились: попробуйте войти"
    SERVICE = "Методическая служба"
    COORDINATORS = "Ответственные от организаций"
    YOUNG = "Молодые педагоги"
    MENTORS = "Наставники"
    TEACHERS = "Педагоги"
    MANAGERS = "Руководители"


@dataclass(frozen=True, slots=True)
class CastMember:
    account_id: int
    user_id: int
    name: str
    subtitle: str
    group: str
    code: str
    """The invite's code."""
    joined: bool
    """Had already joined when the playground was filled."""

    def with_code(self, code: str) -> "CastMember":
        return replace(self, code=code)

    def persona(self) -> Persona:
        return Persona(self.user_id, self.name, self.subtitle, self.group, self.code)


@dataclass(frozen=True, slots=True)
class Cast:
    profile: str
    day: date
    """The people were made up as of this day."""
    members: tuple[CastMember, ...]

    def personas(self) -> list[Persona]:
        """In the order of the headings."""
        order = list(Groups)
        return [one.persona() for one in sorted(self.members, key=lambda one: order.index(Groups(one.group)))]

    @property
    def methodist(self) -> CastMember:
        return self.members[0]


def write_cast(file: Path, cast: Cast) -> None:
    """Written last of all, so the file being there says that the playground is complete."""
    content = {"format": FORMAT, **asdict(cast), "day": cast.day.isoformat()}
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)


def read_cast(file: Path) -> Cast | None:
    """None when there is none, or when another version wrote it."""
    if not file.exists():
        return None
    content = json.loads(file.read_text(encoding="utf-8"))
    if content.get("format") != FORMAT:
        return None
    members = tuple(CastMember(**one) for one in content["members"])
    return Cast(content["profile"], date.fromisoformat(content["day"]), members)
