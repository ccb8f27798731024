"""What is wrong with an upload at first sight, before it is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import AppError
from core.importing.model import ImportKind
from core.profiles.rules import SELF_ASSESSMENT
from core.spreadsheets.bounds import Bounds
from core.spreadsheets.kinds import kind_of
from storage.models import Municipality


def check_upload(content: bytes) -> None:
    """By the first bytes, at no cost. Raises AppError: those of core.spreadsheets.kinds.kind_of."""
    kind_of(content, Bounds().bytes)


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
