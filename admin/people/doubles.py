"""Likely doubles, two records side by side, and making one of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.people import words
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.doubles import actions, queries
from core.doubles.model import Cell, Comparison, Merge, Shown
from core.errors import AppError, Denied

router = APIRouter()

PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@router.get("/people/doubles")
async def likely(request: Request, services: ServicesHere, viewer: CurrentViewer, number: PageNumber = 1) -> Response:
    if not viewer.manages:
        raise Denied
    async with services.db.read() as session:
        pairs, whole = await queries.likely(session, viewer.actor, viewer.municipality.id, number)
    return page(
        request,
        "people/doubles.html",
        viewer,
        pairs=pairs,
        whole=whole,
        number=number,
        pages=max(1, -(-whole // queries.PAGE)),
        likeness=words.LIKENESS,
    )


@router.get("/people/doubles/{keeper_id}/{other_id}")
async def compare(
    request: Request, services: ServicesHere, viewer: CurrentViewer, keeper_id: RowId, other_id: RowId
) -> Response:
    return await _show(request, services, viewer, keeper_id, other_id)


@router.post("/people/doubles/{keeper_id}/{other_id}/merge")
async def merge(
    request: Request, services: ServicesHere, viewer: CheckedViewer, keeper_id: RowId, other_id: RowId
) -> Response:
    sent = await request.form()
    chosen = frozenset(name for name in words.FIELDS if sent.get(name) == "other")
    wanted = Merge(keeper_id, other_id, chosen, str(sent.get("seen", "")))
    if sent.get("sure") != "yes":
        return await _show(
            request, services, viewer, keeper_id, other_id, chosen=chosen, error=texts.text("doubles.not_sure")
        )
    try:
        await actions.merge(services.db, services.clock, viewer.actor, wanted)
    except AppError as error:
        if error.key == "doubles.already_merged":
            return flash.redirect(f"/people/{keeper_id}", "doubles.already_merged")
        if error.key != "doubles.changed":
            raise
        return await _show(request, services, viewer, keeper_id, other_id, error=texts.sentence(error))
    return flash.redirect(f"/people/{keeper_id}", "doubles.merged")


@router.post("/people/doubles/{one_id}/{two_id}/apart")
async def set_apart(services: ServicesHere, viewer: CheckedViewer, one_id: RowId, two_id: RowId) -> Response:
    await actions.set_apart(services.db, services.clock, viewer.actor, one_id, two_id)
    return flash.redirect("/people/doubles", "doubles.apart")


async def _show(
    request: Request,
    services: Services,
    viewer: Viewer,
    keeper_id: int,
    other_id: int,
    *,
    chosen: frozenset[str] | None = None,
    error: str = "",
) -> Response:
    async with services.db.read() as session:
        found = await queries.comparison(session, viewer.actor, keeper_id, other_id)
    return page(
        request,
        "people/merge.html",
        viewer,
        status=409 if error else 200,
        found=found,
        rows=_rows(found, chosen),
        moving=found.moving,
        forms=words.MOVING,
        error=error,
    )


def _rows(found: Comparison, chosen: frozenset[str] | None) -> list[dict[str, object]]:
    """What has to be chosen, in words; `chosen` was chosen before an error."""
    return [
        {
            "name": one.name,
            "title": words.FIELDS[one.name],
            "kept": _told(one.name, found.keeper, one.kept),
            "given": _told(one.name, found.other, one.given),
            "other": one.other if chosen is None else one.name in chosen,
        }
        for one in found.choices
    ]


def _told(name: str, record: Shown, values: tuple[Cell, ...]) -> str:
    if name == "organisation":
        return record.organisation
    return record.position if name == "position" else words.cells(name, values)
