"""Campaigns: the list, the card with live figures, who has not answered yet."""

from collections.abc import AsyncIterator
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from admin.auth import CurrentViewer
from admin.campaigns import changing, making, steps
from admin.campaigns.audience import describe
from admin.campaigns.figures import figures, stream
from admin.campaigns.reach import CampaignHere, Here, zone_title
from admin.services import Services, ServicesHere
from admin.shell import formatting
from admin.shell.page import page
from admin.shell.words import CAMPAIGN_STATES, PARTICIPATION, PRIVACY, PRIVACY_EXPLAINED, REACH
from core.audiences import queries as audiences
from core.campaigns import planning, queries
from core.campaigns.model import CampaignState
from core.clock import local_date
from core.indicators.queries import organisations as organisations_of
from core.surveys.model import SurveyPrivacy

router = APIRouter()
router.include_router(making.router)


@router.get("/campaigns")
async def listing(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    async with services.db.read() as session:
        rows = await queries.listing(session, viewer.actor)
    return page(
        request,
        "campaigns/list.html",
        viewer,
        campaigns=[one for one in rows if one.municipality_id == viewer.municipality.id],
        states=CAMPAIGN_STATES,
        privacy=PRIVACY,
        zone_title=zone_title(services, viewer),
    )


@router.get("/campaigns/{campaign_id}")
async def card(request: Request, services: ServicesHere, here: CampaignHere) -> Response:
    state = here.detail.row.state
    started = state in {CampaignState.OPEN, CampaignState.CLOSED}
    return page(
        request,
        "campaigns/card.html",
        here.viewer,
        detail=here.detail,
        states=CAMPAIGN_STATES,
        when=_when(here),
        steps=steps.offered(state),
        started=started,
        live=state is CampaignState.OPEN,
        figures=(await figures(services, here)).html() if started else "",
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        protected=here.detail.row.privacy is not SurveyPrivacy.NAMED,
        zone_title=zone_title(services, here.viewer),
        **await _facts(services, here, started=started),
    )


@router.get("/campaigns/{campaign_id}/figures", response_class=EventSourceResponse)
async def live_figures(services: ServicesHere, here: CampaignHere) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events for the card."""
    async for event in stream(services, here):
        yield event


@router.get("/campaigns/{campaign_id}/waiting")
async def waiting(request: Request, services: ServicesHere, here: CampaignHere) -> Response:
    async with services.db.read() as session:
        people = await queries.waiting(session, here.viewer.actor, here.id)
    groups = [(name, list(members)) for name, members in groupby(people, key=lambda one: one.organisation)]
    return page(
        request,
        "campaigns/waiting.html",
        here.viewer,
        detail=here.detail,
        people=people,
        groups=groups,
        participation=PARTICIPATION,
        reach=REACH,
    )


router.include_router(changing.router)


def _when(here: Here) -> str:
    row = here.detail.row
    match row.state:
        case CampaignState.OPEN:
            return f"до {formatting.moment(row.closes_at, here.zone)}"
        case CampaignState.SCHEDULED:
            return f"откроется {formatting.moment(row.opens_at, here.zone)}"
        case CampaignState.CLOSED:
            return formatting.moment(row.closed_at or row.closes_at, here.zone)
        case _:
            return "видят только методисты"


async def _facts(services: Services, here: Here, *, started: bool) -> dict[str, Any]:
    """What the card tells beside the figures."""
    detail, actor = here.detail, here.viewer.actor
    today = local_date(services.clock.now(), here.zone)
    async with services.db.read() as session:
        names = {one.id: one.title for one in await organisations_of(session, actor, detail.row.municipality_id)}
        labels = {name: label for one in await planning.survey_choices(session) for name, label, _ in one.options}
        manages = here.viewer.manages
        count = await audiences.count(session, detail.row.municipality_id, detail.audience, today) if manages else None
        burden = (
            await planning.burden(session, services.clock, actor, detail.row.municipality_id, detail.audience)
            if manages and not started
            else None
        )
        people = await queries.waiting(session, actor, here.id) if started else None
    return {
        "audience": describe(detail.audience, names),
        "recipients": None if started else count,
        "burden": burden,
        "waiting_count": None if people is None else len(people),
        "options": [(labels[name], bool(on)) for name, on in detail.options.items() if name in labels],
    }
