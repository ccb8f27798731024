"""Pages of the audit, for administrators. Nothing here changes it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.audit import asking, exporting, words
from admin.auth import CurrentViewer
from admin.registry import deeds
from admin.services import ServicesHere
from admin.shell.page import page
from core.audit import queries
from core.audit.model import Line
from core.audit.words import groups

router = APIRouter()
router.include_router(exporting.router)


@router.get("/audit")
async def listing(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    search = asking.asked(request.query_params)
    async with services.db.read() as session:
        found = await queries.page(session, viewer.actor, viewer.municipality, search)
    return page(
        request,
        "audit/list.html",
        viewer,
        search=search,
        groups=groups(),
        lines=[_told(one) for one in found.lines],
        too_many=found.too_many,
        older=asking.address(search, found.next) if found.next else None,
        newest=asking.address(search) if search.before else None,
        files={ending: asking.address(search, path=f"/audit/export.{ending}") for ending in ("xlsx", "csv")},
        most=exporting.MOST,
    )


def _told(line: Line) -> dict[str, object]:
    subject = line.subject
    return {
        "at": line.entry.at,
        "who": line.entry.who,
        "deed": deeds.deed(line.entry),
        "changes": deeds.changes(line.entry),
        "subject": words.subject(subject) if subject else None,
        "code": f"{subject.kind}:{subject.id}" if subject else None,
        "address": words.place(subject) if subject else None,
        "place": line.place,
    }
