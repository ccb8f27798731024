"""The page «Кому не доходит», for coordinators and methodists."""

from math import ceil
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from admin.auth import CurrentViewer
from admin.services import ServicesHere
from admin.shell.page import page
from admin.unreachable.words import happened
from core.errors import NotFound
from core.outgoing.unreachable import PAGE, unreachable

router = APIRouter()


@router.get("/unreachable")
async def listing(
    request: Request,
    services: ServicesHere,
    viewer: CurrentViewer,
    organisation: Annotated[str, Query(max_length=10)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    place = _number(organisation)
    async with services.db.read() as session:
        found = await unreachable(session, viewer.actor, viewer.municipality.id, place, number)
    return page(
        request,
        "unreachable/list.html",
        viewer,
        found=found,
        people=[(one, *happened(one.reason)) for one in found.people],
        place=place,
        number=number,
        pages=max(1, ceil(found.total / PAGE)),
        query=urlencode({"organisation": place}) if place else "",
    )


def _number(text: str) -> int | None:
    """None for all organisations. Raises NotFound for what is no number."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) >= 2**31:
        raise NotFound
    return int(text)
