"""Waves of one survey, own versions, and what can be done with a campaign that has not opened yet."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.audiences.model import Audience
from core.campaigns import actions, planning, queries
from core.campaigns.model import HELP_CONTACT, CampaignRow, CampaignState, NewCampaign, ParticipationState
from core.errors import AppError, NotFound
from core.people.model import OrganisationKind
from core.surveys.loading import parse_definition
from core.surveys.publishing import publish_version
from storage.models import Answer, AuditEntry, Campaign, Response, SurveyVersion
from tests.campaigns.world import CATALOGUE, World, archive


async def rows(world: World) -> dict[int, CampaignRow]:
    async with world.db.read() as session:
        return {one.id: one for one in await queries.listing(session, world.methodist)}


async def own_version(world: World, town: int, version: str = "своя") -> int:
    """The deficits survey once more, as this municipality's own version."""
    file = CATALOGUE / "deficits.yaml"
    definition = parse_definition(file.read_text(encoding="utf-8"), file.name)
    async with world.db.write() as session:
        return await publish_version(session, world.clock, replace(definition, version=version), town)


async def version_of(world: World, campaign: int) -> int:
    async with world.db.read() as session:
        return (await session.get_one(Campaign, campaign)).survey_version_id


async def test_campaigns_of_one_survey_are_waves_in_the_order_of_their_opening(world: World) -> None:
    first = await world.open(title="Весна")
    for teacher in world.everybody[:29]:
        await world.set_state(first, teacher, ParticipationState.SUBMITTED)
    other = await world.open("burnout")
    draft = await world.create(title="Черновик")
    world.clock.advance(days=1)
    second = await world.open(title="Осень")
    found = await rows(world)
    assert {one: found[one].wave for one in found} == {first: 1, other: 1, draft: 3, second: 2}
    assert found[first].previous is None
    previous = found[second].previous
    assert previous is not None
    assert (previous.id, previous.title, previous.share) == (first, "Весна", 50)
    before_draft = found[draft].previous
    assert before_draft is not None
    assert before_draft.id == second
    async with world.db.read() as session:
        assert (await queries.detail(session, world.methodist, second)).row == found[second]


async def test_a_coordinator_compares_only_the_own_organisation(world: World) -> None:
    first = await world.open()
    for teacher in world.teachers["school-2"][:3]:
        await world.set_state(first, teacher, ParticipationState.SUBMITTED)
    world.clock.advance(days=1)
    second = await world.open()
    async with world.db.read() as session:
        row = (await queries.detail(session, world.coordinator("school-2"), second)).row
    assert row.previous is not None
    assert row.previous.share == 25


async def test_the_newest_version_within_reach_is_offered_and_a_campaign_keeps_its_own(either: World) -> None:
    old = await either.create()
    either.clock.advance(minutes=1)
    foreign = await own_version(either, either.other_town, "чужая")
    own = await own_version(either, either.town)
    new = await either.create()
    await either.change(old, title="Переименована")
    assert (await version_of(either, new), await version_of(either, old) == own) == (own, False)
    with pytest.raises(AppError, match=r"campaign\.unknown_survey"):
        await either.create(survey_version_id=foreign)
    async with either.db.read() as session:
        choices = {one.code: one for one in await planning.survey_choices(session, either.town)}
        theirs = {one.code: one for one in await planning.survey_choices(session, either.other_town)}
        with pytest.raises(NotFound):
            await planning.survey_choice(session, either.town, foreign)
    assert (choices["deficits"].version_id, choices["deficits"].own, choices["burnout"].own) == (own, True, False)
    assert theirs["deficits"].version_id == foreign
    named = await either.create(survey_version_id=await version_of(either, old))
    assert await version_of(either, named) == await version_of(either, old)


async def test_a_version_of_another_survey_is_refused(world: World) -> None:
    async with world.db.read() as session:
        burnout = await session.scalar(select(SurveyVersion.id).where(SurveyVersion.privacy == "anonymous"))
    with pytest.raises(AppError, match=r"campaign\.unknown_survey"):
        await world.create("deficits", survey_version_id=burnout)


async def test_a_draft_can_be_changed_as_a_whole(world: World) -> None:
    campaign = await world.create()
    schools = Audience(kinds=frozenset({OrganisationKind.SCHOOL}))
    ends = world.clock.now() + timedelta(days=3)
    await world.change(campaign, title="Другое", audience=schools, closes_at=ends)
    async with world.db.read() as session:
        row = await session.get_one(Campaign, campaign)
        assert (row.title, row.audience, row.closes_at) == ("Другое", {"kinds": ["school"]}, ends)
        assert await session.scalar(select(func.count()).where(AuditEntry.action == "campaign.changed")) == 1


