"""Every filter alone and all of them together, against a reading of plain values."""

from dataclasses import fields
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import update

from core.audiences import queries
from core.audiences.model import Answered, Audience
from core.people.model import Actor, Category, OrganisationKind, PositionGroup, Role
from core.registry.model import Area
from storage.models import SurveyVersion
from tests.audiences.naive import belongs
from tests.audiences.town import Town

NOBODYS = 999_999
Whole = frozenset[int]


async def chosen(town: Town, audience: Audience, actor: Actor | None = None) -> Whole:
    async with town.db.read() as session:
        query = await queries.selection(session, actor, town.here, audience, town.today)
        rows = list(await session.scalars(query))
        assert await queries.count(session, actor, town.here, audience, town.today) == len(rows)
    assert rows == sorted(set(rows)), "everybody once, in the order of their numbers"
    return frozenset(rows)


def expected(town: Town, audience: Audience) -> Whole:
    return frozenset(one.id for one in town.people if belongs(town, one, audience))


def alone(town: Town) -> list[Audience]:
    """One filter each, in every way in which it can be set."""
    few = frozenset[int]
    return [
        Audience(),
        *(Audience(kinds=frozenset({one})) for one in OrganisationKind),
        *(Audience(organisations=few({one.id})) for one in town.places),
        *(Audience(associations=few({one})) for one in (*town.circles, NOBODYS)),
        *(Audience(subjects=few({one})) for one in town.subjects),
        *(Audience(positions=few({one})) for one, _ in town.positions),
        *(Audience(position_groups=frozenset({one})) for one in PositionGroup),
        *(Audience(categories=frozenset({one})) for one in Category),
        *(Audience(deficit_areas=frozenset({str(one)})) for one in Area),
        *(Audience(management=one) for one in (True, False)),
        *(Audience(young_only=True, management=one) for one in (True, False, None)),
        Audience(mentors=True),
        Audience(mentees=True),
        Audience(mentors=True, mentees=True),
        *(Audience(campaign=one, answered=how) for one in town.campaigns for how in (None, *Answered)),
        *(Audience(event=one) for one in (*town.events, NOBODYS)),
    ]


async def test_each_filter_alone(either: Town) -> None:
    everybody = expected(either, Audience())
    assert 40 < len(everybody) < len(either.people)
    for audience in alone(either):
        assert await chosen(either, audience) == expected(either, audience), audience
    telling = [one for one in alone(either) if expected(either, one) not in (everybody, frozenset())]
    assert {name.name for name in fields(Audience)} == {
        name.name for name in fields(Audience) for one in telling if getattr(one, name.name) != name.default
    }, "every filter lets some through and keeps some out"


def some(values: list[int]) -> SearchStrategy[Whole]:
    return st.frozensets(st.sampled_from([*values, NOBODYS]), max_size=4)


@st.composite
def audiences(draw: st.DrawFn, town: Town) -> Audience:
    def rarely(values: SearchStrategy[Any], default: Any) -> Any:
        return draw(values) if draw(st.integers(0, 3)) == 0 else default

    campaign = rarely(st.sampled_from(town.campaigns) | st.none(), None)
    empty: Whole = frozenset()
    return Audience(
        kinds=rarely(st.frozensets(st.sampled_from(OrganisationKind)), frozenset()),
        organisations=rarely(some([one.id for one in town.places]), empty),
        associations=rarely(some(town.circles), empty),
        subjects=rarely(some(town.subjects), empty),
        positions=rarely(some([one for one, _ in town.positions]), empty),
        position_groups=rarely(st.frozensets(st.sampled_from(PositionGroup)), frozenset()),
        categories=rarely(st.frozensets(st.sampled_from(Category)), frozenset()),
        deficit_areas=rarely(st.frozensets(st.sampled_from([str(one) for one in Area])), frozenset()),
        management=rarely(st.booleans() | st.none(), None),
        young_only=rarely(st.booleans(), False),
        mentors=rarely(st.booleans(), False),
        mentees=rarely(st.booleans(), False),
        campaign=campaign,
        answered=draw(st.sampled_from([None, *Answered])) if campaign else None,
        event=rarely(st.sampled_from(town.events) | st.none(), None),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_any_audience_is_what_its_conditions_say(either: Town, data: st.DataObject) -> None:
    audience = data.draw(audiences(either))
    assert await chosen(either, audience) == expected(either, audience)
    assert await chosen(either, audience, either.methodist) == expected(either, audience)
    assert Audience.from_json(audience.to_json()) == audience


async def test_nobody_counts_people_out_of_reach(either: Town) -> None:
    place, circle = either.places[0], either.circles[0]
    coordinator = Actor(1, None, either.here, organisations=frozenset({place.id}), roles=frozenset({Role.COORDINATOR}))
    leader = Actor(1, None, either.here, associations=frozenset({circle}), roles=frozenset({Role.LEADER}))
    teacher = Actor(1, either.people[0].id, either.here, roles=frozenset({Role.TEACHER}))
    for audience in (Audience(), Audience(young_only=True), Audience(categories=frozenset({Category.FIRST}))):
        theirs = [one for one in either.people if belongs(either, one, audience)]
        assert await chosen(either, audience, coordinator) == {one.id for one in theirs if one.place is place}
        # The leader is none of their own members in this town.
        assert await chosen(either, audience, leader) <= {one.id for one in theirs if circle in one.circles}
        assert await chosen(either, audience, either.stranger) == frozenset()
        assert await chosen(either, audience, teacher) == frozenset()
    assert await chosen(either, Audience(), leader)
    for actor in (coordinator, leader):
        assert await chosen(either, Audience(deficit_areas=frozenset(map(str, Area))), actor) == frozenset()


async def test_what_was_answered_under_a_promise_is_not_looked_at(either: Town) -> None:
    areas = Audience(deficit_areas=frozenset(map(str, Area)))
    assert await chosen(either, areas)
    for privacy in ("confidential", "anonymous"):
        async with either.db.write() as session:
            await session.execute(update(SurveyVersion).values(privacy=privacy))
        assert await chosen(either, areas) == frozenset()


async def test_a_pair_that_ends_today_is_over_and_one_that_begins_tomorrow_is_not_yet(town: Town) -> None:
    pairs = Audience(mentors=True, mentees=True)
    today = await chosen(town, pairs)
    town.clock.advance(days=1)
    assert await chosen(town, pairs) > today
