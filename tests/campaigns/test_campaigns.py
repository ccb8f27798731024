"""SPEC §4 "Campaign": draft → scheduled → open → closed, for whom, by whom, and what the pages show."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from core.audiences.model import Audience
from core.campaigns import actions, planning, queries
from core.campaigns.invitations import first_invitation, invite_joined
from core.campaigns.model import INVITATION, CampaignState, ParticipationState, Rate, Reach
from core.errors import AppError, NotFound
from core.people.model import OrganisationKind, PositionGroup
from core.sealing import Sealer
from storage.models import AuditEntry, Ballot, Campaign, Delivery, Municipality, Participation, ReleaseCell, Response
from storage.session import Database
from tests.campaigns.world import SEALER, SIZES, World, archive, build_world
from tests.clocks import SetClock

PEOPLE = sum(SIZES.values())


async def count(world: World, table: Any, *conditions: Any) -> int:
    async with world.db.read() as session:
        return (await session.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one()


async def state(world: World, campaign: int) -> str:
    async with world.db.read() as session:
        return (await session.get_one(Campaign, campaign)).state


Change = Callable[[World], dict[str, Any]]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda world: {"title": "  "}, "campaign.title_empty"),
        (lambda world: {"title": "а" * 201}, "campaign.title_long"),
        (lambda world: {"closes_at": world.clock.now()}, "campaign.closes_before_opening"),
        (
            lambda world: {
                "opens_at": world.clock.now() - timedelta(days=3),
                "closes_at": world.clock.now() - timedelta(days=1),
            },
            "campaign.closes_in_past",
        ),
        (lambda world: {"survey_code": "horoscope"}, "campaign.unknown_survey"),
        (lambda world: {"options": {"unheard_of": True}}, "campaign.unknown_option"),
        (lambda world: {"options": {"help_contact": "я" * 501}}, "campaign.help_contact_long"),
        (lambda world: {"audience": Audience(organisations=frozenset({10_000}))}, "audience.foreign"),
        (lambda world: {"municipality_id": world.other_town}, "not_found"),
    ],
)
async def test_what_is_refused_at_making(world: World, change: Change, key: str) -> None:
    with pytest.raises(AppError) as refused:
        await world.create(**change(world))
    assert refused.value.key == key
    assert await count(world, Campaign) == 0


async def test_opening_takes_everybody_in_and_invites_who_has_joined(world: World) -> None:
    joined = await world.join(world.everybody[0])
    await world.join(world.everybody[1], consent=False)
    campaign = await world.open()
    assert await count(world, Participation, Participation.campaign_id == campaign) == PEOPLE
    async with world.db.read() as session:
        invited = list(await session.execute(select(Delivery.account_id, Delivery.kind, Delivery.subject)))
    assert [tuple(one) for one in invited] == [(joined, INVITATION, campaign)]


async def test_who_consents_later_is_invited_then(world: World) -> None:
    campaign = await world.open()
    done = await world.open(title="Уже отвечена")
    teacher = world.everybody[0]
    await world.set_state(done, teacher, ParticipationState.SUBMITTED)
    account = await world.join(teacher)
    async with world.db.write() as session:
        assert await invite_joined(session, world.clock, account, teacher) == 1
        assert await invite_joined(session, world.clock, account, teacher) == 0
    assert await count(world, Delivery, Delivery.subject == campaign, Delivery.account_id == account) == 1


async def test_opening_twice_invites_nobody_twice(world: World) -> None:
    await world.join(world.everybody[0])
    campaign = await world.open()
    assert await actions.open_now(world.db, world.clock, world.methodist, campaign) == PEOPLE
    assert await count(world, Delivery) == 1
    assert await count(world, AuditEntry, AuditEntry.action == "campaign.opened") == 1


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (Audience(), PEOPLE),
        (Audience(kinds=frozenset({OrganisationKind.PRESCHOOL})), 22),
        (Audience(position_groups=frozenset({PositionGroup.MANAGER})), 3),
        (Audience(management=True), 3),
        (Audience(management=False), PEOPLE - 3),
        (Audience(young_only=True), 3),
        (Audience(young_only=True, kinds=frozenset({OrganisationKind.SCHOOL})), 2),
    ],
)
async def test_the_audience_is_who_is_asked(world: World, audience: Audience, people: int) -> None:
    campaign = await world.open(audience=Audience.from_json(audience.to_json()))
    assert await count(world, Participation, Participation.campaign_id == campaign) == people


async def test_an_audience_of_nobody_does_not_open(world: World) -> None:
    audience = Audience(kinds=frozenset({OrganisationKind.SUPPLEMENTARY}))
    campaign = await world.create(audience=audience)
    with pytest.raises(AppError, match=r"campaign\.nobody"):
        await actions.open_now(world.db, world.clock, world.methodist, campaign)
    assert await state(world, campaign) == CampaignState.DRAFT


async def test_an_anonymous_survey_needs_somebody_to_turn_to(world: World) -> None:
    campaign = await world.create("burnout", options={})
    for attempt in (actions.open_now, actions.schedule):
        with pytest.raises(AppError, match=r"campaign\.help_contact_missing"):
            await attempt(world.db, world.clock, world.methodist, campaign)
    async with world.db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {**town.settings, "help_contact": "психолог центра"}
    await actions.open_now(world.db, world.clock, world.methodist, campaign)
    async with world.db.read() as session:
        assert (await queries.detail(session, world.methodist, campaign)).help_contact == "психолог центра"
        assert (await session.get_one(Campaign, campaign)).options["help_contact"] == "психолог центра"


async def test_k_is_the_stricter_of_survey_and_municipality(world: World) -> None:
    async with world.db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {"disclosure": {"burnout": 3, "default": 3}}
    campaign = await world.create("burnout")
    async with world.db.read() as session:
        assert (await session.get_one(Campaign, campaign)).k == 10


async def test_strangers_may_neither_see_nor_change_it(world: World) -> None:
    campaign = await world.open()
    for actor in (world.stranger, world.coordinator("school-1")):
        with pytest.raises(NotFound):
            await actions.close(world.db, world.clock, actor, campaign, SEALER)
        with pytest.raises(NotFound):
            await actions.extend(world.db, world.clock, actor, campaign, world.clock.now() + timedelta(days=30))
    async with world.db.read() as session:
        assert await queries.listing(session, world.stranger) == []
        with pytest.raises(NotFound):
            await queries.rates(session, world.stranger, campaign)


async def test_a_coordinator_sees_only_the_own_organisation(world: World) -> None:
    campaign = await world.open()
    draft = await world.create(title="Черновик")
    coordinator = world.coordinator("school-2")
    async with world.db.read() as session:
        (row,) = await queries.listing(session, coordinator)
        (rate,) = await queries.rates(session, coordinator, campaign)
        waiting = await queries.waiting(session, coordinator, campaign)
        with pytest.raises(NotFound):
            await queries.detail(session, coordinator, draft)
        assert len(await queries.listing(session, world.methodist)) == 2
    assert (row.id, row.invited) == (campaign, SIZES["school-2"])
    assert rate.organisation_id == world.organisations["school-2"]
    assert {one.organisation_id for one in waiting} == {world.organisations["school-2"]}


async def test_rates_and_who_is_still_waited_for(world: World) -> None:
    first, second, third, fourth = world.teachers["school-1"][:4]
    await world.join(first)
    await world.join(second, unreachable="blocked")
    await world.join(third, consent=False)
    campaign = await world.open()
    await world.set_state(campaign, first, ParticipationState.SUBMITTED)
    await world.set_state(campaign, fourth, ParticipationState.BEGUN)
    async with world.db.read() as session:
        rates = await queries.rates(session, world.methodist, campaign)
        waiting = {one.teacher_id: one for one in await queries.waiting(session, world.methodist, campaign)}
    assert rates[0].rate == Rate(invited=24, joined=2, begun=1, submitted=1, unreachable=1)
    assert (rates[0].rate.not_joined, rates[0].rate.not_begun) == (22, 22)
    assert queries.total(rates).invited == PEOPLE
    assert first not in waiting
    assert waiting[second].reach is Reach.UNREACHABLE
    assert waiting[third].reach is Reach.NOT_JOINED
    assert waiting[fourth].state is ParticipationState.BEGUN


async def test_who_left_without_answering_is_not_waited_for(world: World) -> None:
    gone, answered = world.teachers["school-2"][:2]
    campaign = await world.open()
    await world.set_state(campaign, answered, ParticipationState.SUBMITTED)
    await archive(world, gone)
    await archive(world, answered)
    async with world.db.read() as session:
        rates = {one.name: one.rate for one in await queries.rates(session, world.methodist, campaign)}
    assert (rates["school-2"].invited, rates["school-2"].submitted) == (11, 1)


async def test_the_clock_opens_and_closes(world: World) -> None:
    tomorrow = world.clock.now() + timedelta(days=1)
    campaign = await world.create(opens_at=tomorrow, closes_at=tomorrow + timedelta(days=7))
    draft = await world.create(title="Никто не просил открывать")
    await actions.schedule(world.db, world.clock, world.methodist, campaign)
    assert await actions.open_due(world.db, world.clock) == []
    world.clock.advance(days=1)
    assert await actions.open_due(world.db, world.clock) == [campaign]
    assert await actions.open_due(world.db, world.clock) == []
    world.clock.advance(days=7)
    assert await actions.close_due(world.db, world.clock, SEALER) == [campaign]
    assert await actions.close_due(world.db, world.clock, SEALER) == []
    assert [await state(world, one) for one in (campaign, draft)] == ["closed", "draft"]


async def test_extending_postpones_the_end_and_a_closed_one_stays_closed(world: World) -> None:
    campaign = await world.open()
    later = world.clock.now() + timedelta(days=30)
    await actions.extend(world.db, world.clock, world.methodist, campaign, later)
    world.clock.advance(days=15)
    assert await actions.close_due(world.db, world.clock, SEALER) == []
    await world.close(campaign)
    with pytest.raises(AppError, match=r"campaign\.closed"):
        await actions.extend(world.db, world.clock, world.methodist, campaign, later)
    with pytest.raises(AppError, match=r"campaign\.closed"):
        await actions.open_now(world.db, world.clock, world.methodist, campaign)


async def test_closing_twice_is_harmless_and_a_draft_cannot_be_closed(world: World) -> None:
    campaign = await world.open()
    await world.close(campaign)
    world.clock.advance(days=1)
    await world.close(campaign)
    assert await count(world, AuditEntry, AuditEntry.action == "campaign.closed") == 1
    with pytest.raises(AppError, match=r"campaign\.not_open"):
        await world.close(await world.create())


async def test_closing_calls_back_invitations_that_have_not_gone_out(world: World) -> None:
    await world.join(world.everybody[0])
    campaign = await world.open()
    await world.close(campaign)
    async with world.db.read() as session:
        assert list(await session.scalars(select(Delivery.state))) == ["cancelled"]


async def test_an_anonymous_one_keeps_only_its_release(world: World) -> None:
    campaign = await world.open("burnout")
    for number, teacher in enumerate(world.everybody):
        await world.cast(campaign, teacher, work_scale=25.0 * (number % 4))
    async with world.db.write() as session:
        version = (await session.get_one(Campaign, campaign)).survey_version_id
        session.add(
            Response(
                campaign_id=campaign,
                teacher_id=world.everybody[0],
                survey_version_id=version,
                state="draft",
                started_at=world.clock.now(),
            )
        )
    await world.close(campaign)
    assert await count(world, Ballot) == 0
    assert await count(world, Response) == 0, "a draft that was never sent names its author"
    async with world.db.read() as session:
        cells = list(await session.scalars(select(ReleaseCell).where(ReleaseCell.measure == "scale:work_scale")))
        detail = await queries.detail(session, world.methodist, campaign)
    assert ("municipality", "all", PEOPLE, 36.6) in {(one.cut, one.group, one.n, one.value) for one in cells}
    assert all(one.n >= 10 for one in cells)
    assert detail.has_release


async def test_a_wrong_key_erases_nothing(world: World) -> None:
    campaign = await world.open("burnout")
    for teacher in world.everybody:
        await world.cast(campaign, teacher, work_scale=50.0)
    with pytest.raises(AppError, match=r"sealing\.wrong_key"):
        await actions.close(world.db, world.clock, world.methodist, campaign, Sealer("another secret"))
    assert await count(world, Ballot) == PEOPLE
    assert await state(world, campaign) == CampaignState.OPEN
    world.clock.advance(days=20)
    assert await actions.close_due(world.db, world.clock, Sealer("another secret")) == []
    assert await count(world, ReleaseCell) == 0


async def test_clusters_are_fixed_when_it_opens(world: World) -> None:
    campaign = await world.open("burnout")
    async with world.db.read() as session:
        clusters = (await queries.detail(session, world.methodist, campaign)).clusters
    ids = world.organisations
    assert clusters == {
        "preschool-1": (ids["kindergarten"],),
        "school-1": (ids["school-1"], ids["school-2"]),
    }


async def test_how_many_minutes_people_have_been_asked_this_year(world: World) -> None:
    await world.open("burnout", audience=Audience(kinds=frozenset({OrganisationKind.PRESCHOOL})))
    async with world.db.read() as session:
        schools = Audience(kinds=frozenset({OrganisationKind.SCHOOL}))
        assert (await planning.burden(session, world.clock, world.methodist, world.whom(schools))).most == 0
        whole = await planning.burden(session, world.clock, world.methodist, world.whom(), 10)
    assert (whole.most, whole.most_with, whole.people) == (4, 14, PEOPLE)
    assert whole.average == pytest.approx(4 * 22 / PEOPLE)
    assert whole.average_with == pytest.approx(10 + 4 * 22 / PEOPLE)
    world.clock.advance(days=60)
    async with world.db.read() as session:
        assert (await planning.burden(session, world.clock, world.methodist, world.whom())).most == 0
        with pytest.raises(NotFound):
            await planning.burden(session, world.clock, world.stranger, world.whom())


async def test_surveys_to_choose_from(world: World) -> None:
    async with world.db.read() as session:
        choices = {one.code: one for one in await planning.survey_choices(session, world.town)}
    assert choices["burnout"].needs_help_contact
    assert not choices["deficits"].needs_help_contact
    assert [name for name, _, _ in choices["burnout"].options] == ["personal_scale"]


async def test_the_same_on_both_databases(db: Database, clock: SetClock) -> None:
    """The whole way once on PostgreSQL, too."""
    world = await build_world(db, clock)
    await world.join(world.everybody[0])
    campaign = await world.open("burnout", audience=Audience(young_only=False, management=False))
    for number, teacher in enumerate(one for group in world.teachers.values() for one in group[1:]):
        await world.cast(campaign, teacher, work_scale=25.0 * (number % 4))
    async with db.read() as session:
        rates = await queries.rates(session, world.methodist, campaign)
        await planning.burden(session, clock, world.methodist, world.whom(Audience(young_only=True)), 5)
        assert len(await queries.waiting(session, world.methodist, campaign)) == 0
    assert queries.total(rates).submitted == PEOPLE - 3
    await world.close(campaign)
    assert await count(world, ReleaseCell) > 0


async def test_invitations_of_the_evening_wait_for_the_morning_but_not_for_whoever_joins_then(either: World) -> None:
    either.clock.moment = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    morning = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    first = await either.join(either.everybody[1])
    campaign = await either.open()
    second = await either.join(either.everybody[2])
    async with either.db.write() as session:
        assert await first_invitation(session, either.clock.now(), campaign) == morning
        await invite_joined(session, either.clock, second, either.everybody[2])
    async with either.db.read() as session:
        rows = await session.execute(select(Delivery.account_id, Delivery.not_before, Delivery.urgent))
        assert {account: found for account, *found in rows} == {
            first: [morning, False],
            second: [either.clock.now(), True],
        }