async def test_a_scheduled_one_can_be_changed_but_must_still_be_able_to_open(world: World) -> None:
    campaign = await world.create("burnout", opens_at=world.clock.now() + timedelta(days=1))
    await actions.schedule(world.db, world.clock, world.methodist, campaign)
    with pytest.raises(AppError, match=r"campaign\.help_contact_missing"):
        await world.change(campaign, survey="burnout", options={})
    await world.change(campaign, survey="burnout", title="Новое")
    assert (await rows(world))[campaign].state is CampaignState.SCHEDULED


async def test_a_scheduled_one_becomes_a_draft_again(world: World) -> None:
    campaign = await world.create(opens_at=world.clock.now() + timedelta(days=1))
    await actions.schedule(world.db, world.clock, world.methodist, campaign)
    for _ in range(2):
        await actions.unschedule(world.db, world.clock, world.methodist, campaign)
    world.clock.advance(days=2)
    assert await actions.open_due(world.db, world.clock) == []
    assert (await rows(world))[campaign].state is CampaignState.DRAFT


async def test_a_draft_can_be_deleted_and_is_gone(world: World) -> None:
    campaign = await world.create()
    await actions.discard(world.db, world.clock, world.methodist, campaign)
    assert await rows(world) == {}
    with pytest.raises(NotFound):
        await actions.discard(world.db, world.clock, world.methodist, campaign)


async def test_what_has_opened_can_be_neither_changed_nor_deleted(world: World) -> None:
    campaign = await world.open()
    for refused in (
        world.change(campaign),
        actions.discard(world.db, world.clock, world.methodist, campaign),
        actions.unschedule(world.db, world.clock, world.methodist, campaign),
    ):
        with pytest.raises(AppError, match=r"campaign\.already_opened"):
            await refused


async def test_a_stranger_changes_nothing(world: World) -> None:
    campaign = await world.create()
    new: NewCampaign = world.new(municipality_id=world.other_town)
    for refused in (
        actions.change(world.db, world.clock, world.stranger, campaign, new),
        actions.discard(world.db, world.clock, world.stranger, campaign),
        actions.unschedule(world.db, world.clock, world.stranger, campaign),
    ):
        with pytest.raises(NotFound):
            await refused
    assert (await rows(world))[campaign].title == "Волна deficits"


async def test_closing_erases_what_was_begun_and_keeps_what_was_sent(either: World) -> None:
    campaign = await either.open()
    first, second = either.teachers["school-1"][:2]
    await either.answer_named(campaign, first, {"ict_search": 2})
    await either.answer_named(campaign, second, {"ict_search": 3})
    async with either.db.write() as session:
        draft = await session.scalar(select(Response).where(Response.teacher_id == second))
        assert draft is not None
        draft.state = "draft"
    await either.close(campaign)
    async with either.db.read() as session:
        assert list(await session.scalars(select(Response.teacher_id))) == [first]
        assert await session.scalar(select(func.count()).select_from(Answer)) == 1


async def test_who_left_is_out_of_the_numbers_of_the_list_too(world: World) -> None:
    campaign = await world.open()
    await archive(world, world.teachers["school-2"][1])
    assert (await rows(world))[campaign].invited == len(world.everybody) - 1


async def test_a_newer_built_in_version_does_not_push_aside_the_own_one(world: World) -> None:
    own = await own_version(world, world.town, "своя")
    world.clock.advance(days=1)
    async with world.db.write() as session:
        built_in = await session.scalar(select(SurveyVersion).where(SurveyVersion.privacy == "named").limit(1))
        assert built_in is not None
        newer = SurveyVersion(
            survey_id=built_in.survey_id,
            version="77",
            privacy=built_in.privacy,
            definition=built_in.definition,
            checksum=built_in.checksum,
            published_at=world.clock.now(),
        )
        session.add(newer)
    assert await version_of(world, await world.create()) == own


async def test_a_looser_version_is_not_opened_after_a_stricter_one_was_answered(world: World) -> None:
    """SPEC §3: never loosened afterwards; also when the looser one was published before anybody had answered."""
    loose = await own_version(world, world.town, "своя")
    waiting = await world.create(survey_version_id=loose)
    async with world.db.write() as session:
        row = await session.get_one(SurveyVersion, loose)
        strict = SurveyVersion(
            survey_id=row.survey_id,
            municipality_id=world.town,
            version="строже",
            privacy="anonymous",
            definition=row.definition.replace('"privacy":"named"', '"privacy":"anonymous"'),
            checksum="0" * 64,
            published_at=world.clock.now(),
        )
        session.add(strict)
        await session.flush()
        strict_id = strict.id
    answered = await world.open(survey_version_id=strict_id, options={HELP_CONTACT: "психолог"})
    await world.set_state(answered, world.teachers["school-2"][0], ParticipationState.BEGUN)
    with pytest.raises(AppError, match=r"campaign\.privacy_loosened"):
        await actions.open_now(world.db, world.clock, world.methodist, waiting)
