"""Values of the registry in words, and what changes from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from admin.importing.words import FIELDS
from admin.shell.formatting import decimal
from admin.shell.words import AREAS, CATEGORIES, EDUCATION

NOTHING = "не было"


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


def changes(found: Mapping[str, Sequence[Any]]) -> list[Change]:
    """`found`: field → before and after."""
    return [
        Change(FIELDS.get(name, name), value(name, before) or NOTHING, value(name, after) or "—")
        for name, (before, after) in found.items()
    ]


def value(name: str, found: Any) -> str:
    """'' for nothing."""
    if found is None or found in ("", [], {}):
        return ""
    match name:
        case "category":
            return CATEGORIES.get(found, str(found))
        case "education":
            return EDUCATION.get(found, str(found))
        case "category_date":
            return _day(str(found))
        case "workload":
            return decimal(float(found), 2)
        case _:
            return _any(found)


def _any(found: Any) -> str:
    if isinstance(found, Mapping):
        return "; ".join(f"{AREAS.get(key, key)} {decimal(float(number))}" for key, number in found.items())
    if isinstance(found, list | tuple):
        return "; ".join(_any(one) for one in found)
    return str(found)


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text
