"""Whom it did not reach, as a page, and the whole report as files."""

import asyncio
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.announcements import words
from admin.announcements.reach import AnnouncementHere, Here
from admin.services import Services, ServicesHere
from admin.shell.page import page
from core.announcements import actions, queries
from core.announcements.model import Counts, OrganisationReport, Trouble
from core.tables.csvfile import write_csv
from core.tables.table import Cell, Kind, Table, Variable
from core.tables.workbook import write_xlsx

router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_COUNTS = (
    ("total", "Адресатов"),
    ("sent", "Доставлено"),
    ("merged", "В подборке за день"),
    ("open", "Ждут отправки"),
    ("unreachable", "Некому доставить"),
    ("failed", "Не принято"),
    ("unknown", "Неизвестно"),
    ("doubtful", "Возможно, дважды"),
    ("cancelled", "Не отправлялось"),
)
"""Parts of Counts, and what their column is called."""


@router.get("/announcements/{announcement_id}/missed")
async def missed(request: Request, services: ServicesHere, here: AnnouncementHere) -> Response:
    async with services.db.read() as session:
        people = await queries.troubles(session, here.viewer.actor, here.id)
    rows = [(one, words.outcome(one), words.reason(one), words.advice(one)) for one in people]
    return page(request, "announcements/missed.html", here.viewer, detail=here.detail, rows=rows)


@router.get("/announcements/{announcement_id}/report.xlsx")
async def workbook(services: ServicesHere, here: AnnouncementHere) -> Response:
    tables = await _tables(services, here, "xlsx")
    return _attachment(await asyncio.to_thread(write_xlsx, tables), here.id, "xlsx", XLSX)


@router.get("/announcements/{announcement_id}/report.csv")
async def plain(services: ServicesHere, here: AnnouncementHere) -> Response:
    """One table only, so the one with people: sums can be made of it, not the other way round."""
    _organisations, people = await _tables(services, here, "csv")
    return _attachment(await asyncio.to_thread(write_csv, people), here.id, "csv", CSV)


async def _tables(services: Services, here: Here, ending: str) -> list[Table]:
    """That the file was taken is noted before it is given."""
    actor = here.viewer.actor
    async with services.db.read() as session:
        organisations = await queries.by_organisation(session, actor, here.id)
        people = await queries.troubles(session, actor, here.id)
    await actions.note_export(services.db, services.clock, actor, here.id, ending)
    return [by_organisation(organisations), by_person(people)]


def by_organisation(rows: list[OrganisationReport]) -> Table:
    variables = [Variable("organisation", "Организация", Kind.TEXT)]
    variables += [Variable(name, label, Kind.NUMBER) for name, label in _COUNTS]
    variables.append(Variable("pressed", "Нажали кнопку", Kind.NUMBER))
    return Table("По организациям", variables, [[one.name, *_cells(one.counts), one.pressed] for one in rows])


def by_person(rows: list[Trouble]) -> Table:
    variables = [
        Variable(name, label, Kind.TEXT)
        for name, label in (
            ("name", "Кому"),
            ("organisation", "Организация"),
            ("state", "Состояние"),
            ("reason", "Причина"),
            ("advice", "Что делать"),
        )
    ]
    cells: list[list[Cell]] = [
        [one.name, one.organisation, words.outcome(one)[1], words.reason(one), words.advice(one)] for one in rows
    ]
    return Table("Кому не дошло", variables, cells)


def _cells(counts: Counts) -> list[Cell]:
    return [getattr(counts, name) for name, _ in _COUNTS]


def _attachment(content: bytes, announcement_id: int, ending: str, media_type: str) -> Response:
    """A plain name for old programs, and the real one as RFC 5987 writes it."""
    told = quote(f"Отчёт об объявлении {announcement_id}.{ending}", safe="")
    disposition = f"attachment; filename=\"announcement.{ending}\"; filename*=UTF-8''{told}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
