"""Reads of likely doubles and of two records side by side."""

import asyncio
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.doubles import accounts, answers, references, rules
from core.doubles.model import CHOICES, Alike, Cell, Comparison, Double, Moving, Named, Shown
from core.errors import Denied, NotFound
from core.people.model import Actor
from core.teachers import reach
from storage.models import DistinctPeople, Organisation, Position, Teacher
from storage.searching import searchable

PAGE = 25
"""Pairs shown at once."""


async def likely(session: AsyncSession, actor: Actor, municipality_id: int, page: int = 1) -> tuple[list[Double], int]:
    """One page of likely doubles and the number of all. Raises NotFound for a place the actor does not manage.

    Two records in the archive are left alone, and so are those of whom somebody said that they are different people.
    """
    if not actor.manages(municipality_id):
        raise NotFound
    rows = await session.execute(
        select(
            Teacher.id,
            Teacher.surname,
            Teacher.given_name,
            Teacher.patronymic,
            Teacher.birth_year,
            Teacher.archived_at.is_not(None),
        ).where(Teacher.municipality_id == municipality_id)
    )
    # A second or two for a hundred thousand people, in which other pages must go on.
    found, archived = await asyncio.to_thread(_alike, rows.all())
    left_out = await _apart(session, municipality_id)
    pairs = [
        one
        for one in found
        if (one.first, one.second) not in left_out and not (one.first in archived and one.second in archived)
    ]
    return await _doubles(session, pairs[(page - 1) * PAGE : page * PAGE]), len(pairs)


def _alike(rows: Sequence[Row[int, str, str, str | None, int | None, bool]]) -> tuple[list[Alike], set[int]]:
    """Likely doubles, and who is in the archive."""
    written = cache(searchable)  # names repeat: a tenth of the work
    people = [
        Named(one, written(surname), written(given_name), written(patronymic), year)
        for one, surname, given_name, patronymic, year, _archived in rows
    ]
    return rules.alike(people), {one for one, *_names, archived in rows if archived}


async def _apart(session: AsyncSession, municipality_id: int) -> set[tuple[int, int]]:
    rows = await session.execute(
        select(DistinctPeople.first_id, DistinctPeople.second_id)
        .join(Teacher, Teacher.id == DistinctPeople.first_id)
        .where(Teacher.municipality_id == municipality_id)
    )
    return {(row.first_id, row.second_id) for row in rows}


async def _doubles(session: AsyncSession, pairs: list[Alike]) -> list[Double]:
    people = await shown(session, {one for pair in pairs for one in (pair.first, pair.second)})
    return [Double(people[pair.first], people[pair.second], pair.likeness) for pair in pairs]


async def shown(session: AsyncSession, ids: set[int]) -> dict[int, Shown]:
    """Records by id, as lists show them."""
    rows = await session.execute(
        select(Teacher, Position.title, Organisation.short_name)
        .join(Position, Position.id == Teacher.position_id)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .where(Teacher.id.in_(sorted(ids)))
    )
    return {
        one.id: Shown(
            one.id,
            one.full_name,
            one.birth_year,
            position,
            place,
            one.archived_at is not None,
        )
        for one, position, place in rows
    }


async def both(
    session: AsyncSession, actor: Actor, keeper_id: int, other_id: int, *, lock: bool = False
) -> tuple[Teacher, Teacher]:
    """Two records of one municipality. Raises NotFound otherwise, and Denied when the actor may only look."""
    if keeper_id == other_id:
        raise NotFound
    # Always in one order, so that two who merge the same records the other way round do not wait for each other.
    found = {one: await reach.managed(session, actor, one, lock=lock) for one in sorted((keeper_id, other_id))}
    keeper, other = found[keeper_id], found[other_id]
    if keeper.municipality_id != other.municipality_id:
        raise NotFound
    return keeper, other


def values(teacher: Teacher) -> dict[str, Cell]:
    """Column → value of everything that can be chosen, and whether the record is in the archive."""
    columns = [column for group in CHOICES.values() for column in group]
    return {column: getattr(teacher, column) for column in columns} | {"archived": teacher.archived_at is not None}


async def comparison(session: AsyncSession, actor: Actor, keeper_id: int, other_id: int) -> Comparison:
    """What somebody sees before two records are made one. Raises what `both` raises."""
    keeper, other = await both(session, actor, keeper_id, other_id)
    people = await shown(session, {keeper_id, other_id})
    moving = await references.weighed(session, keeper_id, other_id)
    mine, theirs = values(keeper), values(other)
    return Comparison(
        keeper=people[keeper_id],
        other=people[other_id],
        choices=rules.choices(mine, theirs),
        moving=(*moving, *await _asked(session, keeper_id, other_id)),
        chats=(await accounts.joined(session, keeper_id), await accounts.joined(session, other_id)),
        needs_administrator=not await accounts.may_join(session, actor, keeper_id, other_id),
        seen=rules.fingerprint(mine, theirs),
    )


async def _asked(session: AsyncSession, keeper: int, other: int) -> list[Moving]:
    whole, dropped = await answers.counts(session, keeper, other)
    pairs = await references.pairs(session, other)
    found = (Moving("participations", whole, dropped), Moving("mentoring_pairs", pairs, 0))
    return [one for one in found if one.whole]


async def check_rights(session: AsyncSession, actor: Actor, keeper_id: int, other_id: int) -> None:
    """Raises Denied `doubles.staff` when rights of staff would go over by the hand of somebody without them."""
    if not await accounts.may_join(session, actor, keeper_id, other_id):
        raise Denied("doubles.staff")
