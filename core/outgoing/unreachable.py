"""People who have joined, but to whom nothing can be delivered any more (SPEC §5)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.invites.queries import within_reach
from core.people.model import Actor
from storage.models import Account, Chat, Organisation, Teacher

PAGE = 50


@dataclass(frozen=True, slots=True)
class UnreachablePerson:
    teacher_id: int
    name: str
    organisation_id: int
    organisation: str
    reason: str
    """core.people.model.Unreachable"""


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation with somebody in the list, for the filter."""

    id: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class UnreachableFound:
    people: tuple[UnreachablePerson, ...]
    total: int
    places: tuple[Place, ...]
    not_joined: int
    """People of the same organisations who have never come in."""


async def unreachable(
    session: AsyncSession, actor: Actor, municipality_id: int, organisation_id: int | None = None, page: int = 1
) -> UnreachableFound:
    """In the registry's order, `page` from 1. Raises Denied for whoever may invite nobody here."""
    reach = within_reach(actor, municipality_id)
    places = tuple(Place(*row) for row in await session.execute(_by_place(reach)))
    here = reach if organisation_id is None else reach & (Organisation.id == organisation_id)
    rows = (
        _closed(here)
        .with_only_columns(Teacher, Organisation.short_name, _reason())
        .order_by(Organisation.name, Organisation.id, Teacher.search, Teacher.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    people = tuple(
        UnreachablePerson(one.id, one.full_name, one.organisation_id, place, reason)
        for one, place, reason in await session.execute(rows)
    )
    total = sum(one.people for one in places if organisation_id in (None, one.id))
    return UnreachableFound(people, total, places, await _not_joined(session, here))


def _by_place(reach: ColumnElement[bool]) -> Select[int, str, int]:
    counted = _closed(reach).with_only_columns(Organisation.id, Organisation.short_name, func.count())
    return counted.group_by(Organisation.id, Organisation.short_name, Organisation.name).order_by(
        Organisation.name, Organisation.id
    )


def _closed(here: ColumnElement[bool]) -> Select[int]:
    """Those whose every chat is closed."""
    return (
        select(Teacher.id)
        .join(Account, Account.teacher_id == Teacher.id)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .where(
            here,
            Teacher.archived_at.is_(None),
            Account.active,
            exists().where(Chat.account_id == Account.id),
            ~exists().where(Chat.account_id == Account.id, Chat.unreachable.is_(None)),
        )
    )


def _reason() -> ColumnElement[str]:
    return select(func.min(Chat.unreachable)).where(Chat.account_id == Account.id).correlate(Account).scalar_subquery()


async def _not_joined(session: AsyncSession, here: ColumnElement[bool]) -> int:
    in_chat = exists().where(Account.teacher_id == Teacher.id, Chat.account_id == Account.id)
    query = (
        select(func.count())
        .select_from(Teacher)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .where(here, Teacher.archived_at.is_(None), ~in_chat)
    )
    return await session.scalar(query) or 0
