"""The list of one kind: searched, filtered, sorted, page by page; its state is in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from admin.auth import CurrentViewer, Viewer
from admin.registry import asking, headings, reach, rooms, words
from admin.registry.rooms import Room
from admin.services import Services, ServicesHere
from admin.shell.page import page
from core.clock import local_date
from core.errors import NotFound
from core.profiles.rules import young_teacher_rule
from core.registry import kinds, queries
from core.registry.columns import Column, Filter, columns_of, filters_of
from core.registry.model import Named, Now, Row, Wanted
from core.registry.reach import may_edit, sees

LINKED: Mapping[str, str] = {"training": "programme", "awards": "title", "expert_work": "title"}
"""The column that leads to the record where it is not the first."""


LONGEST_ID = 9
"""Digits; a database could hold one more, but no list gets that far."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter on the page; one without options is typed in."""

    name: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]

    @property
    def said(self) -> str:
        """The value in words; empty when the list is not narrowed by it."""
        return dict(self.options).get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Head:
    column: Column
    title: str
    address: str
    """Empty for a column that is not sorted by."""
    order: str
    """For aria-sort."""


def add(router: APIRouter, room: Room) -> None:
    @router.get(room.path)
    async def listing(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
        reach.check_sees(room, viewer)
        return await _show(request, services, viewer, room)


async def _show(request: Request, services: Services, viewer: Viewer, room: Room) -> Response:
    town, wanted = viewer.municipality, asking.asked(room, request.query_params)
    async with services.db.read() as session:
        found = await queries.page(session, viewer.actor, town.id, room.kind, wanted, now_of(services, viewer))
        filters = await _filters(session, viewer, room, wanted)
        person = await _person(session, viewer, wanted)
    return page(
        request,
        "registry/list.html",
        viewer,
        room=rooms.called(room, town.settings),
        found=found,
        wanted=wanted,
        filters=filters,
        person=person,
        linked=LINKED.get(room.code, columns_of(room.kind)[0].name),
        filtered=bool(wanted.text or wanted.filters),
        heads=[_head(room, wanted, column) for column in columns_of(room.kind)],
        rows=[(row, cells(room, row)) for row in found.rows],
        shelves=headings.SHELVES,
        tabs=[one for one in rooms.TABS if sees(one.kind, viewer.actor)] if room in rooms.TABS else [],
        may_add=not room.kind.view and may_edit(room.kind, viewer.actor, town.id),
        changed_here=room.kind.view and may_edit(room.kind, viewer.actor, town.id),
        may_edit=may_edit(room.kind, viewer.actor, town.id),
        query=asking.query_of(wanted),
        turning=asking.page_address(room.path, wanted),
        is_people=room.kind is kinds.TEACHERS,
    )


def now_of(services: Services, viewer: Viewer) -> Now:
    town = viewer.municipality
    return Now(local_date(services.clock.now(), town.timezone), young_teacher_rule(town.settings))


def cells(room: Room, row: Row) -> Mapping[str, str]:
    """By name of column, as people read them."""
    return {one.name: words.told(row.cells.get(one.name), one.choices) for one in columns_of(room.kind)}


def _head(room: Room, wanted: Wanted, column: Column) -> Head:
    order = "none"
    if wanted.sort == column.name:
        order = "descending" if wanted.down else "ascending"
    address = asking.sort_address(room.path, wanted, column.name) if column.sortable else ""
    return Head(column, headings.column(room.kind, column), address, order)


async def _filters(session: AsyncSession, viewer: Viewer, room: Room, wanted: Wanted) -> list[Choice]:
    return [
        Choice(
            one.name,
            headings.filter_label(room.kind, one.name),
            wanted.filters.get(one.name, ""),
            await _options(session, viewer, one),
        )
        for one in filters_of(room.kind)
        if one.target != kinds.TEACHERS.code
    ]


async def _options(session: AsyncSession, viewer: Viewer, one: Filter) -> list[tuple[str, str]]:
    if not one.target:
        return headings.filter_options(one)
    found = await queries.options(session, viewer.actor, viewer.municipality.id, one)
    return [(str(each.id), each.name) for each in found]


async def _person(session: AsyncSession, viewer: Viewer, wanted: Wanted) -> Named | None:
    """Whose records the list is narrowed to. Nobody is chosen from a list of all: their card leads here."""
    text = wanted.filters.get("teacher_id", "")
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_ID:
        return None
    try:
        found = await queries.record(session, viewer.actor, kinds.TEACHERS, int(text))
    except NotFound:
        return None
    return Named(found.id, await queries.name_of(session, kinds.TEACHERS, found.id))
