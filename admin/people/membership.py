"""Members and leader of an association; leaders look, methodists change."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer
from admin.services import ServicesHere
from admin.shell import flash
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError, Denied
from core.membership import actions, queries

router = APIRouter()

Text = Annotated[str, Query(max_length=100)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]
People = Annotated[list[int] | None, Form()]


@router.get("/associations/{association_id}/members")
async def members(
    request: Request, services: ServicesHere, viewer: CurrentViewer, association_id: RowId, number: PageNumber = 1
) -> Response:
    async with services.db.read() as session:
        circle = await queries.circle(session, viewer.actor, association_id, number)
    return page(request, "people/members.html", viewer, circle=circle)


@router.get("/associations/{association_id}/members/add")
async def search(
    request: Request, services: ServicesHere, viewer: CurrentViewer, association_id: RowId, text: Text = ""
) -> Response:
    async with services.db.read() as session:
        circle = await queries.circle(session, viewer.actor, association_id)
        if not circle.editable:
            raise Denied
        found = await queries.may_join(session, viewer.actor, association_id, text)
    return page(request, "people/members_add.html", viewer, circle=circle, found=found, text=text)


@router.post("/associations/{association_id}/members/add")
async def add(services: ServicesHere, viewer: CheckedViewer, association_id: RowId, person: People = None) -> Response:
    place = f"/associations/{association_id}/members"
    # Nobody chosen goes there too: who may not add anybody is told so first.
    count = await actions.add_members(services.db, services.clock, viewer.actor, association_id, person or ())
    if not person:
        return flash.redirect(f"{place}/add", "membership.nobody", good=False)
    return flash.redirect(place, "membership.added", count=count)


@router.post("/associations/{association_id}/members/{teacher_id}/remove")
async def remove(services: ServicesHere, viewer: CheckedViewer, association_id: RowId, teacher_id: RowId) -> Response:
    place = f"/associations/{association_id}/members"
    try:
        await actions.remove_member(services.db, services.clock, viewer.actor, association_id, teacher_id)
    except AppError as error:
        if error.key != "membership.leads":
            raise
        return flash.redirect(place, error.key, good=False)
    return flash.redirect(place, "membership.removed")


@router.get("/associations/{association_id}/leader")
async def choose_leader(
    request: Request, services: ServicesHere, viewer: CurrentViewer, association_id: RowId, text: Text = ""
) -> Response:
    async with services.db.read() as session:
        circle = await queries.circle(session, viewer.actor, association_id)
        if not circle.editable:
            raise Denied
        found = await queries.may_lead(session, viewer.actor, association_id, text)
    return page(request, "people/leader.html", viewer, circle=circle, found=found, text=text)


@router.post("/associations/{association_id}/leader")
async def appoint(
    services: ServicesHere,
    viewer: CheckedViewer,
    association_id: RowId,
    person: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
    seen: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """`person` 0: nobody leads it."""
    place = f"/associations/{association_id}/members"
    try:
        await actions.appoint_leader(
            services.db, services.clock, viewer.actor, association_id, person or None, seen or None
        )
    except AppError as error:
        if error.key != "membership.leader_changed":
            raise
        return flash.redirect(f"/associations/{association_id}/leader", error.key, good=False)
    return flash.redirect(place, "membership.leader_appointed" if person else "membership.leader_dismissed")
