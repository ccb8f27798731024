"""Issue 3: surveys answered for an organisation, after an event, by both sides of a pair; counted by whom they mean."""

import pytest
from sqlalchemy import func, select

from core.audiences.model import Audience
from core.campaigns import actions, planning, queries, recipients
from core.campaigns.invitations import invite_joined
from core.campaigns.model import INVITATION, ParticipationState, Rate, Reached, Recipients
from core.clock import local_date
from core.errors import AppError, NotFound
from core.people.model import OrganisationKind, PositionGroup
from core.surveys.model import Respondent
from storage.models import Account, Campaign, Delivery, Grant, Participation
from tests.campaigns.world import World, archive, publish

BEGUN, SUBMITTED = ParticipationState.BEGUN, ParticipationState.SUBMITTED


async def reached(world: World, whom: Recipients) -> Reached:
    async with world.db.read() as session:
        return await recipients.reached(session, whom, local_date(world.clock.now(), "Asia/Irkutsk"))


async def whole(world: World, campaign: int) -> Rate:
    async with world.db.read() as session:
        rates = queries.total(await queries.rates(session, world.methodist, campaign))
        row = (await queries.detail(session, world.methodist, campaign)).row
    assert (row.invited, row.submitted) == (rates.invited, rates.submitted), "list and card count alike"
    return rates


async def invitations(world: World, campaign: int) -> set[tuple[int, str, int]]:
    async with world.db.read() as session:
        found = await session.scalars(select(Delivery).where(Delivery.kind == INVITATION, Delivery.subject == campaign))
        return {(one.account_id, one.slot, one.params.get("subject", 0)) for one in found}


async def town_with_coordinators(world: World) -> dict[str, int]:
    """Two coordinators in the first school, one in the second, none in the kindergarten; their accounts."""
    await publish(world.db, world.clock, "self_review")
    first, second, third = world.teachers["school-1"][1], world.teachers["school-1"][2], world.teachers["school-2"][1]
    return {
        "first": await world.appoint(first, "school-1"),
        "second": await world.appoint(second, "school-1"),
        "third": await world.appoint(third, "school-2"),
    }


async def test_coordinators_answer_for_their_organisations(either: World) -> None:
    accounts = await town_with_coordinators(either)
    schools = either.organisations["school-1"], either.organisations["school-2"]
    found = await reached(either, either.whom(respondent=Respondent.ORGANISATION))
    assert found == Reached(people=3, subjects=3, uncovered=("kindergarten",))
    campaign = await either.open("self_review")
    assert {(subject, place) for _, subject, place in await either.asked(campaign)} == {
        (schools[0], schools[0]),
        (schools[1], schools[1]),
    }
    assert await invitations(either, campaign) == {
        (accounts["first"], str(schools[0]), schools[0]),
        (accounts["second"], str(schools[0]), schools[0]),
        (accounts["third"], str(schools[1]), schools[1]),
    }
    async with either.db.read() as session:
        detail = await queries.detail(session, either.methodist, campaign)
        assert await recipients.uncovered(session, detail.recipients, campaign) == ("kindergarten",)


async def test_the_rate_counts_organisations_not_coordinators(either: World) -> None:
    await town_with_coordinators(either)
    campaign = await either.open("self_review")
    assert await whole(either, campaign) == Rate(invited=2, joined=2)
    first, second = either.teachers["school-1"][1:3]
    await either.set_state(campaign, first, BEGUN)
    assert await whole(either, campaign) == Rate(invited=2, joined=2, begun=1)
    # The survey marks every coordinator of an organisation that has been answered for.
    await either.set_state(campaign, first, SUBMITTED)
    await either.set_state(campaign, second, SUBMITTED)
    assert await whole(either, campaign) == Rate(invited=2, joined=2, submitted=1)
    async with either.db.read() as session:
        (own,) = await queries.rates(session, either.coordinator("school-1"), campaign)
        waiting = await queries.waiting(session, either.methodist, campaign)
    assert (own.name, own.rate.submitted) == ("school-1", 1)
    assert [one.organisation for one in waiting] == ["school-2"]


