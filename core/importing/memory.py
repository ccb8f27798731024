"""What one import teaches the next one: meanings of headings and names, and how the municipality's file looks."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.encoding import mapping_json, mapping_of
from core.importing.model import Column, ImportKind, Layout, Mapping, SheetUse
from storage.models import ImportMemory


async def remembered(session: AsyncSession, municipality_id: int, kind: ImportKind) -> Mapping:
    row = await session.get(ImportMemory, (municipality_id, kind))
    return mapping_of(row.mapping) if row else Mapping()


async def remembered_layout(session: AsyncSession, municipality_id: int, kind: ImportKind) -> Layout:
    """An empty one when nothing has been imported yet."""
    row = await session.get(ImportMemory, (municipality_id, kind))
    return layout_of(row.layout) if row else Layout()


async def remember(
    session: AsyncSession, municipality_id: int, kind: ImportKind, mapping: Mapping, sheets: Sequence[SheetUse]
) -> None:
    """What holds for one file only, people and sheets to be left out, is forgotten."""
    row = await session.scalar(
        select(ImportMemory)
        .where(ImportMemory.municipality_id == municipality_id, ImportMemory.kind == kind)
        .with_for_update()
    )
    if row is None:
        row = ImportMemory(municipality_id=municipality_id, kind=kind)
        session.add(row)
    row.mapping = mapping_json(replace(mapping, people={}, skipped_sheets=()))
    found = layout_seen(sheets)
    if found.columns:
        row.layout = layout_json(found)


def layout_seen(sheets: Iterable[SheetUse]) -> Layout:
    """Of the first sheet with people; `by_sheet` when several sheets are each about an organisation of their own."""
    used = [one for one in sheets if one.columns and not one.skipped]
    if not used:
        return Layout()
    named = {one.organisation for one in used if one.organisation}
    columns = tuple((one.heading, str(one.use)) for one in used[0].columns if one.use is not Column.AREA)
    return Layout(columns, by_sheet=len(named) > 1)


def layout_json(layout: Layout) -> dict[str, Any]:
    return {"columns": [list(pair) for pair in layout.columns], "by_sheet": layout.by_sheet}


def layout_of(value: MappingType[str, Any]) -> Layout:
    columns = tuple((str(heading), str(use)) for heading, use in value.get("columns", ()))
    return Layout(columns, bool(value.get("by_sheet", False)))
