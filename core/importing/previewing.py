"""What a compared file would do, row by row, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing import storing
from core.importing.encoding import problem_of
from core.importing.model import Problem, Verdict
from core.importing.reach import run_row
from core.importing.views import CardView, Namesake, RowView
from core.people.model import Actor
from storage.models import ImportRow, Organisation, Position, Teacher

PAGE = 50
MOST_PROBLEMS = 10_000
"""In the whole list."""
MOST_NAMESAKES = 1_000
"""Rows of which it is asked whose they are."""


async def rows(
    session: AsyncSession, actor: Actor, run_id: int, verdict: Verdict, page: int
) -> tuple[list[RowView], int]:
    """A page, from 1, in the order of the file, and how many rows there are in all. Raises NotFound."""
    await run_row(session, actor, run_id)
    those = (ImportRow.run_id == run_id, ImportRow.verdict == verdict)
    total = (await session.execute(select(func.count()).where(*those))).scalar_one()
    found = await session.scalars(
        select(ImportRow).where(*those).order_by(ImportRow.number).limit(PAGE).offset((page - 1) * PAGE)
    )
    return [_row(one) for one in found], total


def _row(row: ImportRow) -> RowView:
    person = row.data["person"]
    return RowView(row.sheet, row.row, _name(person), person["organisation"], row.teacher_id, row.changes)


def _name(person: Mapping[str, Any]) -> str:
    parts = (person["surname"], person["given_name"], person["patronymic"])
    return " ".join(part for part in parts if part)


async def problems(
    session: AsyncSession,
    actor: Actor,
    run_id: int,
    *,
    page: int | None,
    fatal: bool | None = None,
    sheet: str | None = None,
) -> tuple[list[Problem], int]:
    """A page, from 1, or with None the whole list up to MOST_PROBLEMS, and how many there are in all.

    Raises NotFound.
    """
    await run_row(session, actor, run_id)
    found = select(ImportRow.problems).where(ImportRow.run_id == run_id, cast(ImportRow.problems, String) != "[]")
    stream = await session.stream_scalars(found.order_by(ImportRow.number).execution_options(yield_per=500))
    first = 0 if page is None else (page - 1) * PAGE
    last = MOST_PROBLEMS if page is None else first + PAGE
    shown: list[Problem] = []
    total = 0
    async for part in stream:
        for one in _wanted(part, fatal, sheet):
            if first <= total < last:
                shown.append(problem_of(one))
            total += 1
    return shown, total


def _wanted(part: Sequence[Mapping[str, Any]], fatal: bool | None, sheet: str | None) -> Iterator[Mapping[str, Any]]:
    return (one for one in part if fatal in {None, one["fatal"]} and sheet in {None, one["sheet"]})


async def missing(session: AsyncSession, actor: Actor, run_id: int, page: int) -> tuple[list[CardView], int]:
    """Who works in an organisation of the file and is not in it; nothing happens to them. Raises NotFound."""
    run = await run_row(session, actor, run_id)
    those = storing.missing_people(run)
    total = await storing.count_missing(session, run)
    found = _cards().where(those).order_by(Organisation.search, Teacher.search, Teacher.id).limit(PAGE)
    return [_card(*one) for one in await session.execute(found.offset((page - 1) * PAGE))], total


async def namesakes(session: AsyncSession, actor: Actor, run_id: int) -> list[Namesake]:
    """Rows that may be about one of several people, in the order of the file. Raises NotFound."""
    await run_row(session, actor, run_id)
    found = await session.stream_scalars(
        select(ImportRow.data)
        .where(ImportRow.run_id == run_id, ImportRow.verdict == Verdict.PROBLEM)
        .order_by(ImportRow.number)
        .execution_options(yield_per=500)
    )
    unsure: list[Mapping[str, Any]] = []
    async for data in found:
        if data["namesakes"] and len(unsure) < MOST_NAMESAKES:
            unsure.append(data)
    cards = await _cards_by_id(session, {id_ for one in unsure for id_ in one["namesakes"]})
    return [_namesake(one, cards) for one in unsure]


async def _cards_by_id(session: AsyncSession, ids: set[int]) -> dict[int, CardView]:
    found = await session.execute(_cards().where(Teacher.id.in_(ids)))
    return {one[0].id: _card(*one) for one in found}


def _namesake(data: Mapping[str, Any], cards: Mapping[int, CardView]) -> Namesake:
    person = data["person"]
    return Namesake(
        person["sheet"],
        person["row"],
        _name(person),
        person["organisation"],
        person["birth_year"],
        tuple(cards[id_] for id_ in data["namesakes"] if id_ in cards),
    )


def _cards() -> Any:
    return (
        select(Teacher, Organisation.short_name, Position.title)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .join(Position, Position.id == Teacher.position_id)
    )


def _card(row: Teacher, organisation: str, position: str) -> CardView:
    return CardView(row.id, row.full_name, organisation, position, row.birth_year)
