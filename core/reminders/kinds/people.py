"""Who can be reminded: accounts with a consent and a chat (SPEC §3)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences import queries as audiences
from core.campaigns.invitations import CAN_BE_ASKED
from core.people.model import Role
from core.reminders.model import Place, RuleView
from storage.models import Account, Grant, Organisation, Position, Teacher


async def methodists(session: AsyncSession, municipality_id: int) -> list[int]:
    """Accounts of every methodist of the municipality."""
    found = await session.scalars(
        select(Account.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.METHODIST, Grant.municipality_id == municipality_id, CAN_BE_ASKED)
        .distinct()
        .order_by(Account.id)
    )
    return list(found)


async def coordinators(session: AsyncSession, municipality_id: int) -> dict[int, set[int]]:
    """Account of each coordinator → organisations; closed organisations have none."""
    found = await session.execute(
        select(Account.id, Organisation.id)
        .join(Grant, Grant.account_id == Account.id)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(
            Grant.role == Role.COORDINATOR,
            Organisation.municipality_id == municipality_id,
            Organisation.archived_at.is_(None),
            CAN_BE_ASKED,
        )
    )
    places: dict[int, set[int]] = {}
    for account, organisation in found:
        places.setdefault(account, set()).add(organisation)
    return places


async def concerned(session: AsyncSession, place: Place, rule: RuleView, today: date, *columns: Any) -> Select[Any]:
    """These columns of the teachers whom the rule is about, as a query to be narrowed further."""
    return (
        select(*columns)
        .select_from(Teacher)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .join(Position, Position.id == Teacher.position_id)
        .where(*await audiences.conditions(session, None, place.id, rule.audience, today))
    )


async def reachable(session: AsyncSession, accounts: Iterable[int]) -> set[int]:
    """Those of the accounts that can still be written to."""
    found = await session.scalars(select(Account.id).where(Account.id.in_(sorted(set(accounts))), CAN_BE_ASKED))
    return set(found)
