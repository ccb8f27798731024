"""Fills an empty database with a made-up municipality: everybody has an account, an invite, most have joined."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import select

from core.accounts import actions as accounts
from core.clock import Clock, local_date
from core.invites import actions as invites
from core.outgoing.actions import set_rules
from core.outgoing.model import AT_ANY_HOUR
from core.people import actions, queries
from core.people.model import Channel, Role
from core.profiles.actions import install
from core.profiles.loading import load_profile, load_reference
from core.profiles.model import Profile
from playground.cast import Cast, CastMember, Groups
from playground.entering import Entered, enter
from playground.people.generator import generate
from playground.people.model import MadeUpTeacher, Population
from storage.models import ConsentText
from storage.session import Store

SEED = 20261122
TOGETHER = 32
"""Joins at the same time; they share commits."""
NEWCOMERS = 5
"""People who have not joined yet, so that joining can be tried; each works elsewhere."""
METHODIST = "Методист (учебный)"
ADMINISTRATOR = "Администратор (учебный)"
USER_IDS = 5_000_000_000
"""Made-up people's ids in the stand-in: this plus the id of the account."""

Item = TypeVar("Item")
T = TypeVar("T")


class Progress(Protocol):
    def stage(self, title: str, total: int) -> Callable[[], None]:
        """Announces a stage of so many steps; the function it gives is called after each."""
        ...


async def fill(store: Store, clock: Clock, profiles: Path, code: str, progress: Progress) -> Cast:
    """Everybody who can be acted as, the methodist first.

    Raises core.profiles.problems.ProfileError, and ValueError for a profile without staff numbers.
    The consent text must be published before: who joins agrees to it.
    """
    profile = load_profile(profiles / f"{code}.yaml")
    installed = await install(store, clock, profile, load_reference(profiles / "reference.yaml"))
    day = local_date(clock.now(), profile.timezone)
    population = generate(profile, SEED, day)
    people = await _enter_people(store, clock, installed.municipality_id, population, progress)
    methodist = await accounts.create_staff(store, clock, METHODIST, Role.METHODIST, installed.municipality_id)
    await _at_any_hour(store, clock, methodist, installed.municipality_id)
    administrator = await accounts.create_staff(store, clock, ADMINISTRATOR, Role.ADMINISTRATOR, None)
    cast = [
        _staff_member(methodist, METHODIST, profile),
        _staff_member(administrator, ADMINISTRATOR, profile),
        *_members(people),
    ]
    return Cast(code, day, tuple(await _join(store, clock, cast, progress)))


async def _at_any_hour(store: Store, clock: Clock, methodist: int, municipality_id: int) -> None:
    """Who tries things out in the evening need not wait for the morning."""
    async with store.read() as session:
        actor = await queries.actor_of_account(session, methodist)
    await set_rules(store, clock, actor, municipality_id, AT_ANY_HOUR)


def made_up_people(profiles: Path, cast: Cast) -> dict[int, MadeUpTeacher]:
    """The same people again, by account: they were entered in the generator's order."""
    population = generate(load_profile(profiles / f"{cast.profile}.yaml"), SEED, cast.day)
    accounts = sorted(one.account_id for one in cast.members if one.group != Groups.SERVICE)
    return dict(zip(accounts, population.people, strict=True))


async def _enter_people(
    store: Store, clock: Clock, municipality_id: int, population: Population, progress: Progress
) -> list[Entered]:
    step = progress.stage("Записываю вымышленных педагогов", 1)
    async with store.write() as session:
        people = await enter(session, clock, municipality_id, population)
    step()
    return people


def _staff_member(account_id: int, name: str, profile: Profile) -> CastMember:
    group = Groups.SERVICE
    return CastMember(account_id, USER_IDS + account_id, name, profile.name.short, group, "", joined=True)


def _members(people: Sequence[Entered]) -> list[CastMember]:
    newcomers = _newcomers(people)
    return [_member(person, joined=person.account_id not in newcomers) for person in people]


def _newcomers(people: Sequence[Entered]) -> set[int]:
    """A few plain teachers from all over the list, each of another organisation."""
    plain: dict[str, int] = {}
    for person in people:
        one = person.made_up
        if not (one.is_management or one.is_coordinator or one.leads):
            plain.setdefault(one.organisation_code, person.account_id)
    everywhere = list(plain.values())
    return set(everywhere[:: max(1, len(everywhere) // NEWCOMERS)][:NEWCOMERS])


def _member(person: Entered, *, joined: bool) -> CastMember:
    one = person.made_up
    group = _group(person) if joined else Groups.NEWCOMERS
    user_id = USER_IDS + person.account_id
    subtitle = f"{person.position}, {person.organisation}"
    return CastMember(person.account_id, user_id, one.full_name, subtitle, group, "", joined)


def _group(person: Entered) -> Groups:
    """Under which heading one looks for such a person."""
    if person.made_up.is_coordinator:
        return Groups.COORDINATORS
    if person.made_up.is_management:
        return Groups.MANAGERS
    if person.is_young:
        return Groups.YOUNG
    return Groups.MENTORS if person.has_mentees else Groups.TEACHERS


async def _join(store: Store, clock: Clock, cast: Sequence[CastMember], progress: Progress) -> list[CastMember]:
    """Makes everybody's invite; who counts as joined uses it and agrees, as they would in the chat."""
    async with store.read() as session:
        version = await session.scalar(select(ConsentText.version).order_by(ConsentText.published_at.desc()).limit(1))
    if version is None:
        raise ValueError("no consent text is published")
    step = progress.stage("Вымышленные педагоги подключаются к боту", len(cast))

    async def one(member: CastMember) -> CastMember:
        code = await invites.make_invite(store, clock, member.account_id)
        if member.joined:
            await invites.join(store, clock, Channel.TELEGRAM, str(member.user_id), code)
            async with store.read() as session:
                actor = await queries.actor_of_account(session, member.account_id)
            await actions.give_consent(store, clock, actor, version)
        step()
        return member.with_code(code)

    return await in_parallel(one, cast)


async def in_parallel(work: Callable[[Item], Awaitable[T]], items: Iterable[Item]) -> list[T]:
    """All results in order, at most TOGETHER at a time; the first error cancels the rest."""
    room = asyncio.Semaphore(TOGETHER)

    async def limited(item: Item) -> T:
        async with room:
            return await work(item)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(limited(item)) for item in items]
    return [task.result() for task in tasks]
