"""Reads about invites: who has joined, who has not, and what a sheet would do. Every read is scoped by the actor."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied, NotFound
from core.invites.model import (
    NOT_JOINED,
    Counts,
    FoundPeople,
    PeopleSearch,
    Person,
    SheetPlan,
    SheetRequest,
    Standing,
    Whom,
)
from core.invites.rows import persons, rows_of_people
from core.invites.standing import consented_at, standing, works_until
from core.people.model import Actor
from storage.models import Account, Invite, Organisation, Teacher
from storage.searching import searchable


def within_reach(actor: Actor, municipality_id: int) -> ColumnElement[bool]:
    """Of an Organisation: the actor may make invites there. Raises Denied for whoever may do so nowhere."""
    if actor.manages(municipality_id):
        return (Organisation.municipality_id == municipality_id) & Organisation.archived_at.is_(None)
    if not actor.organisations:
        raise Denied
    return Organisation.id.in_(sorted(actor.organisations)) & (Organisation.municipality_id == municipality_id)


async def organisation(session: AsyncSession, actor: Actor, organisation_id: int) -> Organisation:
    """Raises NotFound for one whose invites the actor may not make."""
    found = await session.get(Organisation, organisation_id)
    if found is None or not (actor.manages(found.municipality_id) or found.id in actor.organisations):
        raise NotFound
    return found


async def counts(
    session: AsyncSession, actor: Actor, municipality_id: int, now: datetime, organisation_id: int | None = None
) -> list[Counts]:
    """Of every organisation within reach, or of one of them; also of those without people; by name."""
    reach = within_reach(actor, municipality_id)
    if organisation_id is not None:
        reach &= Organisation.id == organisation_id
    names = await _names(session, reach)
    people = (
        select(
            Teacher.organisation_id.label("place"),
            standing(now).label("standing"),
            consented_at().label("consented"),
            Teacher.paper_consent_on.label("paper"),
        )
        .select_from(Teacher)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .outerjoin(Account, Account.teacher_id == Teacher.id)
        .where(reach, Teacher.archived_at.is_(None))
        .subquery()
    )
    columns = people.c
    found: dict[int, list[tuple[str, int, int, int]]] = defaultdict(list)
    for place, *figures in await session.execute(
        select(
            columns.place, columns.standing, func.count(), func.count(columns.consented), func.count(columns.paper)
        ).group_by(columns.place, columns.standing)
    ):
        found[place].append(tuple(figures))
    return [_counts(number, name, found[number]) for number, name in names.items()]


async def _names(session: AsyncSession, reach: ColumnElement[bool]) -> dict[int, str]:
    """Of the organisations within reach, in the order of the alphabet."""
    rows = await session.execute(select(Organisation.id, Organisation.short_name).where(reach))
    return dict(sorted(((number, name) for number, name in rows), key=lambda one: searchable(one[1])))


def _counts(organisation_id: int, name: str, figures: list[tuple[str, int, int, int]]) -> Counts:
    by_standing = dict.fromkeys(Standing, 0) | {Standing(state): number for state, number, *_ in figures}
    return Counts(organisation_id, name, by_standing, sum(one[2] for one in figures), sum(one[3] for one in figures))


async def people(
    session: AsyncSession, actor: Actor, organisation_id: int, search: PeopleSearch, now: datetime
) -> FoundPeople:
    """One page of the organisation's people, by name. Raises NotFound as `organisation` does."""
    place = await organisation(session, actor, organisation_id)
    rows = rows_of_people(now).where(Teacher.organisation_id == place.id, *_conditions(search, now))
    total = await session.scalar(select(func.count()).select_from(rows.order_by(None).subquery()))
    page = rows.limit(search.size).offset((search.number - 1) * search.size)
    return FoundPeople(total or 0, tuple(await persons(session, actor, page)))


async def not_joined(
    session: AsyncSession, actor: Actor, municipality_id: int, now: datetime, organisation_id: int | None = None
) -> list[tuple[str, Person]]:
    """Who has not joined, with the organisation's name: of one organisation, or of all within reach."""
    reach = within_reach(actor, municipality_id)
    if organisation_id is not None:
        reach &= Organisation.id == (await organisation(session, actor, organisation_id)).id
    names = await _names(session, reach)
    found: list[tuple[str, Person]] = []
    for place, name in names.items():
        rows = rows_of_people(now).where(Teacher.organisation_id == place, standing(now).in_(sorted(NOT_JOINED)))
        found += [(name, one) for one in await persons(session, actor, rows)]
    return found


async def of_sheet(
    session: AsyncSession, actor: Actor, request: SheetRequest, now: datetime
) -> tuple[list[Person], int]:
    """Whose slips the sheet has, by name; and how many are left out since the actor may not invite them."""
    place = await organisation(session, actor, request.organisation_id)
    rows = rows_of_people(now).where(Teacher.organisation_id == place.id, standing(now) != Standing.OFF)
    found = await persons(session, actor, rows.where(_asked_for(request, now)))
    allowed = [one for one in found if one.may_invite]
    return allowed, len(found) - len(allowed)


async def plan(session: AsyncSession, actor: Actor, request: SheetRequest, now: datetime) -> SheetPlan:
    """What the sheet would do, for the page that asks before it is made."""
    allowed, withheld = await of_sheet(session, actor, request, now)
    return SheetPlan(
        people=len(allowed),
        ending=sum(one.until is not None for one in allowed),
        joined=sum(one.standing not in NOT_JOINED for one in allowed),
        withheld=withheld,
        seen=await newest(session, request.organisation_id),
    )


async def working(
    session: AsyncSession, actor: Actor, organisation_id: int, teachers: frozenset[int] | None, now: datetime
) -> list[Person]:
    """Whose invites can still be used; `teachers`: only these."""
    place = await organisation(session, actor, organisation_id)
    rows = rows_of_people(now).where(Teacher.organisation_id == place.id, works_until(now).is_not(None))
    if teachers is not None:
        rows = rows.where(Teacher.id.in_(sorted(teachers)))
    return await persons(session, actor, rows)


async def named(
    session: AsyncSession, actor: Actor, organisation_id: int, teachers: frozenset[int], now: datetime
) -> list[Person]:
    """Those of these teachers who work in the organisation."""
    place = await organisation(session, actor, organisation_id)
    rows = rows_of_people(now).where(Teacher.organisation_id == place.id, Teacher.id.in_(sorted(teachers)))
    return await persons(session, actor, rows)


async def newest(session: AsyncSession, organisation_id: int) -> int:
    """Number of the newest invite that was made for one of its people; 0 when there is none."""
    rows = (
        select(func.max(Invite.id))
        .join(Account, Account.id == Invite.account_id)
        .join(Teacher, Teacher.id == Account.teacher_id)
        .where(Teacher.organisation_id == organisation_id)
    )
    return await session.scalar(rows) or 0


def _asked_for(request: SheetRequest, now: datetime) -> ColumnElement[bool]:
    match request.whom:
        case Whom.MISSING:
            return standing(now) == Standing.NONE
        case Whom.NOT_JOINED:
            return standing(now).in_(sorted(NOT_JOINED))
        case Whom.CHOSEN:
            return Teacher.id.in_(sorted(request.teachers)) if request.teachers else false()


def _conditions(search: PeopleSearch, now: datetime) -> Iterable[ColumnElement[bool]]:
    for word in searchable(search.text).split():
        yield Teacher.search.contains(word, autoescape=True)
    if search.standing:
        yield standing(now).in_(sorted(search.standing))
