"""Invites: organisations by how many have joined, their people, and who has not joined as a file."""

from math import ceil
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from admin.auth import CurrentViewer
from admin.invites import ending, files, papers, sheets
from admin.invites.reach import PlaceHere
from admin.invites.words import FILTERS, STANDING, last_day
from admin.services import ServicesHere
from admin.shell.page import page
from core.errors import NotFound
from core.invites import actions, queries
from core.invites.model import PeopleSearch, Standing

router = APIRouter()


@router.get("/invites")
async def listing(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    async with services.db.read() as session:
        rows = await queries.counts(session, viewer.actor, viewer.municipality.id, services.clock.now())
    return page(
        request,
        "invites/list.html",
        viewer,
        rows=rows,
        Standing=Standing,
        people=sum(one.people for one in rows),
        joined=sum(one.joined for one in rows),
        standing={code: sum(one.standing[code] for one in rows) for code in Standing},
    )


@router.get("/invites/not-joined.xlsx")
async def file(services: ServicesHere, viewer: CurrentViewer) -> Response:
    """Of all organisations within reach. Raises Denied for whoever hands out no invites."""
    town, now = viewer.municipality, services.clock.now()
    async with services.db.read() as session:
        rows = await queries.not_joined(session, viewer.actor, town.id, now)
    await actions.note_export(services.db, services.clock, viewer.actor, town.id, None)
    return files.attachment(await files.workbook(rows, town.timezone), "Ещё не подключились", files.XLSX)


@router.get("/invites/{organisation_id}")
async def people(
    request: Request,
    services: ServicesHere,
    here: PlaceHere,
    text: Annotated[str, Query(max_length=100)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    if state not in FILTERS:
        raise NotFound
    search, now = PeopleSearch(text.strip(), FILTERS[state][1], number), services.clock.now()
    async with services.db.read() as session:
        found = await queries.people(session, here.viewer.actor, here.id, search, now)
        counted = await queries.counts(session, here.viewer.actor, here.viewer.municipality.id, now, here.id)
    kept = {"text": search.text, "state": state}
    return page(
        request,
        "invites/people.html",
        here.viewer,
        here=here,
        counts=counted[0] if counted else None,
        found=found,
        search=search,
        state=state,
        filters=FILTERS,
        standing=STANDING,
        Standing=Standing,
        last_day=last_day,
        number=number,
        pages=max(1, ceil(found.total / search.size)),
        query=urlencode({name: value for name, value in kept.items() if value}),
    )


@router.get("/invites/{organisation_id}/not-joined.xlsx")
async def file_of_one(services: ServicesHere, here: PlaceHere) -> Response:
    town, now, actor = here.viewer.municipality, services.clock.now(), here.viewer.actor
    async with services.db.read() as session:
        rows = await queries.not_joined(session, actor, town.id, now, here.id)
    await actions.note_export(services.db, services.clock, actor, town.id, here.id)
    title = f"Ещё не подключились - {here.name}"
    return files.attachment(await files.workbook(rows, town.timezone), title, files.XLSX)


router.include_router(sheets.router)
router.include_router(ending.router)
router.include_router(papers.router)
