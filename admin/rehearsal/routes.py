"""The page of a rehearsal. It is worked out while the reader waits, some seconds for thousands of people."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.campaigns.reach import CampaignHere, managing, zone_title
from admin.rehearsal import findings, groups
from admin.rehearsal.report import MADE_UP, report
from admin.services import ServicesHere
from admin.shell.page import page
from core.indicators.queries import organisations
from core.rehearsal.model import RATES, USUAL_RATE
from core.rehearsal.queries import rehearsal
from core.surveys.model import SurveyPrivacy

router = APIRouter()


@router.get("/campaigns/{campaign_id}/rehearsal")
async def show(request: Request, services: ServicesHere, here: CampaignHere) -> Response:
    viewer = managing(here.viewer)
    plan, found = await rehearsal(services.db, services.clock, viewer.actor, here.id)
    async with services.db.read() as session:
        places = await organisations(session, viewer.actor, viewer.municipality.id)
    named = groups.titles(found, {one.id: one.title for one in places})
    definition = plan.definition
    return page(
        request,
        "rehearsal/card.html",
        viewer,
        detail=here.detail,
        found=found,
        minutes=findings.minutes(found.minutes),
        branches=findings.branches(found.unreached),
        traps=findings.traps(found),
        invitations=findings.invitations(found.invitations, definition, here.zone),
        protected=definition.privacy is not SurveyPrivacy.NAMED,
        tables=groups.tables(found, named),
        rates=RATES,
        usual_rate=USUAL_RATE,
        report=report(found, definition, named),
        made_up=MADE_UP,
        zone_title=zone_title(services, viewer),
    )
