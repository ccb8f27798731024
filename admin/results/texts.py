"""What people wrote in their own words: no names, no organisations, another order each time."""

import secrets
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from admin.campaigns.reach import CampaignHere
from admin.services import ServicesHere
from admin.shell.page import page
from core.results.texts import texts

PER_PAGE = 50

router = APIRouter()


@router.get("/campaigns/{campaign_id:int}/results/texts/{question}")
async def listing(
    request: Request,
    services: ServicesHere,
    here: CampaignHere,
    question: str,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    order: Annotated[str, Query(pattern="^[0-9a-f]{0,16}$")] = "",
) -> Response:
    """`order` is drawn anew for every first look and kept while pages are turned."""
    order = order or secrets.token_hex(4)
    async with services.db.read() as session:
        found, asked, written = await texts(session, here.viewer.actor, here.id, question, order)
    pages = max(1, ceil(len(written) / PER_PAGE))
    number = min(number, pages)
    return page(
        request,
        "results/texts.html",
        here.viewer,
        row=found.campaign.row,
        question=asked,
        texts=written[(number - 1) * PER_PAGE : number * PER_PAGE],
        total=len(written),
        number=number,
        pages=pages,
        order=order,
    )
