"""Pages where a file's columns, names and namesakes are put right; then the file is read again."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from admin.auth import CheckedViewer
from admin.campaigns.reach import managing, zone_title
from admin.importing import choices, corrections, facts, working
from admin.importing.paging import PageNumber, Pages, pages
from admin.importing.reach import ImportHere, ImportPlace, place_of
from admin.services import Services, ServicesHere
from admin.shell import flash
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError, Denied, NotFound
from core.importing import actions, previewing
from core.importing.model import Mapping

router = APIRouter()

HEADINGS = 150
"""Rows of a form; a form of the admin has at most 500 fields."""
NAMES = 25
"""Of one page; each of them offers the whole list of organisations or positions."""

REMEMBERED = 100
T = TypeVar("T")
Correct = Callable[[FormData, ImportPlace], Awaitable[Mapping]]


@router.get("/imports/{run_id}/columns")
async def columns(request: Request, services: ServicesHere, here: ImportHere) -> Response:
    found = corrections.headings(here.run.sheets)
    return page(
        request,
        "importing/columns.html",
        here.viewer,
        headings=found[:HEADINGS],
        hidden=max(0, len(found) - HEADINGS),
        uses=corrections.uses(here.run.kind),
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.post("/imports/{run_id}/columns")
async def correct_columns(request: Request, services: ServicesHere, viewer: CheckedViewer, run_id: RowId) -> Response:
    async def correct(sent: FormData, here: ImportPlace) -> Mapping:
        return corrections.columns(sent, here.run.mapping, here.run.kind, here.run.sheets)

    managing(viewer)
    return await _corrected(request, services, await place_of(services, viewer, run_id), "columns", correct)


@router.get("/imports/{run_id}/names")
async def names(request: Request, services: ServicesHere, here: ImportHere, number: PageNumber = 1) -> Response:
    async with services.db.read() as session:
        known = await choices.all_of(session, here.viewer.municipality.id)
    shown, there = _part(here.run.unknown, number, NAMES, f"{here.address}/names")
    return page(
        request,
        "importing/names.html",
        here.viewer,
        unknown=shown,
        remembered=choices.remembered(here.run.mapping, known)[:REMEMBERED],
        choices=known,
        pages=there,
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.post("/imports/{run_id}/names")
async def correct_names(request: Request, services: ServicesHere, viewer: CheckedViewer, run_id: RowId) -> Response:
    async def correct(sent: FormData, here: ImportPlace) -> Mapping:
        async with services.db.read() as session:
            known = await choices.all_of(session, viewer.municipality.id)
        return corrections.names(sent, here.run.mapping, {kind: dict(found) for kind, found in known.items()})

    managing(viewer)
    return await _corrected(request, services, await place_of(services, viewer, run_id), "names", correct)


@router.get("/imports/{run_id}/namesakes")
async def namesakes(request: Request, services: ServicesHere, here: ImportHere, number: PageNumber = 1) -> Response:
    async with services.db.read() as session:
        found = await previewing.namesakes(session, here.viewer.actor, here.run.id)
    shown, there = _part(found, number, NAMES, f"{here.address}/namesakes")
    return page(
        request,
        "importing/namesakes.html",
        here.viewer,
        found=shown,
        pages=there,
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.post("/imports/{run_id}/namesakes")
async def correct_people(request: Request, services: ServicesHere, viewer: CheckedViewer, run_id: RowId) -> Response:
    async def correct(sent: FormData, here: ImportPlace) -> Mapping:
        async with services.db.read() as session:
            found = await previewing.namesakes(session, viewer.actor, here.run.id)
        known = {f"{one.sheet}!{one.row}": [card.teacher_id for card in one.cards] for one in found}
        return corrections.people(sent, here.run.mapping, known)

    managing(viewer)
    return await _corrected(request, services, await place_of(services, viewer, run_id), "namesakes", correct)


async def _corrected(request: Request, services: Services, here: ImportPlace, part: str, correct: Correct) -> Response:
    """A second press finds the file being read and leads to the same page."""
    actor, run_id = here.viewer.actor, here.run.id
    try:
        mapping = await correct(await request.form(), here)
        await actions.set_mapping(services.db, services.clock, actor, run_id, mapping)
    except (Denied, NotFound):
        raise
    except AppError as error:
        place = (
            f"{here.address}/{part}" if error.key in {"import.wrong_column", "import.wrong_choice"} else here.address
        )
        return flash.redirect(place, error.key, good=False, **error.params)
    await working.given_a_moment(working.read(services, run_id))
    return flash.redirect(here.address, "import.read_again")


def _part(found: Sequence[T], number: int, size: int, place: str) -> tuple[Sequence[T], Pages]:
    return found[(number - 1) * size : number * size], pages(number, len(found), size, place)
