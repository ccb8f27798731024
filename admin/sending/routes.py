"""The page «Правила рассылки»: what follows from the rules in words, and the rules themselves."""

from dataclasses import replace
from datetime import date, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.sending import forms
from admin.sending.forms import Typed
from admin.services import Services, ServicesHere
from admin.shell import flash, formatting, texts
from admin.shell.page import page
from core.clock import local_date
from core.errors import AppError, Denied
from core.outgoing import actions, queries
from core.outgoing.describing import describe
from core.outgoing.model import SendingRules
from core.outgoing.rules import fingerprint
from core.timing.holidays import coming_holidays
from core.timing.hours import allowed_from

router = APIRouter()

FIELDS = {
    "sending.always_silent": "weekday",
    "sending.half_quiet": "quiet_to",
    "sending.always_quiet": "quiet_to",
    "sending.limit": "daily_limit",
    "sending.too_many_days": "silent_days",
    "sending.quiet_digest": "digest_at",
    "sending.changed_meanwhile": "seen",
}
"""Which field an error belongs to."""
WEEKDAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")


@router.get("/sending")
async def rules(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    return await _page(request, services, viewer, None)


@router.post("/sending")
async def change(request: Request, services: ServicesHere, viewer: CheckedViewer) -> Response:
    """The button for holidays only fills them in; what was typed beside them stays."""
    form = await forms.typed(request)
    if (await request.form()).get("step") == "holidays":
        days = coming_holidays(_today(services, viewer))
        return await _page(request, services, viewer, forms.with_days(form, days))
    found, errors = forms.read(form)
    if found is None:
        return await _page(request, services, viewer, replace(form, errors=errors))
    place = viewer.municipality.id
    try:
        await actions.set_rules(services.db, services.clock, viewer.actor, place, found, seen=form.seen)
    except AppError as error:
        if error.key not in FIELDS:
            raise
        return await _page(request, services, viewer, replace(form, errors={FIELDS[error.key]: texts.sentence(error)}))
    return flash.redirect("/sending", "sending.changed")


async def _page(request: Request, services: Services, viewer: Viewer, form: Typed | None) -> Response:
    """Raises Denied for whoever does not act for the municipality in view."""
    if not viewer.manages:
        raise Denied
    async with services.db.read() as session:
        present = await queries.rules_of(session, viewer.municipality.id)
    today, now, zone = _today(services, viewer), services.clock.now(), viewer.municipality.timezone
    shown = forms.filled(present, today) if form is None else _fresh(form, present)
    return page(
        request,
        "sending/rules.html",
        viewer,
        status=422 if shown.errors else 200,
        sentences=[*describe(present, today), _just_now(present, now, zone)],
        form=shown,
        weekdays=list(enumerate(WEEKDAYS)),
        zone_title=formatting.zone_name(zone, now),
    )


def _fresh(form: Typed, present: SendingRules) -> Typed:
    """Who has read that somebody else changed the rules may save over them."""
    return replace(form, seen=fingerprint(present)) if "seen" in form.errors else form


def _just_now(present: SendingRules, now: datetime, zone: str) -> str:
    allowed = allowed_from(now, present, zone)
    if allowed == now:
        return "Объявление, отправленное сейчас, уйдёт сразу."
    return f"Объявление, отправленное сейчас, уйдёт {formatting.moment(allowed, zone)}."


def _today(services: Services, viewer: Viewer) -> date:
    return local_date(services.clock.now(), viewer.municipality.timezone)
