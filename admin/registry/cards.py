"""The card of one record, and the history of its changes. People have a card of their own."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CurrentViewer, Viewer
from admin.registry import deeds, rooms, words
from admin.registry.rooms import Room
from admin.registry.showing import in_words
from admin.services import Services, ServicesHere
from admin.shell.page import page
from admin.shell.path import RowId
from core.registry import history, kinds, queries
from core.registry.model import Named

LINKS = {
    kinds.ORGANISATIONS.code: (
        ("Сотрудники и ответственные", "/organisations/{id}/staff"),
        ("Приглашения", "/invites/{id}"),
    ),
    kinds.ASSOCIATIONS.code: (("Состав и руководитель", "/associations/{id}/members"),),
}
"""What else there is about a record, on pages of other rooms."""

OWNER = "teacher_id"
"""Shown apart, as a link."""

PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]


def add(router: APIRouter, room: Room) -> None:
    if room.kind is not kinds.TEACHERS:

        @router.get(f"{room.path}/{{record_id}}")
        async def card(request: Request, services: ServicesHere, viewer: CurrentViewer, record_id: RowId) -> Response:
            if room.kind.view:
                return RedirectResponse(room.place(record_id), status_code=303)
            return await _card(request, services, viewer, room, record_id)

    @router.get(f"{room.path}/{{record_id}}/history")
    async def changes(
        request: Request, services: ServicesHere, viewer: CurrentViewer, record_id: RowId, number: PageNumber = 1
    ) -> Response:
        return await _history(request, services, viewer, room, record_id, number)


async def _card(request: Request, services: Services, viewer: Viewer, room: Room, record_id: int) -> Response:
    async with services.db.read() as session:
        record = await queries.record(session, viewer.actor, room.kind, record_id)
        values = await in_words(session, record)
        name = await queries.name_of(session, room.kind, record_id)
        person = record.teacher_id
        owner = None if person is None else Named(person, await queries.name_of(session, kinds.TEACHERS, person))
    return page(
        request,
        "registry/card.html",
        viewer,
        room=rooms.called(room, viewer.municipality.settings),
        record=record,
        name=name,
        owner=owner,
        facts=[(words.label(room.kind, one), value) for one, value in values.items() if one != OWNER],
        links=[(title, place.format(id=record_id)) for title, place in LINKS.get(room.code, ())],
    )


async def _history(
    request: Request, services: Services, viewer: Viewer, room: Room, record_id: int, number: int
) -> Response:
    async with services.db.read() as session:
        found = await history.history(session, viewer.actor, room.kind, record_id, number)
        name = await queries.name_of(session, room.kind, record_id)
    return page(
        request,
        "registry/history.html",
        viewer,
        room=rooms.called(room, viewer.municipality.settings),
        found=found,
        entries=[(one, deeds.deed(one), deeds.changes(one)) for one in found.entries],
        name=name,
        place=room.place(record_id),
    )
