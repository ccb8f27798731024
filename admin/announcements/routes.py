"""Announcements: the list, the card with live figures, what is attached."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from admin.announcements import bubble, changing, composing, correcting, previewing, reporting, steps, words
from admin.announcements.figures import figures, moves, stream
from admin.announcements.reach import AnnouncementHere, Author, Here, zone_title
from admin.services import Services, ServicesHere
from admin.shell import formatting
from admin.shell.live import guarded
from admin.shell.page import page
from core.announcements import queries, rules
from core.announcements.model import AnnouncementRow, AnnouncementState, AttachmentKind
from core.announcements.rules import Step
from core.audiences.describing import describe
from core.errors import NotFound

router = APIRouter()
# Their addresses look like that of a card.
router.include_router(composing.router)
router.include_router(previewing.router)


PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@router.get("/announcements")
async def listing(request: Request, services: ServicesHere, viewer: Author, number: PageNumber = 1) -> Response:
    here, first = viewer.municipality.id, (number - 1) * queries.PAGE
    async with services.db.read() as session:
        rows = await queries.listing(session, viewer.actor, here, first=first)
        whole = await queries.total(session, viewer.actor, here)
    return page(
        request,
        "announcements/list.html",
        viewer,
        announcements=[(one, when(one, viewer.municipality.timezone)) for one in rows],
        number=number,
        pages=max(1, -(-whole // queries.PAGE)),
        states=words.STATES,
        categories=words.CATEGORIES,
        zone_title=zone_title(services, viewer),
    )


@router.get("/announcements/{announcement_id}")
async def card(request: Request, services: ServicesHere, here: AnnouncementHere) -> Response:
    detail, row = here.detail, here.detail.row
    published = row.published_at is not None
    allowed = rules.steps(row.state)
    return page(
        request,
        "announcements/card.html",
        here.viewer,
        detail=detail,
        shown=bubble.of_detail(detail).html(),
        looks=words.looks(row.state),
        whom=await _whom(services, here),
        when=when(row, here.zone),
        steps=steps.offered(detail),
        may_change=Step.CHANGE in allowed,
        may_correct=published and Step.CORRECT in allowed,
        published=published,
        live=published and moves(detail),
        figures=(await figures(services, here)).html() if published else "",
        repeat=words.repeat(detail.content.repeat) if detail.content.repeat else "",
        copies=await _copies(services, here),
        states=words.STATES,
        categories=words.CATEGORIES,
        zone_title=zone_title(services, here.viewer),
    )


@router.get("/announcements/{announcement_id}/figures", response_class=EventSourceResponse)
async def live_figures(services: ServicesHere, here: AnnouncementHere) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events for the card."""
    async for event in guarded(stream(services, here), "/announcements/{announcement_id}/figures"):
        yield event


@router.get("/announcements/{announcement_id}/attachment")
async def attachment(services: ServicesHere, here: AnnouncementHere) -> Response:
    """A photo is shown on the page, a document is only ever saved."""
    async with services.db.read() as session:
        found = await queries.attachment(session, here.viewer.actor, here.id)
    if found is None:
        raise NotFound
    how = "inline" if found.kind is AttachmentKind.PHOTO else "attachment"
    disposition = f"{how}; filename*=UTF-8''{quote(found.name, safe='')}"
    return Response(found.content, media_type=found.mime, headers={"Content-Disposition": disposition})


router.include_router(correcting.router)
router.include_router(reporting.router)
router.include_router(changing.router)


async def _whom(services: Services, here: Here) -> str:
    async with services.db.read() as session:
        place, audience = here.detail.row.municipality_id, here.detail.content.audience
        return await describe(session, here.viewer.actor, place, audience)


async def _copies(services: Services, here: Here) -> list[AnnouncementRow]:
    """What a series has sent so far, the latest first; of a long one only those."""
    if here.detail.content.repeat is None:
        return []
    async with services.db.read() as session:
        return await queries.listing(session, here.viewer.actor, here.detail.row.municipality_id, series=here.id)


def when(row: AnnouncementRow, zone: str) -> str:
    """The moment that matters in this state."""
    match row.state:
        case AnnouncementState.DRAFT:
            return f"изменён {formatting.moment(row.changed_at, zone)}"
        case AnnouncementState.SCHEDULED if row.send_at:
            return f"уйдёт {formatting.moment(row.send_at, zone)}"
        case AnnouncementState.REPEATING if row.send_at:
            return f"следующий раз {formatting.moment(row.send_at, zone)}"
        case AnnouncementState.MISSED if row.send_at:
            return f"должно было уйти {formatting.moment(row.send_at, zone)}"
        case _:
            return formatting.moment(row.published_at or row.changed_at, zone)
