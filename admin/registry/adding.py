"""Adding a record; one that belongs to a person begins with finding the person."""

import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.registry import lists, reach, rooms
from admin.registry.forms import Form, sentences, typed_in
from admin.registry.rooms import Room
from admin.services import Services, ServicesHere
from admin.shell import flash
from admin.shell.page import page
from core.errors import NotFound
from core.people.model import Category
from core.registry import actions, kinds, queries
from core.registry.fields import typed as as_typed
from core.registry.model import Named, Owner, Wanted, Wrong

_LARGEST = 2**31 - 1
BEGUN: Mapping[str, Mapping[str, Any]] = {kinds.TEACHERS.code: {"category": Category.NONE}}
"""What a new form has already filled in."""


def add(router: APIRouter, room: Room) -> None:
    @router.get(f"{room.path}/new")
    async def blank(
        request: Request,
        services: ServicesHere,
        viewer: CurrentViewer,
        teacher_id: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
        text: Annotated[str, Query(max_length=100)] = "",
    ) -> Response:
        reach.check_edits(room, viewer)
        if room.kind.owner is Owner.TEACHER and not teacher_id:
            return await _choose(request, services, viewer, room, text)
        return await _blank(request, services, viewer, room, teacher_id)

    @router.post(f"{room.path}/new")
    async def save(request: Request, services: ServicesHere, viewer: CheckedViewer) -> Response:
        reach.check_edits(room, viewer)
        return await _save(request, services, viewer, room)


async def _choose(request: Request, services: Services, viewer: Viewer, room: Room, text: str) -> Response:
    """Among a hundred thousand people nobody is chosen from a list: the first matches are shown."""
    wanted = Wanted(text=text.strip())
    async with services.db.read() as session:
        now = lists.now_of(services, viewer)
        found = await queries.page(session, viewer.actor, viewer.municipality.id, kinds.TEACHERS, wanted, now)
    people = rooms.BY_CODE[kinds.TEACHERS.code]
    return page(
        request,
        "registry/choose.html",
        viewer,
        room=rooms.called(room, viewer.municipality.settings),
        text=text,
        found=found,
        rows=[(row.id, list(lists.cells(people, row).values())) for row in found.rows],
    )


async def _blank(request: Request, services: Services, viewer: Viewer, room: Room, teacher_id: int) -> Response:
    values = {**queries.blank(room.kind), **BEGUN.get(room.code, {})}
    if teacher_id:
        values["teacher_id"] = teacher_id
    form = Form(room, viewer.actor, viewer.municipality.id, as_typed(room.kind, values))
    return await _show(request, services, viewer, form, secrets.token_hex(8))


async def _save(request: Request, services: Services, viewer: Viewer, room: Room) -> Response:
    town, typed = viewer.municipality.id, await typed_in(request, room)
    # A request without the id of a form is nobody's second press.
    form_id = str((await request.form()).get("form_id", ""))[:40] or secrets.token_hex(8)

    async def work() -> str:
        made = await actions.add(services.db, services.clock, viewer.actor, town, room.kind, typed)
        return _place(room, made, typed)

    try:
        place = await services.once.run(f"{viewer.actor.account_id}:{room.code}:{form_id}", work)
    except Wrong as wrong:
        form = Form(room, viewer.actor, town, typed, errors=sentences(wrong.problems))
        return await _show(request, services, viewer, form, form_id)
    return flash.redirect(place, f"registry.added.{room.code}")


def _place(room: Room, made: int, typed: Mapping[str, list[str]]) -> str:
    """Where the one who has added it goes on: a part of somebody's record is seen on their card."""
    if room.kind.owner is Owner.TEACHER:
        return f"{rooms.PATHS[kinds.TEACHERS.code]}/{typed['teacher_id'][0]}"
    return room.place(made)


async def _show(request: Request, services: Services, viewer: Viewer, form: Form, form_id: str) -> Response:
    async with services.db.read() as session:
        person = await _person(session, viewer, form)
        sections = await form.sections(session)
    return page(
        request,
        "registry/form.html",
        viewer,
        status=422 if form.errors else 200,
        room=rooms.called(form.room, viewer.municipality.settings),
        form=form,
        sections=sections,
        form_id=form_id,
        name=person.name if person else "",
        back=f"{rooms.PATHS[kinds.TEACHERS.code]}/{person.id}" if person else form.room.path,
        sentence="",
        stored={},
    )


async def _person(session: AsyncSession, viewer: Viewer, form: Form) -> Named | None:
    """Whose record it will be. Raises NotFound for somebody out of reach: their name must not be shown."""
    if form.room.kind.owner is not Owner.TEACHER:
        return None
    text = "".join(form.typed.get("teacher_id", ())[:1])
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:10]) <= _LARGEST:
        raise NotFound
    found = await queries.record(session, viewer.actor, kinds.TEACHERS, int(text[:10]))
    return Named(found.id, await queries.name_of(session, kinds.TEACHERS, found.id))
