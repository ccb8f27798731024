"""The card of one person, and the note that their paper consent was received."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.invites.words import STANDING, last_day
from admin.services import Services, ServicesHere
from admin.shell import flash, texts, words
from admin.shell.page import page
from admin.shell.path import RowId
from admin.shell.words import AREAS, CATEGORIES, EDUCATION, EVENT_KINDS
from core.errors import AppError, Denied, NotFound
from core.invites.model import Standing
from core.registry.fields import parse_day
from core.teachers import actions, queries

router = APIRouter()


@router.get("/people/{teacher_id}")
async def card(request: Request, services: ServicesHere, viewer: CurrentViewer, teacher_id: RowId) -> Response:
    return await _show(request, services, viewer, teacher_id)


@router.post("/people/{teacher_id}/paper-consent")
async def note_paper_consent(
    request: Request,
    services: ServicesHere,
    viewer: CheckedViewer,
    teacher_id: RowId,
    day: Annotated[str, Form(max_length=20)] = "",
    seen: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    received = parse_day(day)
    if day.strip() and received is None:
        return await _show(request, services, viewer, teacher_id, typed=day, error=texts.text("paper.not_a_day"))
    try:
        await actions.note_paper_consent(
            services.db, services.clock, viewer.actor, teacher_id, received, parse_day(seen)
        )
    except (NotFound, Denied):
        raise
    except AppError as error:
        return await _show(request, services, viewer, teacher_id, typed=day, error=texts.sentence(error))
    return flash.redirect(f"/people/{teacher_id}", "paper.noted" if received else "paper.taken_back")


async def _show(
    request: Request,
    services: Services,
    viewer: Viewer,
    teacher_id: int,
    *,
    typed: str | None = None,
    error: str = "",
) -> Response:
    async with services.db.read() as session:
        found = await queries.card(session, services.clock, viewer.actor, teacher_id)
    seen = found.access.paper_on.isoformat() if found.access and found.access.paper_on else ""
    return page(
        request,
        "people/card.html",
        viewer,
        status=409 if error else 200,
        card=found,
        day_typed=seen if typed is None else typed,
        seen=seen,
        errors={"day": error} if error else {},
        words=words,
        areas=AREAS,
        categories=CATEGORIES,
        education=EDUCATION,
        events=EVENT_KINDS,
        standing=STANDING,
        Standing=Standing,
        last_day=last_day,
        administers=viewer.actor.administers(found.municipality_id),
    )