async def test_one_coordinator_of_two_organisations_answers_for_each(world: World) -> None:
    await publish(world.db, world.clock, "self_review")
    teacher = world.teachers["school-1"][1]
    account = await world.appoint(teacher, "school-1")
    async with world.db.write() as session:
        there = world.organisations["kindergarten"]
        session.add(Grant(account_id=account, role="coordinator", organisation_id=there))
        session.add(Grant(account_id=account, role="coordinator", organisation_id=there))
    campaign = await world.open("self_review")
    here = world.organisations["school-1"]
    assert await world.asked(campaign) == [(teacher, here, here), (teacher, there, there)]
    async with world.db.read() as session:
        assert len(await queries.waiting(session, world.methodist, campaign)) == 2
        assert await queries.waiting_people(session, world.methodist, campaign) == 1
    assert len(await invitations(world, campaign)) == 2
    async with world.db.read() as session:
        whom = world.whom(respondent=Respondent.ORGANISATION)
        burden = await planning.burden(session, world.clock, world.methodist, whom, 7)
        assert await session.scalar(select(func.count()).select_from(Participation)) == 2
    assert burden.people == 1
    assert burden.average_with - burden.average == 14, "two questionnaires take twice the time"


async def test_who_no_longer_works_answers_for_nobody(world: World) -> None:
    accounts = await town_with_coordinators(world)
    await archive(world, world.teachers["school-1"][1])
    async with world.db.write() as session:
        (await session.get_one(Account, accounts["third"])).active = False
    campaign = await world.open("self_review")
    assert [one[0] for one in await world.asked(campaign)] == [world.teachers["school-1"][2]]


async def test_only_conditions_that_mean_something_are_kept(world: World) -> None:
    await town_with_coordinators(world)
    audience = Audience(
        kinds=frozenset({OrganisationKind.SCHOOL}),
        position_groups=frozenset({PositionGroup.MANAGER}),
        management=True,
        young_only=True,
    )
    campaign = await world.open("self_review", audience=audience)
    async with world.db.read() as session:
        assert (await session.get_one(Campaign, campaign)).audience == {"kinds": ["school"]}
    assert len(await world.asked(campaign)) == 3


async def test_participants_of_one_event_are_asked(either: World) -> None:
    await publish(either.db, either.clock, "satisfaction")
    there = [*either.teachers["school-1"][:3], either.teachers["kindergarten"][4]]
    event = await either.hold_event(there)
    await either.hold_event(either.everybody, "Другой")
    await archive(either, there[0])
    account = await either.join(there[1])
    campaign = await either.open("satisfaction", event_id=event)
    assert [(teacher, subject) for teacher, subject, _ in await either.asked(campaign)] == [
        (one, event) for one in sorted(there[1:])
    ]
    assert {place for _, _, place in await either.asked(campaign)} == {
        either.organisations["school-1"],
        either.organisations["kindergarten"],
    }
    assert await invitations(either, campaign) == {(account, str(event), event)}
    assert (await whole(either, campaign)).invited == 3
    async with either.db.read() as session:
        assert (await queries.detail(session, either.methodist, campaign)).event_title == "Семинар"


async def test_an_event_must_be_named_and_be_ones_own(world: World) -> None:
    await publish(world.db, world.clock, "satisfaction")
    with pytest.raises(AppError, match=r"campaign\.event_missing"):
        await world.create("satisfaction")
    with pytest.raises(AppError, match=r"campaign\.event_unwanted"):
        await world.create("deficits", event_id=await world.hold_event([]))
    with pytest.raises(NotFound):
        await world.create("satisfaction", event_id=await world.hold_event([], town=world.other_town))
    empty = await world.create("satisfaction", event_id=await world.hold_event([]))
    with pytest.raises(AppError, match=r"campaign\.nobody"):
        await actions.open_now(world.db, world.clock, world.methodist, empty)


