"""Changing a record. A form that shows what is no longer true is not applied over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.registry import rooms
from admin.registry.forms import Form, sentences, typed_in
from admin.registry.rooms import Room
from admin.registry.showing import in_words
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError, Denied
from core.registry import actions, queries
from core.registry.fields import Typed
from core.registry.fields import typed as as_typed
from core.registry.model import Record, Wrong

CHANGED_MEANWHILE = "registry.changed_meanwhile"
ARCHIVED = "registry.archived"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What could not be saved: with `errors`, or because the record is no longer what the form showed."""

    typed: Typed
    errors: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""

    @property
    def outdated(self) -> bool:
        return not self.errors


def add(router: APIRouter, room: Room) -> None:
    @router.get(f"{room.path}/{{record_id}}/edit")
    async def form(request: Request, services: ServicesHere, viewer: CurrentViewer, record_id: RowId) -> Response:
        return await _show(request, services, viewer, room, record_id)

    @router.post(f"{room.path}/{{record_id}}/edit")
    async def save(request: Request, services: ServicesHere, viewer: CheckedViewer, record_id: RowId) -> Response:
        typed = await typed_in(request, room)
        mark = str((await request.form()).get("mark", ""))[:40]
        try:
            await actions.change(services.db, services.clock, viewer.actor, room.kind, record_id, typed, mark)
        except Wrong as wrong:
            failed = Attempt(typed, sentences(wrong.problems), mark)
            return await _show(request, services, viewer, room, record_id, failed)
        except AppError as error:
            if error.key == ARCHIVED:
                return flash.redirect(room.place(record_id), ARCHIVED, good=False)
            if error.key != CHANGED_MEANWHILE:
                raise
            return await _show(request, services, viewer, room, record_id, Attempt(typed))
        return flash.redirect(room.place(record_id), "registry.changed")


async def _show(
    request: Request, services: Services, viewer: Viewer, room: Room, record_id: int, failed: Attempt | None = None
) -> Response:
    async with services.db.read() as session:
        record = await queries.record(session, viewer.actor, room.kind, record_id)
        if not record.editable:
            raise Denied
        if record.archived:
            return flash.redirect(room.place(record_id), ARCHIVED, good=False)
        form = _form(room, viewer, record, failed)
        sections = await form.sections(session)
        name = await queries.name_of(session, room.kind, record_id)
        now = await in_words(session, record) if failed and failed.outdated else {}
    stored = as_typed(room.kind, record.values)
    return page(
        request,
        "registry/form.html",
        viewer,
        status=409 if now else 422 if form.errors else 200,
        room=rooms.called(room, viewer.municipality.settings),
        form=form,
        sections=sections,
        name=name,
        back=room.place(record_id),
        sentence=texts.text(CHANGED_MEANWHILE) if now else "",
        stored={one: now[one] for one in now if _differs(stored[one], form.typed.get(one, []))},
    )


def _form(room: Room, viewer: Viewer, record: Record, failed: Attempt | None) -> Form:
    """What was typed, or what is stored; what is settled is always as it is stored."""
    typed = as_typed(room.kind, record.values)
    if failed is not None:
        settled = {one.name: typed[one.name] for one in room.kind.fields if one.settled}
        typed = {**{name: list(values) for name, values in failed.typed.items()}, **settled}
    mark = failed.mark if failed and failed.mark else record.mark
    town = record.municipality_id or viewer.municipality.id
    return Form(room, viewer.actor, town, typed, record.id, mark, failed.errors if failed else {})


def _differs(stored: Sequence[str], typed: Sequence[str]) -> bool:
    return sorted(stored) != sorted(filter(None, typed))
