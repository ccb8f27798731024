"""How the installation is doing: a page for the administrator, addresses for machines."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from admin.auth import CurrentViewer
from admin.services import ServicesHere
from admin.shell.page import page
from admin.system import counts
from admin.system.words import DELIVERIES, INBOX, retention
from core.errors import Denied, NotFound

router = APIRouter()

LOCAL = frozenset({"127.0.0.1", "::1"})
"""Addresses of this machine; a proxy on it says in X-Forwarded-For that it asks for somebody else."""


@router.get("/system")
async def system_page(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    if not viewer.actor.everywhere:
        raise Denied
    async with services.db.read() as session:
        flow = await counts.flow(session)
    return page(
        request,
        "system/card.html",
        viewer,
        health=await services.health(),
        inbox=[(INBOX[state], flow.inbox.get(state, 0)) for state in INBOX],
        deliveries=[(DELIVERIES[state], flow.deliveries.get(state, 0)) for state in DELIVERIES],
        aside=flow.aside,
        kept=retention(services.settings),
    )


@router.get("/healthz")
async def healthz(services: ServicesHere) -> Response:
    """200 when every part is well, else 503; tells which part, nothing more."""
    parts = await services.health()
    well = all(part.ok for part in parts)
    body = {"ok": well, "parts": {part.code: part.ok for part in parts}}
    return JSONResponse(body, status_code=200 if well else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus's text format, for a collector on the same machine; NotFound for anybody else."""
    if request.client is None or request.client.host not in LOCAL or "x-forwarded-for" in request.headers:
        raise NotFound
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
