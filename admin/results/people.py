"""Who answered a named survey, and what; every look is noted in the audit."""

from itertools import groupby
from math import ceil
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from admin.campaigns.reach import CampaignHere
from admin.services import ServicesHere
from admin.shell.page import page
from admin.shell.path import RowId
from core.results import actions
from core.results.people import Search

router = APIRouter()


@router.get("/campaigns/{campaign_id:int}/answers")
async def listing(
    request: Request,
    services: ServicesHere,
    here: CampaignHere,
    text: Annotated[str, Query(max_length=100)] = "",
    organisation: Annotated[str, Query(pattern="^([1-9][0-9]{0,8})?$")] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    search = Search(text.strip(), int(organisation) if organisation else None, number)
    found = await actions.list_people(services.db, services.clock, here.viewer.actor, here.id, search)
    kept = {"text": search.text, "organisation": organisation}
    return page(
        request,
        "results/people.html",
        here.viewer,
        row=found.campaign.row,
        found=found,
        search=search,
        number=number,
        pages=max(1, ceil(found.total / search.size)),
        query=urlencode({name: value for name, value in kept.items() if value}),
    )


@router.get("/campaigns/{campaign_id:int}/answers/{response_id}")
async def card(request: Request, services: ServicesHere, here: CampaignHere, response_id: RowId) -> Response:
    found = await actions.see_answers(services.db, services.clock, here.viewer.actor, here.id, response_id)
    sections = [(title, list(members)) for title, members in groupby(found.answers, key=lambda one: one.section)]
    return page(request, "results/person.html", here.viewer, row=found.campaign.row, found=found, sections=sections)
