"""What will happen row by row, what is wrong and where, who is not in the file."""

import asyncio

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from admin.campaigns.reach import zone_title
from admin.importing import facts, files, said
from admin.importing.paging import PageNumber, pages
from admin.importing.problems import table
from admin.importing.reach import ImportHere
from admin.services import ServicesHere
from admin.shell.page import page
from core.errors import NotFound
from core.importing import actions, previewing
from core.importing.model import Verdict
from core.tables.workbook import write_xlsx

router = APIRouter()

_LISTS = {
    "added": (Verdict.ADDED, "Добавятся"),
    "changed": (Verdict.CHANGED, "Изменятся"),
    "left": (Verdict.LEFT, "Останутся как есть"),
}


@router.get("/imports/{run_id}/problems")
async def problems(
    request: Request,
    services: ServicesHere,
    here: ImportHere,
    sheet: str = Query("", max_length=100),
    kind: str = Query("", max_length=10),
    number: PageNumber = 1,
) -> Response:
    fatal = {"errors": True, "remarks": False}.get(kind)
    async with services.db.read() as session:
        found, total = await previewing.problems(
            session, here.viewer.actor, here.run.id, page=number, fatal=fatal, sheet=sheet or None
        )
    return page(
        request,
        "importing/problems.html",
        here.viewer,
        found=found,
        total=total,
        pages=pages(number, total, previewing.PAGE, f"{here.address}/problems", sheet=sheet, kind=kind),
        sheet=sheet,
        kind_shown=kind,
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.get("/imports/{run_id}/problems.xlsx")
async def problems_file(services: ServicesHere, here: ImportHere) -> Response:
    actor = here.viewer.actor
    await actions.note_export(
        services.db, services.clock, actor, here.viewer.municipality.id, {"import": here.run.id, "part": "problems"}
    )
    async with services.db.read() as session:
        found, _total = await previewing.problems(session, actor, here.run.id, page=None)
    content = await asyncio.to_thread(write_xlsx, [table(found)])
    return files.attachment(content, f"Замечания к {here.run.file_name}")


@router.get("/imports/{run_id}/missing")
async def missing(request: Request, services: ServicesHere, here: ImportHere, number: PageNumber = 1) -> Response:
    async with services.db.read() as session:
        found, total = await previewing.missing(session, here.viewer.actor, here.run.id, number)
    return page(
        request,
        "importing/missing.html",
        here.viewer,
        found=found,
        pages=pages(number, total, previewing.PAGE, f"{here.address}/missing"),
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.get("/imports/{run_id}/{part}")
async def rows(
    request: Request, services: ServicesHere, here: ImportHere, part: str, number: PageNumber = 1
) -> Response:
    if part not in _LISTS:
        raise NotFound
    verdict, title = _LISTS[part]
    async with services.db.read() as session:
        found, total = await previewing.rows(session, here.viewer.actor, here.run.id, verdict, number)
    return page(
        request,
        "importing/rows.html",
        here.viewer,
        rows=[(one, said.changes(one.changes)) for one in found],
        heading=title,
        changed=verdict is Verdict.CHANGED,
        pages=pages(number, total, previewing.PAGE, f"{here.address}/{part}"),
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )
