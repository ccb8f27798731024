"""Opening, scheduling, extending and closing: a page that asks, a press that does."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CheckedViewer
from admin.campaigns import forms, steps
from admin.campaigns.reach import CampaignHere, Here, managing, zone_title
from admin.campaigns.steps import Step
from admin.services import Services, ServicesHere
from admin.shell import flash, formatting, texts
from admin.shell.page import page
from core.audiences import queries as audiences
from core.campaigns import actions
from core.campaigns.model import CampaignDetail
from core.clock import local_date
from core.errors import AppError, Denied, NotFound
from core.surveys.model import SurveyPrivacy

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
            invited = await actions.open_now(db, clock, actor, here.id)
            services.wake_sender()
            return "campaign.opened", {"people": formatting.plural(invited, "человек", "человека", "человек")}
        case "schedule":
            await actions.schedule(db, clock, actor, here.id)
            return "campaign.scheduled", {"when": formatting.moment(here.detail.row.opens_at, here.zone)}
        case "close":
            await actions.close(db, clock, actor, here.id, services.sealer)
            return "campaign.closed_now", {}
        case _:
            await actions.extend(db, clock, actor, here.id, _new_end(closes_at, here.zone))
            return "campaign.extended", {}


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
        zone_title=zone_title(services, here.viewer),
    )


async def _consequences(services: Services, here: Here, step: Step) -> list[str]:
    """What will happen, in sentences."""
    row = here.detail.row
    if step.code == "extend":
        return [f"Сейчас окончание назначено на {formatting.moment(row.closes_at, here.zone)}."]
    if step.code == "close":
        return _closing(here.detail)
    today = local_date(services.clock.now(), here.zone)
    async with services.db.read() as session:
        count = await audiences.count(session, row.municipality_id, here.detail.audience, today)
    people = formatting.plural(count, "человек", "человека", "человек")
    end = f"Ответы принимаются до {formatting.moment(row.closes_at, here.zone)}."
    later = "Приглашения сразу получат те, кто подключил бота, остальные получат своё, как только подключатся."
    if step.code == "schedule":
        start = f"Анкетирование откроется само {formatting.moment(row.opens_at, here.zone)}."
        return [start, f"Сейчас под условия подходит {people}.", end]
    return [f"Участников будет {people}.", later, end, "После открытия анкету и состав участников не изменить."]


def _closing(detail: CampaignDetail) -> list[str]:
    left = detail.row.invited - detail.row.submitted
    said = [
        f"Анкету отправили {detail.row.submitted} из {detail.row.invited}. "
        + ("Ответили все." if left == 0 else f"Ещё {left} ответить уже не смогут."),
        "Открыть завершённое анкетирование снова нельзя.",
    ]
    if detail.row.privacy is SurveyPrivacy.ANONYMOUS:
        said.append("Сводные числа посчитаются один раз, а сами анонимные ответы будут стёрты.")
    return said


def _suggested_end(here: Here, services: Services) -> str:
    return forms.local_text(max(here.detail.row.closes_at, services.clock.now()) + forms.DEFAULT_TERM / 2, here.zone)


def _step(code: str) -> Step:
    try:
        return steps.by_code(code)
    except KeyError:
        raise NotFound from None


def _card(here: Here) -> str:
    return f"/campaigns/{here.id}"
