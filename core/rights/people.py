"""Whose data is meant, and whether the actor may say so."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied, NotFound
from core.people.model import Actor
from core.rights.model import Person
from storage.models import Account, Chat, Teacher


async def myself(session: AsyncSession, actor: Actor) -> Person:
    return await _person(session, actor.account_id, actor.teacher_id, actor.municipality_id)


async def teacher(session: AsyncSession, actor: Actor, teacher_id: int) -> Person:
    """Somebody of the registry. Raises NotFound for a foreign one, Denied unless the actor administers the place."""
    row = await session.get(Teacher, teacher_id)
    if row is None or not (actor.administers(row.municipality_id) or actor.manages(row.municipality_id)):
        raise NotFound
    if not actor.administers(row.municipality_id):
        raise Denied
    return await of_teacher(session, row)


async def of_teacher(session: AsyncSession, row: Teacher) -> Person:
    account = await session.scalar(select(Account.id).where(Account.teacher_id == row.id))
    return await _person(session, account, row.id, row.municipality_id)


async def of_account(session: AsyncSession, row: Account) -> Person:
    return await _person(session, row.id, row.teacher_id, row.municipality_id)


async def _person(
    session: AsyncSession, account_id: int | None, teacher_id: int | None, municipality_id: int | None
) -> Person:
    addresses = await session.scalars(select(Chat.address).where(Chat.account_id == account_id))
    return Person(account_id, teacher_id, municipality_id, tuple(addresses))
