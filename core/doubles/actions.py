"""Making one record of two, or saying that they are different people. Each function is one transaction."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.doubles import accounts, answers, imports, pairs, queries, references, rules
from core.doubles.model import CHOICES, Merge
from core.errors import AppError, NotFound
from core.membership import offices
from core.people.model import Actor
from storage.models import AuditEntry, Teacher
from storage.session import Store


async def merge(store: Store, clock: Clock, actor: Actor, wanted: Merge) -> None:
    """Everything of the one that goes becomes the keeper's, and their record is deleted for good.

    Raises NotFound and Denied (also `doubles.staff`), AppError `doubles.already_merged` when that was done before,
    `doubles.changed` when a record is no longer what was looked at.
    """
    async with store.write(scrub=True) as session:
        keeper, other = await _both(session, actor, wanted)
        await queries.check_rights(session, actor, keeper.id, other.id)
        mine, theirs = queries.values(keeper), queries.values(other)
        if wanted.seen != rules.fingerprint(mine, theirs):
            raise AppError("doubles.changed")
        places = {keeper.organisation_id, other.organisation_id}
        await _hand_over(session, keeper.id, other.id)
        changes = _choose(keeper, other, wanted.from_other)
        for organisation_id in places - {keeper.organisation_id}:
            await offices.end_coordination(session, keeper.id, organisation_id)
        await session.flush()
        await session.execute(delete(Teacher).where(Teacher.id == other.id))
        _note(session, clock, actor, keeper, wanted, changes)


async def _both(session: AsyncSession, actor: Actor, wanted: Merge) -> tuple[Teacher, Teacher]:
    """A second press, also one at the same moment, finds the other record gone and is told why."""
    try:
        return await queries.both(session, actor, wanted.keeper_id, wanted.other_id, lock=True)
    except NotFound:
        if await _merged(session, actor, wanted):
            raise AppError("doubles.already_merged") from None
        raise


async def _merged(session: AsyncSession, actor: Actor, wanted: Merge) -> bool:
    keeper = await session.get(Teacher, wanted.keeper_id)
    if keeper is None or not actor.manages(keeper.municipality_id):
        return False
    entries = select(AuditEntry.details).where(
        AuditEntry.subject == f"teacher:{wanted.keeper_id}", AuditEntry.action == "teacher.merged"
    )
    return any(details.get("other") == wanted.other_id for details in await session.scalars(entries))


async def _hand_over(session: AsyncSession, keeper: int, other: int) -> None:
    await pairs.better_bank_entries(session, keeper, other)
    await pairs.hand_over_differences(session, keeper, other)
    await pairs.hand_over_pairs(session, keeper, other)
    await answers.hand_over(session, keeper, other)
    await imports.forget(session, keeper, other)
    await references.hand_over(session, references.TEACHER, keeper, other)
    await accounts.make_one(session, keeper, other)
    await accounts.rename(session, f"teacher:{other}", f"teacher:{keeper}")


def _choose(keeper: Teacher, other: Teacher, from_other: frozenset[str]) -> dict[str, tuple[Any, Any]]:
    """Takes over what was chosen; who is present in one record is not in the archive."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name in sorted(from_other & CHOICES.keys()):
        for column in CHOICES[name]:
            before, after = getattr(keeper, column), getattr(other, column)
            if before != after:
                changes[column] = (before, after)
                setattr(keeper, column, after)
    if keeper.archived_at is not None and other.archived_at is None:
        changes["archived_at"] = (keeper.archived_at, None)
        keeper.archived_at = None
    return changes


def _note(
    session: AsyncSession,
    clock: Clock,
    actor: Actor,
    keeper: Teacher,
    wanted: Merge,
    changes: dict[str, tuple[Any, Any]],
) -> None:
    audit.note(
        session,
        clock.now(),
        actor,
        "teacher.merged",
        f"teacher:{keeper.id}",
        municipality_id=keeper.municipality_id,
        details={"other": wanted.other_id, "from_other": sorted(wanted.from_other & CHOICES.keys())},
        changes=changes,
    )


async def set_apart(store: Store, clock: Clock, actor: Actor, one: int, two: int) -> None:
    """Remembers that these are different people; they are not shown as doubles again. Raises what `both` raises."""
    async with store.write() as session:
        first, second = await queries.both(session, actor, one, two, lock=True)
        if not await pairs.set_apart(session, one, two):
            return
        for mine, theirs in ((first, second), (second, first)):
            audit.note(
                session,
                clock.now(),
                actor,
                "teacher.told_apart",
                f"teacher:{mine.id}",
                municipality_id=mine.municipality_id,
                details={"other": theirs.id},
            )
