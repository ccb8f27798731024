"""Who has joined and cannot be written to any more: within one's own reach."""

from collections.abc import Callable

import pytest

from core.errors import Denied
from core.outgoing.unreachable import PAGE, UnreachableFound, unreachable
from core.people.model import Actor, Role
from storage.models import Account, Chat
from tests.campaigns.world import World

LEADER = Actor(1, None, None, associations=frozenset({1}), roles=frozenset({Role.LEADER}))


async def look(world: World, actor: Actor, organisation: int | None = None, page: int = 1) -> UnreachableFound:
    async with world.db.read() as session:
        return await unreachable(session, actor, world.town, organisation, page)


async def test_only_those_whose_every_chat_is_closed_in_the_registrys_order(either: World) -> None:
    school, kindergarten = either.teachers["school-1"], either.teachers["kindergarten"]
    await either.join(school[0])
    await either.join(school[1], unreachable="blocked")
    await either.join(kindergarten[0], unreachable="gone")
    twice = await either.join(school[2], unreachable="deactivated")
    left = await either.join(school[3], unreachable="blocked")
    async with either.db.write() as session:
        session.add(Chat(account_id=twice, channel="other", address="x"))
        (await session.get_one(Account, left)).active = False
    found = await look(either, either.methodist)
    assert {(one.teacher_id, one.reason) for one in found.people} == {(school[1], "blocked"), (kindergarten[0], "gone")}
    assert found.total == 2
    assert [one.people for one in found.places] == [1, 1]
    assert found.not_joined == len(either.everybody) - 5


async def test_a_coordinator_sees_the_own_organisation_and_a_filter_narrows(either: World) -> None:
    school, kindergarten = either.teachers["school-1"], either.teachers["kindergarten"]
    await either.join(school[1], unreachable="blocked")
    await either.join(kindergarten[0], unreachable="gone")
    own = await look(either, either.coordinator("school-1"))
    assert [one.teacher_id for one in own.people] == [school[1]]
    assert own.not_joined == len(school) - 1
    foreign = await look(either, either.coordinator("school-1"), either.organisations["kindergarten"])
    assert (foreign.people, foreign.total, foreign.not_joined) == ((), 0, 0)
    narrowed = await look(either, either.methodist, either.organisations["kindergarten"])
    assert [one.teacher_id for one in narrowed.people] == [kindergarten[0]]


@pytest.mark.parametrize("actor", [lambda _world: LEADER, lambda world: world.stranger])
async def test_leaders_and_strangers_are_refused(world: World, actor: Callable[[World], Actor]) -> None:
    with pytest.raises(Denied):
        await look(world, actor(world))


async def test_pages_hold_everybody_once(world: World) -> None:
    closed = world.everybody[: PAGE + 3]
    for one in closed:
        await world.join(one, unreachable="blocked")
    pages = [await look(world, world.methodist, page=number) for number in (1, 2)]
    assert [len(one.people) for one in pages] == [PAGE, 3]
    assert sorted(one.teacher_id for page in pages for one in page.people) == sorted(closed)
