"""Reads about members of associations and coordinators of organisations."""

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.membership.model import Circle, Coordinator, Found, Office, Person
from core.people.model import Actor, Role
from storage.models import Account, Association, AssociationMember, Chat, Grant, Organisation, Position, Teacher
from storage.searching import searchable

PAGE = 50
"""Members shown at once."""
CANDIDATES = 30
"""People shown of those who match a search."""


async def association(session: AsyncSession, actor: Actor, association_id: int) -> Association:
    """Raises NotFound for one that the actor neither manages nor leads."""
    row = await session.get(Association, association_id)
    if row is None or not (actor.manages(row.municipality_id) or row.id in actor.associations):
        raise NotFound
    return row


async def organisation(session: AsyncSession, actor: Actor, organisation_id: int) -> Organisation:
    """Raises NotFound for one that the actor neither manages nor coordinates."""
    row = await session.get(Organisation, organisation_id)
    if row is None or not (actor.manages(row.municipality_id) or row.id in actor.organisations):
        raise NotFound
    return row


async def circle(session: AsyncSession, actor: Actor, association_id: int, page: int = 1) -> Circle:
    """A page past the end is the last one. Raises what `association` raises."""
    row = await association(session, actor, association_id)
    members = Teacher.id.in_(_member_ids(association_id)) & Teacher.archived_at.is_(None)
    total: int = (await session.execute(select(func.count()).select_from(Teacher).where(members))).scalar_one()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    shown = people().where(members).order_by(Teacher.search, Teacher.id).limit(PAGE).offset((page - 1) * PAGE)
    leader = await _people(session, people().where(Teacher.id == row.leader_id))
    return Circle(
        id=row.id,
        name=row.name,
        leader=leader[0] if leader else None,
        members=await _people(session, shown),
        total=total,
        page=page,
        pages=pages,
        editable=_editable(actor, row),
    )


async def may_join(session: AsyncSession, actor: Actor, association_id: int, text: str) -> Found:
    """Of those who are not members yet, people whose name has every word of the text; none without a text."""
    row = await association(session, actor, association_id)
    if not searchable(text):
        return Found((), more=False)
    others = Teacher.municipality_id == row.municipality_id, Teacher.id.not_in(_member_ids(association_id))
    return await _matching(session, text, *others)


async def may_lead(session: AsyncSession, actor: Actor, association_id: int, text: str) -> Found:
    """Of the members; without a text the first ones by name."""
    row = await association(session, actor, association_id)
    members = Teacher.municipality_id == row.municipality_id, Teacher.id.in_(_member_ids(association_id))
    return await _matching(session, text, *members)


async def may_coordinate(session: AsyncSession, actor: Actor, organisation_id: int, text: str) -> Found:
    """Of those who work there; without a text the first ones by name."""
    row = await organisation(session, actor, organisation_id)
    held = (
        select(Account.teacher_id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.COORDINATOR, Grant.organisation_id == row.id, Account.teacher_id.is_not(None))
    )
    return await _matching(session, text, Teacher.organisation_id == row.id, Teacher.id.not_in(held))


async def office(session: AsyncSession, actor: Actor, organisation_id: int) -> Office:
    """How many work there, and who coordinates. Raises what `organisation` raises."""
    row = await organisation(session, actor, organisation_id)
    here = Teacher.archived_at.is_(None)
    chat = exists().where(Account.teacher_id == Teacher.id, Chat.account_id == Account.id).correlate(Teacher)
    counts = (
        await session.execute(
            select(
                func.count().filter(here).label("people"),
                func.count().filter(and_(here, Teacher.is_management)).label("management"),
                func.count().filter(and_(here, chat)).label("joined"),
                func.count().filter(~here).label("archived"),
            )
            .select_from(Teacher)
            .where(Teacher.organisation_id == row.id)
        )
    ).one()
    return Office(
        id=row.id,
        name=row.short_name,
        people=counts.people,
        management=counts.management,
        joined=counts.joined,
        archived=counts.archived,
        coordinators=await coordinators(session, row.id),
        editable=_editable(actor, row),
    )


async def coordinators(session: AsyncSession, organisation_id: int) -> tuple[Coordinator, ...]:
    rows = await session.execute(
        select(Account.id, Account.name, Teacher)
        .join(Grant, Grant.account_id == Account.id)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
        .where(Grant.role == Role.COORDINATOR, Grant.organisation_id == organisation_id)
        .order_by(Grant.id)
    )
    return tuple(
        Coordinator(
            account,
            teacher.id if teacher else None,
            teacher.full_name if teacher else name or "",
            elsewhere=teacher is None or teacher.organisation_id != organisation_id,
        )
        for account, name, teacher in rows
    )


def people() -> Select[Teacher, str, str]:
    """Teachers with the title of the position and the short name of the organisation."""
    return (
        select(Teacher, Position.title, Organisation.short_name)
        .join(Position, Position.id == Teacher.position_id)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
    )


async def _people(session: AsyncSession, query: Select[Teacher, str, str]) -> tuple[Person, ...]:
    rows = await session.execute(query)
    return tuple(Person(one.id, one.full_name, position, place) for one, position, place in rows)


async def _matching(session: AsyncSession, text: str, *conditions: ColumnElement[bool]) -> Found:
    words = (Teacher.search.contains(word, autoescape=True) for word in searchable(text).split())
    query = people().where(Teacher.archived_at.is_(None), *conditions, *words)
    found = await _people(session, query.order_by(Teacher.search, Teacher.id).limit(CANDIDATES + 1))
    return Found(found[:CANDIDATES], more=len(found) > CANDIDATES)


def _member_ids(association_id: int) -> Select[int]:
    return select(AssociationMember.teacher_id).where(AssociationMember.association_id == association_id)


def _editable(actor: Actor, row: Association | Organisation) -> bool:
    return row.archived_at is None and actor.manages(row.municipality_id)
