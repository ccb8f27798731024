"""Accounts within an administrator's reach. Raise Denied for who administers nothing, NotFound for foreign ones."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.queries import sessions_of
from core.clock import Clock
from core.errors import Denied, NotFound
from core.people.model import Actor, Role
from core.staff import rules
from core.staff.model import PAGE, AccountCard, AccountList, AccountRow, Held, Search
from storage.models import Account, Association, Chat, Grant, Municipality, Organisation, Teacher, WebSession
from storage.searching import searchable


async def listing(session: AsyncSession, actor: Actor, municipality_id: int, search: Search) -> AccountList:
    """Staff of the municipality; for who runs the installation also its other administrators."""
    if not actor.administers(municipality_id):
        raise Denied
    found = _narrowed(await _found(session, actor, municipality_id, search), search)
    total = await session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    pages = max(1, ceil(total / PAGE))
    page = min(search.page, pages)
    ids = list(await session.scalars(found.offset((page - 1) * PAGE).limit(PAGE)))
    return AccountList(tuple(await rows(session, actor, ids)), total, page, pages)


async def _found(session: AsyncSession, actor: Actor, municipality_id: int, search: Search) -> Select[int]:
    here = [Account.municipality_id == municipality_id, _granted(municipality_id)]
    if actor.everywhere:
        here.append(exists().where(Grant.account_id == Account.id, Grant.role == Role.ADMINISTRATOR, _unbound()))
    found = select(Account.id).outerjoin(Teacher, Teacher.id == Account.teacher_id).where(or_(*here))
    words = searchable(search.text).split()
    if not words and not search.role:
        staff = exists().where(Grant.account_id == Account.id)
        found = found.where(or_(staff, Account.teacher_id.is_(None)))
    if words:
        registered = and_(*(Teacher.search.contains(word, autoescape=True) for word in words))
        found = found.where(or_(registered, Account.id.in_(await _called(session, words))))
    return found.order_by(func.coalesce(Teacher.search, Account.name), Account.id)


async def _called(session: AsyncSession, words: Sequence[str]) -> list[int]:
    """Accounts outside the registry with these words in their names.

    They are few, and SQLite knows small letters of Latin only: so they are looked through here.
    """
    rows = await session.execute(select(Account.id, Account.name).where(Account.teacher_id.is_(None)))
    return [account for account, name in rows if all(word in searchable(name) for word in words)]


def _narrowed(found: Select[int], search: Search) -> Select[int]:
    if search.role:
        found = found.where(exists().where(Grant.account_id == Account.id, Grant.role == search.role))
    return found if search.active is None else found.where(Account.active.is_(search.active))


def _unbound() -> ColumnElement[bool]:
    """The grant is for the whole installation."""
    return Grant.municipality_id.is_(None) & Grant.organisation_id.is_(None) & Grant.association_id.is_(None)


def _granted(municipality_id: int) -> ColumnElement[bool]:
    """The account holds a role in the municipality."""
    places = select(Organisation.id).where(Organisation.municipality_id == municipality_id)
    circles = select(Association.id).where(Association.municipality_id == municipality_id)
    return exists().where(
        Grant.account_id == Account.id,
        or_(
            Grant.municipality_id == municipality_id,
            Grant.organisation_id.in_(places),
            Grant.association_id.in_(circles),
        ),
    )


async def rows(session: AsyncSession, actor: Actor, ids: Sequence[int]) -> list[AccountRow]:
    """In the order of the ids."""
    found = await session.execute(
        select(Account, Teacher, Organisation.short_name)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
        .outerjoin(Organisation, Organisation.id == Teacher.organisation_id)
        .where(Account.id.in_(ids))
    )
    held = await _held(session, actor, ids)
    joined = set(await session.scalars(select(Chat.account_id).where(Chat.account_id.in_(ids))))
    seen = await _seen(session, ids)
    made = {
        account.id: AccountRow(
            account.id,
            account.name or teacher.full_name,
            place or "",
            account.active,
            account.id in joined,
            tuple(held.get(account.id, ())),
            seen.get(account.id),
        )
        for account, teacher, place in found
    }
    return [made[one] for one in ids if one in made]


async def _seen(session: AsyncSession, ids: Sequence[int]) -> dict[int, datetime]:
    last = select(WebSession.account_id, func.max(WebSession.seen_at)).where(WebSession.account_id.in_(ids))
    return {row[0]: row[1] for row in await session.execute(last.group_by(WebSession.account_id))}


async def _held(session: AsyncSession, actor: Actor, ids: Sequence[int]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    for grant, *scope in await session.execute(_with_scope().where(Grant.account_id.in_(ids)).order_by(Grant.id)):
        found.setdefault(grant.account_id, []).append(_one(actor, grant, *scope))
    return found


def _with_scope() -> Select[*tuple[Any, ...]]:
    """Grants with the names of their municipality, organisation, association, and where that lies."""
    place = func.coalesce(Grant.municipality_id, Organisation.municipality_id, Association.municipality_id)
    return (
        select(Grant, Municipality.name, Organisation.short_name, Association.name, place)
        .outerjoin(Organisation, Organisation.id == Grant.organisation_id)
        .outerjoin(Association, Association.id == Grant.association_id)
        .outerjoin(Municipality, Municipality.id == place)
    )


def _one(
    actor: Actor, grant: Grant, town: str | None, place: str | None, circle: str | None, municipality_id: int | None
) -> Held:
    role = Role(grant.role)
    return Held(
        grant.id,
        role,
        place or circle or town or "вся программа",
        municipality_id,
        grant.organisation_id,
        grant.association_id,
        removable=rules.may_give(actor, role, municipality_id),
    )


async def places(session: AsyncSession, account_id: int) -> list[int | None]:
    """Municipalities that the account's rights lie in; None for the whole installation."""
    found = await session.execute(_with_scope().where(Grant.account_id == account_id))
    return [row[-1] for row in found]


async def reached(session: AsyncSession, actor: Actor, account_id: int, *, lock: bool = False) -> Account:
    """An account of a municipality that the actor administers, or one that holds a role there."""
    account = await session.get(Account, account_id, with_for_update=lock)
    if account is None:
        raise NotFound
    where = {account.municipality_id, *await places(session, account_id)}
    if not (actor.everywhere or any(one is not None and actor.administers(one) for one in where)):
        raise NotFound
    return account


async def card(session: AsyncSession, clock: Clock, actor: Actor, account_id: int, municipality_id: int) -> AccountCard:
    """`municipality_id` is the one in view: roles are offered there."""
    account = await reached(session, actor, account_id)
    (row,) = await rows(session, actor, [account_id])
    switchable = rules.may_switch(actor, [*await places(session, account_id), account.municipality_id])
    held = {(one.role, one.municipality_id) for one in row.roles if one.organisation_id is None}
    offered = [one for one in rules.GIVEN_HERE if rules.may_give(actor, one, municipality_id)]
    return AccountCard(
        row,
        account.teacher_id,
        account.municipality_id,
        account.login,
        account.second_factor,
        account.id == actor.account_id,
        switchable,
        tuple(await sessions_of(session, clock, account_id)),
        tuple(one for one in offered if (one, municipality_id) not in held),
    )