async def test_both_sides_of_open_pairs_are_asked_and_nobody_counts_twice(either: World) -> None:
    await publish(either.db, either.clock, "mentoring")
    mentor, first, second, other = either.teachers["school-1"][1:5]
    one = await either.pair(mentor, first)
    two = await either.pair(mentor, second)
    await either.pair(other, first, ended=True)
    whom = either.whom(respondent=Respondent.PAIR)
    assert await reached(either, whom) == Reached(people=3, subjects=2)
    account = await either.join(mentor)
    campaign = await either.open("mentoring")
    pairs = [(teacher, subject) for teacher, subject, _ in await either.asked(campaign)]
    assert pairs == sorted([(mentor, one), (mentor, two), (first, one), (second, two)])
    assert await invitations(either, campaign) == {(account, str(one), one), (account, str(two), two)}
    assert await whole(either, campaign) == Rate(invited=3, joined=1)
    await either.set_state(campaign, mentor, SUBMITTED, one)
    assert await whole(either, campaign) == Rate(invited=3, joined=1, begun=1), "one of two is not all"
    async with either.db.read() as session:
        assert [one.teacher_id for one in await queries.waiting(session, either.methodist, campaign)].count(mentor) == 1
    await either.set_state(campaign, mentor, SUBMITTED, two)
    assert await whole(either, campaign) == Rate(invited=3, joined=1, submitted=1)


async def test_a_pair_belongs_to_the_organisation_of_its_mentee(world: World) -> None:
    await publish(world.db, world.clock, "mentoring")
    mentor, mentee = world.teachers["school-1"][1], world.teachers["kindergarten"][1]
    await world.pair(mentor, mentee)
    schools = world.whom(Audience(kinds=frozenset({OrganisationKind.SCHOOL})), Respondent.PAIR)
    gardens = world.whom(Audience(kinds=frozenset({OrganisationKind.PRESCHOOL})), Respondent.PAIR)
    assert (await reached(world, schools)).people == 0
    assert (await reached(world, gardens)).people == 2


async def test_who_joins_later_gets_every_questionnaire_meant_for_them(world: World) -> None:
    await publish(world.db, world.clock, "mentoring")
    mentor, first, second = world.teachers["school-1"][1:4]
    pairs = [await world.pair(mentor, first), await world.pair(mentor, second)]
    campaign = await world.open("mentoring")
    await world.set_state(campaign, mentor, SUBMITTED, pairs[0])
    account = await world.join(mentor)
    async with world.db.write() as session:
        assert await invite_joined(session, world.clock, account, mentor) == 1
    assert await invitations(world, campaign) == {(account, str(pairs[1]), pairs[1])}


async def test_people_are_counted_where_they_worked_at_the_opening(world: World) -> None:
    campaign = await world.open()
    mover = world.teachers["school-1"][1]
    async with world.db.write() as session:
        row = await session.get_one(Participation, (campaign, mover, 0))
        assert row.organisation_id == world.organisations["school-1"]
        row.organisation_id = world.organisations["kindergarten"]
    async with world.db.read() as session:
        rates = {one.name: one.rate.invited for one in await queries.rates(session, world.methodist, campaign)}
    assert rates == {"school-1": 23, "school-2": 12, "kindergarten": 23}


@pytest.mark.parametrize("survey", ["self_review", "satisfaction", "mentoring"])
async def test_campaigns_of_every_respondent_close_also_as_a_second_wave(either: World, survey: str) -> None:
    await publish(either.db, either.clock, survey)
    mentor, mentee = either.teachers["school-1"][1:3]
    await either.pair(mentor, mentee)
    await either.appoint(mentor, "school-1")
    event = await either.hold_event([mentor, mentee]) if survey == "satisfaction" else None
    for _ in range(2):
        campaign = await either.open(survey, event_id=event)
        await either.set_state(campaign, mentor, SUBMITTED)
        await either.close(campaign)
        either.clock.advance(days=1)
        async with either.db.read() as session:
            assert (await session.get_one(Campaign, campaign)).state == "closed"
