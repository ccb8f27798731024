"""Rules of reminders in a list, and every planned reminder."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.audiences.reach import Manager
from admin.campaigns.reach import zone_title
from admin.reminders import asking, editing, words
from admin.services import ServicesHere
from admin.shell.page import page
from core.audiences.options import Part, options
from core.reminders import listing, queries

router = APIRouter()


@router.get("/reminders")
async def rules(request: Request, services: ServicesHere, viewer: Manager) -> Response:
    here = viewer.municipality.id
    async with services.db.read() as session:
        found = [
            (one, await queries.coming(session, services.clock, viewer.actor, one) if one.enabled else [])
            for one in await queries.rules(session, viewer.actor, here)
        ]
        campaigns = await queries.of_campaigns(session, services.clock, viewer.actor, here)
    return page(
        request,
        "reminders/rules.html",
        viewer,
        rules=found,
        campaigns=campaigns,
        kinds=words.KINDS,
        whom=words.WHOM,
        when=words.when,
        zone_title=zone_title(services, viewer),
    )


@router.get("/reminders/planned")
async def planned(request: Request, services: ServicesHere, viewer: Manager) -> Response:
    search = asking.asked(request.query_params)
    here = viewer.municipality.id
    async with services.db.read() as session:
        found = await listing.page(session, viewer.actor, here, search)
        organisations = await options(session, viewer.actor, here, Part.ORGANISATIONS)
    return page(
        request,
        "reminders/planned.html",
        viewer,
        search=search,
        rows=found.rows,
        older=asking.address(search, found.next) if found.next else None,
        newest=asking.address(search) if search.before else None,
        organisations=organisations,
        kinds=words.KINDS,
        known=words.PLANNED,
        states=words.STATES,
        reason=words.reason,
        zone_title=zone_title(services, viewer),
    )


router.include_router(editing.router)
