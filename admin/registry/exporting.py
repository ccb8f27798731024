"""The list as a file: the same conditions and order as on the page, all of its rows."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CurrentViewer, Viewer
from admin.registry import asking, headings, lists, reach, rooms, words
from admin.registry.rooms import Room
from admin.services import Services, ServicesHere
from core.registry import actions, queries
from core.registry.columns import Column, columns_of
from core.registry.model import Row, Type
from core.tables.csvfile import write_csv
from core.tables.table import Cell, Kind, Table, Variable
from core.tables.workbook import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_KINDS = {Type.WHOLE: Kind.NUMBER, Type.DECIMAL: Kind.NUMBER, Type.DATE: Kind.DATE, Type.FLAG: Kind.FLAG}
_LONGEST_TITLE = 31


def add(router: APIRouter, room: Room) -> None:
    @router.get(f"{room.path}/export.xlsx")
    async def workbook(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
        table = await _table(request, services, viewer, room)
        return _attachment(await asyncio.to_thread(write_xlsx, [table]), room.code, table.title, "xlsx", XLSX)

    @router.get(f"{room.path}/export.csv")
    async def plain(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
        table = await _table(request, services, viewer, room)
        return _attachment(await asyncio.to_thread(write_csv, table), room.code, table.title, "csv", CSV)


async def _table(request: Request, services: Services, viewer: Viewer, room: Room) -> Table:
    """Raises Denied as the list does. That the file was taken is noted before it is given."""
    reach.check_sees(room, viewer)
    town, wanted = viewer.municipality, asking.asked(room, request.query_params)
    async with services.db.read() as session:
        rows = await queries.every(session, viewer.actor, town.id, room.kind, wanted, lists.now_of(services, viewer))
    await actions.note_export(services.db, services.clock, viewer.actor, town.id, room.kind)
    title = rooms.called(room, town.settings).title[:_LONGEST_TITLE]
    columns = columns_of(room.kind)
    return Table(title, _variables(room, columns), await asyncio.to_thread(_cells, columns, rows))


def _variables(room: Room, columns: Sequence[Column]) -> list[Variable]:
    return [Variable(one.name, headings.column(room.kind, one), _KINDS.get(one.type, Kind.TEXT)) for one in columns]


def _cells(columns: Sequence[Column], rows: Sequence[Row]) -> list[list[Cell]]:
    return [[_cell(one, row.cells.get(one.name)) for one in columns] for row in rows]


def _cell(column: Column, value: Any) -> Cell:
    match value:
        case bool():
            return int(value)
        case Decimal():
            return float(value)
        case date() | int() | float():
            return value
        case _:
            return words.told(value, column.choices) or None


def _attachment(content: bytes, plain: str, title: str, ending: str, media_type: str) -> Response:
    """To be saved, never shown; the name as RFC 5987 has it, with a plain one for old programs."""
    told = quote(f"{title}.{ending}", safe="")
    disposition = f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{told}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
