"""People of an organisation as values: where they stand, and whether the one who looks may invite them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.invites import rules
from core.invites.model import Person, Standing
from core.invites.standing import consented_at, standing, works_until
from core.people.model import Actor, Role
from core.people.rules import GrantView
from storage.models import Account, Grant, Position, Teacher


def rows_of_people(now: datetime) -> Select[*tuple[Any, ...]]:
    """Of everybody who is not archived, by name; for `persons`."""
    return (
        select(Teacher, Account.id, Position.title, standing(now), works_until(now), consented_at())
        .join(Position, Position.id == Teacher.position_id)
        .outerjoin(Account, Account.teacher_id == Teacher.id)
        .where(Teacher.archived_at.is_(None))
        .order_by(Teacher.search, Teacher.id)
    )


async def persons(session: AsyncSession, actor: Actor, rows: Select[*tuple[Any, ...]]) -> list[Person]:
    found = (await session.execute(rows)).all()
    grants = await _grants(session, rows)
    return [
        Person(
            teacher_id=one.id,
            account_id=account,
            name=one.full_name,
            position=position,
            standing=Standing(state),
            until=until,
            consented_at=consented,
            paper_on=one.paper_consent_on,
            may_invite=rules.may_invite(actor, grants[account]),
        )
        for one, account, position, state, until, consented in found
    ]


async def _grants(session: AsyncSession, rows: Select[*tuple[Any, ...]]) -> dict[int | None, list[GrantView]]:
    accounts = rows.with_only_columns(Account.id).order_by(Teacher.search, Teacher.id).subquery()
    held: dict[int | None, list[GrantView]] = defaultdict(list)
    for one in await session.scalars(select(Grant).where(Grant.account_id.in_(select(accounts.c[0])))):
        held[one.account_id].append(
            GrantView(Role(one.role), one.municipality_id, one.organisation_id, one.association_id)
        )
    return held
