"""Campaigns: the list, the card with live figures, who has not answered yet."""

from collections.abc import AsyncIterator
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from admin.auth import CurrentViewer
from admin.campaigns import changing, editing, making, steps
from admin.campaigns.facts import facts
from admin.campaigns.figures import figures, stream, wave_before
from admin.campaigns.reach import CampaignHere, Here, zone_title
from admin.services import ServicesHere
from admin.shell import formatting
from admin.shell.live import guarded
from admin.shell.page import page
from admin.shell.words import (
    CAMPAIGN_STATES,
    PARTICIPATION,
    PRIVACY,
    PRIVACY_EXPLAINED,
    REACH,
    REMINDER_STATES,
    RESPONDENTS,
)
from core.campaigns import queries
from core.campaigns.model import CampaignState
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
    before = await wave_before(services, here) if started else None
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
        figures=(await figures(services, here, before)).html() if started else "",
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        respondents=RESPONDENTS,
        reminder_states=REMINDER_STATES,
        protected=here.detail.row.privacy is not SurveyPrivacy.NAMED,
        zone_title=zone_title(services, here.viewer),
        **await facts(services, here, started=started),
    )


@router.get("/campaigns/{campaign_id}/figures", response_class=EventSourceResponse)
async def live_figures(services: ServicesHere, here: CampaignHere) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events for the card."""
    async for event in guarded(stream(services, here), "/campaigns/{campaign_id}/figures"):
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
        count=len({one.teacher_id for one in people}),
        groups=groups,
        participation=PARTICIPATION,
        reach=REACH,
    )


router.include_router(editing.router)
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
