"""Noting that the signed paper form of the consent was received (SPEC §3)."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer
from admin.invites.reach import Place, PlaceHere, chosen
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from core.clock import local_date
from core.errors import AppError
from core.invites import actions, queries

router = APIRouter()


@router.get("/invites/{organisation_id}/paper")
async def ask(request: Request, services: ServicesHere, here: PlaceHere) -> Response:
    teachers = chosen(request.query_params.getlist("person"))
    if not teachers:
        return flash.redirect(here.address, "invite.nobody_chosen", good=False)
    return await _show(request, services, here, teachers, _today(services, here).isoformat())


@router.post("/invites/{organisation_id}/paper")
async def note(request: Request, services: ServicesHere, here: PlaceHere, _checked: CheckedViewer) -> Response:
    form = await request.form()
    teachers, typed = chosen(form.getlist("person")), str(form.get("day", ""))[:20].strip()
    try:
        day = _day(typed, _today(services, here))
    except AppError as error:
        return await _show(request, services, here, teachers, typed, texts.sentence(error))
    count = await actions.note_paper(services.db, services.clock, here.viewer.actor, here.id, teachers, day)
    return flash.redirect(here.address, "invite.paper_noted", count=count)


def _day(typed: str, today: date) -> date:
    """Raises AppError with `invite.day_unreadable` or `invite.day_ahead`."""
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise AppError("invite.day_unreadable") from error
    if day > today:
        raise AppError("invite.day_ahead")
    return day


def _today(services: Services, here: Place) -> date:
    return local_date(services.clock.now(), here.zone)


async def _show(
    request: Request, services: Services, here: Place, teachers: frozenset[int], day: str, error: str | None = None
) -> Response:
    async with services.db.read() as session:
        found = await queries.named(session, here.viewer.actor, here.id, teachers, services.clock.now())
    return page(
        request,
        "invites/paper.html",
        here.viewer,
        status=200 if error is None else 422,
        here=here,
        found=found,
        day=day,
        errors={} if error is None else {"day": error},
    )
