"""The audit as a file: the same conditions as on the page, the latest entries first."""

import asyncio
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.audit import asking, words
from admin.auth import CurrentViewer, Viewer
from admin.registry import deeds
from admin.registry.exporting import CSV, XLSX
from admin.services import Services, ServicesHere
from admin.shell.formatting import moment
from core.audit import actions, queries
from core.audit.model import Line
from core.tables.csvfile import write_csv
from core.tables.table import Cell, Kind, Table, Variable
from core.tables.workbook import write_xlsx

router = APIRouter()

MOST = 50_000
"""Entries in one file; who needs older ones narrows the period."""
_AT_ONCE = 1000
_COLUMNS = (
    ("at", "Когда"),
    ("who", "Кто"),
    ("deed", "Что"),
    ("subject", "О чём"),
    ("changes", "Было → стало"),
    ("place", "Муниципалитет"),
)


@router.get("/audit/export.xlsx")
async def workbook(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    table = await _table(request, services, viewer, "xlsx")
    return _file(await asyncio.to_thread(write_xlsx, [table]), "xlsx", XLSX)


@router.get("/audit/export.csv")
async def plain(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    table = await _table(request, services, viewer, "csv")
    return _file(await asyncio.to_thread(write_csv, table), "csv", CSV)


async def _table(request: Request, services: Services, viewer: Viewer, format_: str) -> Table:
    town, search = viewer.municipality, replace(asking.asked(request.query_params), before=None)
    await actions.note_export(services.db, services.clock, viewer.actor, town.id, format_)
    rows: list[list[Cell]] = []
    async with services.db.read() as session:
        while len(rows) < MOST:
            found = await queries.page(session, viewer.actor, town, search, size=min(_AT_ONCE, MOST - len(rows)))
            rows.extend(_row(line, town.timezone) for line in found.lines)
            if found.next is None:
                break
            search = replace(search, before=found.next)
    return Table("Журнал действий", [Variable(name, label, Kind.TEXT) for name, label in _COLUMNS], rows)


def _row(line: Line, zone: str) -> list[Cell]:
    told = [f"{one.field}: {one.before or 'пусто'} → {one.after or 'пусто'}" for one in deeds.changes(line.entry)]
    return [
        moment(line.entry.at, zone),
        line.entry.who or "программа",
        deeds.deed(line.entry),
        words.subject(line.subject) if line.subject else None,
        "; ".join(told) or None,
        line.place,
    ]


def _file(content: bytes, ending: str, media_type: str) -> Response:
    disposition = f'attachment; filename="audit.{ending}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
