"""Audiences under a name: who sees them, who changes them."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience, SavedAudienceRow
from core.errors import NotFound
from core.people.model import Actor
from storage.models import Account, SavedAudience, Teacher


async def listing(session: AsyncSession, actor: Actor, municipality_id: int) -> list[SavedAudienceRow]:
    """The actor's own and the shared ones, by title. Raises NotFound for a municipality they do not manage."""
    if not actor.manages(municipality_id):
        raise NotFound
    there = _rows().where(SavedAudience.municipality_id == municipality_id, _offered(actor, municipality_id))
    rows = await session.execute(there)
    found = [_row(actor, *one) for one in rows]
    return sorted(found, key=lambda one: (one.title.casefold(), one.id))


async def one(session: AsyncSession, actor: Actor, saved_id: int) -> SavedAudienceRow:
    """Raises NotFound for what the actor is not offered."""
    row = (await session.execute(_rows().where(SavedAudience.id == saved_id))).one_or_none()
    if row is None or not _sees(actor, row[0]):
        raise NotFound
    return _row(actor, *row)


async def locked(session: AsyncSession, actor: Actor, saved_id: int) -> SavedAudience:
    """For a change. Raises NotFound for what the actor is not offered."""
    row = await session.scalar(select(SavedAudience).where(SavedAudience.id == saved_id).with_for_update())
    if row is None or not _sees(actor, row):
        raise NotFound
    return row


def changes(actor: Actor, row: SavedAudience) -> bool:
    """Its maker and administrators of the municipality, so that nothing shared is left without anybody."""
    return row.created_by == actor.account_id or actor.administers(row.municipality_id)


def _sees(actor: Actor, row: SavedAudience) -> bool:
    if not actor.manages(row.municipality_id):
        return False
    abandoned = row.created_by is None and actor.administers(row.municipality_id)
    return row.shared or row.created_by == actor.account_id or abandoned


def _offered(actor: Actor, municipality_id: int) -> ColumnElement[bool]:
    """`_sees` as a condition; one whose maker is erased is left to administrators."""
    reach = [SavedAudience.shared, SavedAudience.created_by == actor.account_id]
    if actor.administers(municipality_id):
        reach.append(SavedAudience.created_by.is_(None))
    return or_(*reach)


def _rows() -> Select[SavedAudience, Account | None, Teacher | None]:
    return (
        select(SavedAudience, Account, Teacher)
        .outerjoin(Account, Account.id == SavedAudience.created_by)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
    )


def _row(actor: Actor, row: SavedAudience, maker: Account | None, teacher: Teacher | None) -> SavedAudienceRow:
    return SavedAudienceRow(
        id=row.id,
        municipality_id=row.municipality_id,
        title=row.title,
        audience=Audience.from_json(row.audience),
        shared=row.shared,
        own=row.created_by == actor.account_id,
        may_change=changes(actor, row),
        author=teacher.full_name if teacher else (maker.name or "") if maker else "",
        created_at=row.created_at,
    )
