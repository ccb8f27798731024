"""What is wrong with an upload at first sight, before it is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import AppError
from core.importing.model import ImportKind
from core.profiles.rules import SELF_ASSESSMENT
from core.spreadsheets.bounds import Bounds
from storage.models import Municipality

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_upload(content: bytes) -> None:
    """Raises AppError: import.no_file, upload.too_large (limit, in megabytes), upload.encrypted, upload.old_format."""
    if not content:
        raise AppError("import.no_file")
    if len(content) > (limit := Bounds().bytes):
        raise AppError("upload.too_large", limit=limit // 1024 // 1024)
    if content.startswith(_OLE):
        raise AppError("upload.encrypted" if _ENCRYPTED in content else "upload.old_format")


async def check_options(
    session: AsyncSession, municipality_id: int, kind: ImportKind, options: Mapping[str, Any]
) -> None:
    """Raises AppError: import.unknown_source, import.day_unreadable."""
    if kind is not ImportKind.DIAGNOSES:
        return
    town = await session.get_one(Municipality, municipality_id)
    sources = {one["code"] for one in town.settings.get("diagnosis_sources") or ()} - {SELF_ASSESSMENT}
    if options.get("source") not in sources:
        raise AppError("import.unknown_source")
    try:
        date.fromisoformat(options.get("taken_on", ""))
    except ValueError as error:
        raise AppError("import.day_unreadable") from error
