"""Giving and taking roles, switching accounts off and on. Each function is one transaction.

All raise NotFound for an account out of reach and Denied for what the actor may not do there.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.accounts import sessions
from core.accounts.model import LINK_TERM
from core.clock import Clock
from core.errors import AppError, Denied, NotFound
from core.invites.codes import end_codes
from core.people import queries as people
from core.people.model import Actor, Role
from core.people.rules import new_token, token_hash
from core.staff import queries, rules
from storage.models import Account, Grant, SignInLink, WebSession
from storage.session import Store

NAME_LENGTH = 200


async def create(store: Store, clock: Clock, actor: Actor, name: str, role: Role, municipality_id: int | None) -> int:
    """An account for somebody who is not in the registry; `staff.name_empty`, `staff.name_long`. Returns its id."""
    name = " ".join(name.split())
    if not name:
        raise AppError("staff.name_empty")
    if len(name) > NAME_LENGTH:
        raise AppError("staff.name_long", most=NAME_LENGTH)
    if not rules.may_give(actor, role, municipality_id):
        raise Denied
    async with store.write() as session:
        account = Account(municipality_id=municipality_id, name=name, created_at=clock.now())
        session.add(account)
        await session.flush()
        session.add(Grant(account_id=account.id, role=role, municipality_id=municipality_id))
        _note(session, clock, actor, "staff.created", account, municipality_id, role=(None, role))
        return account.id


async def give_role(
    store: Store, clock: Clock, actor: Actor, account_id: int, role: Role, municipality_id: int | None
) -> None:
    """Twice is once."""
    async with store.write() as session:
        account = await queries.reached(session, actor, account_id, lock=True)
        if not rules.may_give(actor, role, municipality_id):
            raise Denied
        held = select(Grant.id).where(
            Grant.account_id == account_id,
            Grant.role == role,
            Grant.municipality_id.is_not_distinct_from(municipality_id),
        )
        if await session.scalar(held.limit(1)) is not None:
            return
        session.add(Grant(account_id=account_id, role=role, municipality_id=municipality_id))
        _note(session, clock, actor, "grant.given", account, municipality_id, role=(None, role))


async def take_role(store: Store, clock: Clock, actor: Actor, account_id: int, grant_id: int) -> None:
    """`staff.last_administrator` when nobody would be left who can let others in."""
    async with store.write() as session:
        account = await queries.reached(session, actor, account_id, lock=True)
        grant = await session.get(Grant, grant_id)
        if grant is None or grant.account_id != account_id:
            raise NotFound
        role = Role(grant.role)
        if not rules.may_give(actor, role, grant.municipality_id):
            raise Denied
        if role is Role.ADMINISTRATOR and grant.municipality_id is None:
            await _refuse_last_administrator(session, account_id)
        await session.delete(grant)
        _note(session, clock, actor, "grant.ended", account, grant.municipality_id, role=(role, None))


async def switch(store: Store, clock: Clock, actor: Actor, account_id: int, *, active: bool) -> None:
    """Off: every browser is signed out, links and invites end, the bot no longer knows the chat's owner. At once.

    `staff.own_account`: nobody locks themselves out.
    """
    async with store.write() as session:
        account = await _covered(session, actor, account_id, lock=True)
        if account_id == actor.account_id:
            raise AppError("staff.own_account")
        if account.active == active:
            return
        if not active:
            await _refuse_last_administrator(session, account_id)
            await sessions.shut_doors(session, account_id)
            await end_codes(session, clock.now(), [account_id])
        account.active = active
        action = "staff.switched_on" if active else "staff.switched_off"
        _note(session, clock, actor, action, account, account.municipality_id, active=(not active, active))


async def make_link(store: Store, clock: Clock, actor: Actor, account_id: int) -> str:
    """A one-time way in, to hand over; it stands in the audit, since whoever has it comes in as its owner."""
    token = new_token()
    async with store.write() as session:
        account = await _equal(session, actor, account_id)
        if not (await people.actor_of_account(session, account_id)).is_staff:
            raise AppError("staff.no_role")
        session.add(SignInLink(token_hash=token_hash(token), account_id=account_id, expires_at=clock.now() + LINK_TERM))
        _note(session, clock, actor, "staff.link_made", account, account.municipality_id)
    return token


async def check_invite(store: Store, actor: Actor, account_id: int) -> None:
    """Whether the actor may make an invite that links a chat with this account."""
    async with store.read() as session:
        await _equal(session, actor, account_id)


async def end_session(store: Store, clock: Clock, actor: Actor, account_id: int, session_id: int) -> None:
    """Signs one browser of somebody else out."""
    async with store.write() as session:
        account = await _covered(session, actor, account_id)
        row = await session.get(WebSession, session_id)
        if row is None or row.account_id != account_id:
            raise NotFound
        await session.delete(row)
        _note(session, clock, actor, "sign_out.by_administrator", account, account.municipality_id)


async def _covered(session: AsyncSession, actor: Actor, account_id: int, *, lock: bool = False) -> Account:
    """An account whose rights reach no further than the actor's own; Denied for any other."""
    account = await queries.reached(session, actor, account_id, lock=lock)
    if not rules.may_switch(actor, [*await queries.places(session, account_id), account.municipality_id]):
        raise Denied
    return account


async def _equal(session: AsyncSession, actor: Actor, account_id: int) -> Account:
    """The same, and switched on: to come in as it gives nothing new."""
    account = await _covered(session, actor, account_id)
    if not account.active:
        raise AppError("staff.switched_off")
    return account


async def _refuse_last_administrator(session: AsyncSession, account_id: int) -> None:
    if await people.is_last_administrator(session, account_id):
        raise AppError("staff.last_administrator")


def _note(
    session: AsyncSession,
    clock: Clock,
    actor: Actor,
    action: str,
    account: Account,
    municipality_id: int | None,
    **changes: tuple[object, object],
) -> None:
    subject = sessions.subject(account)
    audit.note(session, clock.now(), actor, action, subject, municipality_id=municipality_id, changes=changes)
