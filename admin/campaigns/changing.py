"""Opening, scheduling and its opposite, extending and closing: a page that asks, a press that does."""

import secrets
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CheckedViewer
from admin.campaigns import counts, forms, invitations, steps
from admin.campaigns.reach import CampaignHere, Here, managing, zone_title
from admin.campaigns.steps import Step
from admin.services import Services, ServicesHere
from admin.shell import flash, formatting, texts
from admin.shell.page import page
from core.campaigns import actions, recipients
from core.campaigns.invitations import first_invitation
from core.campaigns.model import CampaignDetail, Reached
from core.clock import local_date
from core.errors import AppError, Denied, NotFound
from core.surveys.model import Respondent, SurveyPrivacy

router = APIRouter()


@router.get("/campaigns/{campaign_id}/{code}")
async def ask(request: Request, services: ServicesHere, here: CampaignHere, code: str) -> Response:
    """The question before the change; when there is nothing to change any more, the card."""
    managing(here.viewer)
    step = _step(code)
    if step not in steps.offered(here.detail.row.state):
        return RedirectResponse(_card(here), status_code=303)
    return await _question(request, services, here, step, _suggested_end(here, services), {})


@router.post("/campaigns/{campaign_id}/{code}")
async def change(
    request: Request, services: ServicesHere, here: CampaignHere, _checked: CheckedViewer, code: str
) -> Response:
    """A second press finds the change made and leads to the same card."""
    managing(here.viewer)
    step = _step(code)
    typed = str((await request.form()).get("closes_at", ""))
    try:
        key, params = await _perform(services, here, step, typed)
    except (Denied, NotFound):
        raise
    except AppError as error:
        if step.code == "extend":
            return await _question(
                request, services, here, step, typed, {"closes_at": texts.sentence(error)}, status=422
            )
        return flash.redirect(_card(here), error.key, good=False, **error.params)
    return flash.redirect(_card(here), key, **params)


async def _perform(services: Services, here: Here, step: Step, closes_at: str) -> tuple[str, dict[str, Any]]:
    """Key and values of what the person is told afterwards."""
    db, clock, actor = services.db, services.clock, here.viewer.actor
    match step.code:
        case "open":
            return await _open(services, here)
        case "schedule":
            await actions.schedule(db, clock, actor, here.id)
            return "campaign.scheduled", {"when": formatting.moment(here.detail.row.opens_at, here.zone)}
        case "unschedule":
            await actions.unschedule(db, clock, actor, here.id)
            return "campaign.unscheduled", {}
        case "close":
            await actions.close(db, clock, actor, here.id, services.sealer)
            return "campaign.closed_now", {}
        case _:
            await actions.extend(db, clock, actor, here.id, _new_end(closes_at, here.zone))
            return "campaign.extended", {}


async def _open(services: Services, here: Here) -> tuple[str, dict[str, Any]]:
    invited = await actions.open_now(services.db, services.clock, here.viewer.actor, here.id)
    services.wake_sender()
    people = formatting.plural(invited, "человек", "человека", "человек")
    now = services.clock.now()
    async with services.db.read() as session:
        first = await first_invitation(session, now, here.id)
    if first > now:
        return "campaign.opened_quietly", {"people": people, "when": formatting.moment(first, here.zone)}
    return "campaign.opened", {"people": people}


def _new_end(typed: str, zone: str) -> datetime:
    moment = forms.moment_of(typed, zone)
    if moment is None:
        raise AppError("campaign.end_unreadable")
    return moment


async def _question(
    request: Request,
    services: Services,
    here: Here,
    step: Step,
    closes_at: str,
    errors: dict[str, str],
    *,
    status: int = 200,
) -> Response:
    return page(
        request,
        "campaigns/confirm.html",
        here.viewer,
        status=status,
        detail=here.detail,
        step=step,
        sentences=await _consequences(services, here, step),
        closes_at=closes_at,
        errors=errors,
        form_id=secrets.token_urlsafe(12),
        zone_title=zone_title(services, here.viewer),
    )


async def _consequences(services: Services, here: Here, step: Step) -> list[str]:
    """What will happen, in sentences."""
    row = here.detail.row
    if step.code == "extend":
        return [f"Сейчас окончание назначено на {formatting.moment(row.closes_at, here.zone)}."]
    if step.code in _PLAIN:
        return [_PLAIN[step.code]]
    if step.code == "close":
        return _closing(here.detail)
    today = local_date(services.clock.now(), here.zone)
    async with services.db.read() as session:
        reached = await recipients.reached(session, here.detail.recipients, today)
        opens_at = row.opens_at if step.code == "schedule" else services.clock.now()
        first = await first_invitation(session, opens_at, here.id)
    left_out = [f"Некому ответить за организации: {', '.join(reached.uncovered)}."] if reached.uncovered else []
    end = f"Ответы принимаются до {formatting.moment(row.closes_at, here.zone)}."
    if step.code == "schedule":
        start = f"Анкетирование откроется само {formatting.moment(row.opens_at, here.zone)}."
        quiet = [f"{invitations.waiting(first, here.zone)}."] if first > opens_at else []
        return [start, *quiet, f"Сейчас {_lower(counts.reach(row.respondent, reached))}.", *left_out, end]
    later = f"{invitations.said(opens_at, first, here.zone)} Остальные получат своё, как только подключатся."
    fixed = "После открытия анкету и состав участников не изменить."
    return [_participants(row.respondent, reached), *left_out, later, end, fixed]


def _participants(respondent: Respondent, reached: Reached) -> str:
    if respondent in {Respondent.ORGANISATION, Respondent.PAIR}:
        return f"Спросим: {_lower(counts.reach(respondent, reached))}."
    return f"Участников будет {formatting.plural(reached.people, 'человек', 'человека', 'человек')}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _closing(detail: CampaignDetail) -> list[str]:
    row = detail.row
    left = row.invited - row.submitted
    said = [
        f"Анкету отправили {row.submitted} из {row.invited}. "
        + ("Ответили все." if left == 0 else f"Ещё {left} ответить уже не смогут."),
        "Анкеты, которые начали и не отправили, будут стёрты.",
        "Открыть завершённое анкетирование снова нельзя.",
    ]
    if row.privacy is not SurveyPrivacy.NAMED:
        said.append("Сводные числа посчитаются один раз.")
    if row.privacy is SurveyPrivacy.ANONYMOUS:
        said.append("Сами анонимные ответы будут стёрты.")
    return said


_PLAIN = {
    "unschedule": "Анкетирование снова станет черновиком. Открыть его можно будет в любой день.",
    "delete": "Никого ещё не спрашивали, поэтому от анкетирования ничего не останется. Сама анкета не пропадёт.",
}


def _suggested_end(here: Here, services: Services) -> str:
    return forms.local_text(max(here.detail.row.closes_at, services.clock.now()) + forms.DEFAULT_TERM / 2, here.zone)


def _step(code: str) -> Step:
    try:
        return steps.by_code(code)
    except KeyError:
        raise NotFound from None


def _card(here: Here) -> str:
    return f"/campaigns/{here.id}"
