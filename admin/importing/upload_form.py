"""What is typed in beside a file, and what is wrong with it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from starlette.datastructures import FormData, UploadFile

from admin.shell import texts
from core.errors import AppError
from core.importing.model import ImportKind
from core.profiles.rules import SELF_ASSESSMENT

FIELD_OF = {
    "import.unknown_source": "source",
    "import.day_unreadable": "taken_on",
    "import.day_in_future": "taken_on",
}
"""Key of an error → the field it stands beside; all others stand beside the file."""

_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class UploadForm:
    kind: str = ImportKind.STAFF
    source: str = ""
    taken_on: str = ""
    """ISO 8601, as browsers send days."""
    form_id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    errors: dict[str, str] = field(default_factory=dict)

    def options(self, sources: Mapping[str, str], today: date) -> dict[str, Any]:
        """What core.importing.actions.upload wants.

        Raises AppError import.unknown_source, import.day_unreadable, import.day_in_future.
        """
        if self.kind != ImportKind.DIAGNOSES:
            return {}
        if self.source not in sources:
            raise AppError("import.unknown_source")
        try:
            taken_on = date.fromisoformat(self.taken_on)
        except ValueError:
            raise AppError("import.day_unreadable") from None
        if taken_on > today:
            raise AppError("import.day_in_future")
        return {"source": self.source, "taken_on": taken_on.isoformat()}

    def complain(self, error: AppError) -> None:
        self.errors[FIELD_OF.get(error.key, "file")] = texts.sentence(error)


def typed(sent: FormData) -> UploadForm:
    """An unknown kind is taken for the usual one; the form offers no other."""
    kind = str(sent.get("kind", ""))
    return UploadForm(
        kind=kind if kind in set(ImportKind) else ImportKind.STAFF,
        source=str(sent.get("source", "")),
        taken_on=str(sent.get("taken_on", "")).strip(),
        form_id=str(sent.get("form_id", "")),
    )


async def content_of(sent: FormData, limit: int) -> tuple[str, bytes]:
    """Name and content of the file; one byte more than `limit` when it is longer.

    Raises AppError import.no_file and import.two_files.
    """
    files = [one for one in sent.getlist("file") if isinstance(one, UploadFile) and one.filename]
    if len(files) > 1:
        raise AppError("import.two_files")
    content = await files[0].read(limit + 1) if files else b""
    if not content:
        raise AppError("import.no_file")
    return _bare_name(files[0].filename or ""), content


def sources(settings: Mapping[str, Any]) -> dict[str, str]:
    """Code → title of the outside diagnoses that the municipality's profile names."""
    known: Sequence[Mapping[str, Any]] = settings.get("diagnosis_sources") or ()
    return {one["code"]: one.get("title", one["code"]) for one in known if one["code"] != SELF_ASSESSMENT}


def _bare_name(given: str) -> str:
    """Without folders, which old browsers send along, and without signs that nobody can read."""
    bare = PurePath(given.replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable())[:_LONGEST_NAME].strip() or "таблица"
