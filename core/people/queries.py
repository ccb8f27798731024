"""Reads about accounts: who somebody is, and whether they have consented."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.people import rules
from core.people.model import Actor, Role
from core.people.rules import GrantView
from storage.models import Account, Chat, Consent, ConsentText, Grant, Municipality, Organisation, Teacher


@dataclass(frozen=True, slots=True)
class MunicipalityView:
    """`settings` are the profile's: words, bands, k, rule for young teachers, whom to turn to."""

    id: int
    code: str
    name: str
    timezone: str
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AccountView:
    """How the pages address the one who is signed in."""

    name: str
    organisation: str | None
    login: str | None


async def actor_of_account(session: AsyncSession, account_id: int) -> Actor:
    """Raises NotFound when the account is gone or switched off."""
    actor = await _actor(session, Account.id == account_id)
    if actor is None:
        raise NotFound
    return actor


async def actor_of_chat(session: AsyncSession, channel: str, address: str) -> Actor | None:
    """Who writes from this chat; None for a stranger or an account that was switched off."""
    here = select(Chat.account_id).where(Chat.channel == channel, Chat.address == address).scalar_subquery()
    return await _actor(session, Account.id == here)


async def _actor(session: AsyncSession, who: ColumnElement[bool]) -> Actor | None:
    """One query, for it is asked at every press. None when there is no such account, or it is switched off."""
    rows = (
        await session.execute(
            select(
                Account.id,
                Account.teacher_id,
                Account.municipality_id,
                Grant.role,
                Grant.municipality_id,
                Grant.organisation_id,
                Grant.association_id,
            )
            .outerjoin(Grant, Grant.account_id == Account.id)
            .where(who, Account.active)
            .order_by(Grant.id)
        )
    ).all()
    if not rows:
        return None
    grants = [GrantView(Role(role), town, place, circle) for *_, role, town, place, circle in rows if role]
    account, teacher, municipality, *_ = rows[0]
    return rules.actor(account, teacher, municipality, grants)


async def account_view(session: AsyncSession, actor: Actor) -> AccountView:
    row = (
        await session.execute(
            select(Account, Teacher, Organisation.short_name)
            .outerjoin(Teacher, Teacher.id == Account.teacher_id)
            .outerjoin(Organisation, Organisation.id == Teacher.organisation_id)
            .where(Account.id == actor.account_id)
        )
    ).one()
    account, teacher, organisation = row
    name = account.name or teacher.full_name
    return AccountView(name, organisation, account.login)


async def consent_due(session: AsyncSession, actor: Actor) -> ConsentText | None:
    """The consent that must be asked for before anything else; None when the newest one stands."""
    given = exists().where(
        Consent.account_id == actor.account_id,
        Consent.version == ConsentText.version,
        Consent.withdrawn_at.is_(None),
    )
    newest = (
        await session.execute(
            select(ConsentText, given).order_by(ConsentText.published_at.desc(), ConsentText.version.desc()).limit(1)
        )
    ).first()
    return None if newest is None or newest[1] else newest[0]


async def municipality(session: AsyncSession, municipality_id: int) -> MunicipalityView:
    row = await session.get(Municipality, municipality_id)
    if row is None:
        raise NotFound
    return MunicipalityView(row.id, row.code, row.name, row.timezone, row.settings)


async def municipalities(session: AsyncSession, actor: Actor) -> list[MunicipalityView]:
    """Those the actor may see, by name."""
    rows = select(Municipality).order_by(Municipality.name)
    if not actor.everywhere:
        own = actor.municipalities | ({actor.municipality_id} if actor.municipality_id else set())
        rows = rows.where(Municipality.id.in_(own))
    return [MunicipalityView(r.id, r.code, r.name, r.timezone, r.settings) for r in await session.scalars(rows)]


async def is_last_administrator(session: AsyncSession, account_id: int | None) -> bool:
    """Nobody else could let others in any more.

    Locks those it finds: two administrators who end one another at the same moment must not both succeed.
    """
    running = (
        select(Account.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Account.active, Grant.role == Role.ADMINISTRATOR, Grant.municipality_id.is_(None))
        .order_by(Account.id)
        .with_for_update(of=Account)
    )
    return {*await session.scalars(running)} == {account_id}
