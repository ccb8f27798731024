"""The uploaded file as a stream of what a child process understands of it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, cast

from sqlalchemy import select

from core.clock import Clock, local_date
from core.errors import AppError
from core.importing import reading
from core.importing.encoding import mapping_json
from core.importing.loading import Scope
from core.spreadsheets import streaming
from storage.models import ImportRun, Municipality
from storage.session import Store

Item = dict[str, Any]
"""What core.importing.reading.read yields."""


async def items(store: Store, clock: Clock, scope: Scope) -> AsyncGenerator[Item, None]:
    """Close it when the rest is not wanted: the child process ends with it.

    Raises AppError: import.file_gone, and why the file cannot be read (core.spreadsheets).
    """
    content, arguments = await file_of(store, clock, scope)
    values = streaming.stream(reading.read, content, arguments, streaming.ChildLimits())
    async with aclosing(cast(AsyncGenerator[Item, None], values)) as found:
        async for item in found:
            yield item


async def file_of(store: Store, clock: Clock, scope: Scope) -> tuple[bytes, dict[str, object]]:
    """The content, and what the reading has to be told beside it. Raises AppError import.file_gone."""
    async with store.read() as session:
        found = await session.execute(
            select(ImportRun.content, ImportRun.file_name, Municipality.timezone)
            .join(Municipality, Municipality.id == ImportRun.municipality_id)
            .where(ImportRun.id == scope.run_id)
        )
        content, file_name, timezone = found.one()
    if content is None:
        raise AppError("import.file_gone")
    return content, {
        "file_name": file_name,
        "kind": str(scope.kind),
        "mapping": mapping_json(scope.mapping),
        "today": local_date(clock.now(), timezone).isoformat(),
    }
