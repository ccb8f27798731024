"""Files to take away: sheets, and the list of those who have not joined."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from fastapi.responses import Response

from admin.invites.words import last_day
from core.invites.model import Person, Sheet
from core.tables.table import Kind, Table, Variable
from core.tables.workbook import write_xlsx

PDF, DOCX, XLSX = "pdf", "docx", "xlsx"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    PDF: "application/pdf",
    DOCX: f"{_OFFICE}.wordprocessingml.document",
    XLSX: f"{_OFFICE}.spreadsheetml.sheet",
}
_LONGEST = 100


def attachment(content: bytes, title: str, ending: str) -> Response:
    """To be saved, never shown; the name as RFC 5987 has it, with a plain one for old programs."""
    name = "".join(one if one.isalnum() or one in " -_.,№" else "_" for one in title)[:_LONGEST].strip()
    told = quote(f"{name}.{ending}", safe="")
    disposition = f"attachment; filename=\"invites.{ending}\"; filename*=UTF-8''{told}"
    return Response(content, media_type=_TYPES[ending], headers={"Content-Disposition": disposition})


async def render(sheet: Sheet, links: Sequence[str], ending: str, now: datetime, *, consents: bool) -> bytes:
    """In a thread, for a hundred pages take a second."""
    return await asyncio.to_thread(_render, sheet, links, ending, now, consents)


def _render(sheet: Sheet, links: Sequence[str], ending: str, now: datetime, consents: bool) -> bytes:
    if ending == PDF:
        from core.invites.printing.pdf import write_pdf  # noqa: PLC0415 - only a sheet needs fpdf

        return write_pdf(sheet, links, consents=consents)
    from core.invites.printing.word import write_docx  # noqa: PLC0415 - only a sheet needs python-docx

    return write_docx(sheet, links, now, consents=consents)


async def workbook(rows: Sequence[tuple[str, Person]], zone: str) -> bytes:
    """Who has not joined, with the organisation; the invite as the last day on which it works."""
    variables = (
        Variable("organisation", "Организация", Kind.TEXT),
        Variable("name", "Фамилия, имя, отчество", Kind.TEXT),
        Variable("position", "Должность", Kind.TEXT),
        Variable("until", "Приглашение действует до", Kind.DATE),
    )
    cells = [(place, one.name, one.position, last_day(one.until, zone)) for place, one in rows]
    return await asyncio.to_thread(write_xlsx, [Table("Не подключились", variables, cells)])
