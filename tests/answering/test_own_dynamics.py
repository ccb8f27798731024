"""What a person's scales came to last time, and the average that may stand beside them."""

from dataclasses import replace

import pytest

from core.campaigns.model import CampaignState, ParticipationState
from core.people.model import Actor
from core.releases.model import ALL, Cut
from core.releases.queries import released
from core.sealing import Sealer
from core.surveys import actions, results
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from core.surveys.steps import Ask, Finished
from storage.models import Campaign, Participation, ReleaseCell
from storage.session import Database
from tests.answering.world import CATALOGUE, World, campaign_of, make_world, walk_to_summary
from tests.clocks import SetClock


@pytest.fixture
async def world(db: Database, clock: SetClock) -> World:
    return await make_world(db, clock)


def deficits(privacy: SurveyPrivacy = SurveyPrivacy.NAMED) -> SurveyDefinition:
    definition = parse_definition((CATALOGUE / "deficits.yaml").read_text(encoding="utf-8"), "deficits.yaml")
    return definition if privacy is definition.privacy else replace(definition, privacy=privacy, code="trusted")


async def wave(db: Database, clock: SetClock, world: World, definition: SurveyDefinition) -> int:
    """Another campaign of the survey, to which both teachers are asked."""
    campaign = await campaign_of(db, clock, world, definition)
    async with db.write() as session:
        session.add_all(
            Participation(campaign_id=campaign, teacher_id=one.teacher_id, state=ParticipationState.INVITED)
            for one in world.teachers
        )
    return campaign


async def answered(db: Database, clock: SetClock, actor: Actor, campaign: int) -> Finished:
    summary = await walk_to_summary(db, clock, actor, campaign)
    done = await actions.submit(db, clock, actor, summary.place, Sealer("s"))
    clock.advance(days=1)
    return done


def values(done: Finished) -> dict[str, float]:
    return {one.name: one.value for one in done.scores if one.value is not None}


async def test_the_last_time_stands_beside_and_not_another_persons(db: Database, clock: SetClock, world: World) -> None:
    first, second = world.teachers
    before = await answered(db, clock, first, world.deficits)
    assert before.previous == {}
    again = await wave(db, clock, world, deficits())
    assert (await answered(db, clock, second, again)).previous == {}
    now = await answered(db, clock, first, again)
    assert now.previous == values(before)
    async with db.read() as session:
        assert (await results.own(session, first, Ask(world.deficits))).previous == {}
        assert (await results.own(session, first, Ask(again))).previous == values(before)


async def test_another_survey_is_no_last_time(db: Database, clock: SetClock, world: World) -> None:
    first = world.teachers[0]
    await answered(db, clock, first, world.deficits)
    other = await wave(db, clock, world, deficits(SurveyPrivacy.CONFIDENTIAL))
    assert (await answered(db, clock, first, other)).previous == {}


async def test_nothing_stands_beside_an_anonymous_survey(db: Database, clock: SetClock, world: World) -> None:
    done = await answered(db, clock, world.teachers[0], world.burnout)
    assert (done.previous, done.averages) == ({}, {})


async def test_a_confidential_survey_shows_the_last_closed_wave(db: Database, clock: SetClock, world: World) -> None:
    definition = deficits(SurveyPrivacy.CONFIDENTIAL)
    old = await wave(db, clock, world, definition)
    async with db.write() as session:
        campaign = await session.get_one(Campaign, old)
        campaign.state, campaign.closed_at, campaign.k = CampaignState.CLOSED, clock.now(), 3
        session.add_all(
            ReleaseCell(campaign_id=old, cut=cut, group=group, measure="scale:methodical_area", n=9, value=value)
            for cut, group, value in ((Cut.MUNICIPALITY, ALL, 40.0), (Cut.KIND, "school", 70.0))
        )
    async with db.read() as session:
        assert len(await released(session, old)) == 2
    done = await answered(db, clock, world.teachers[0], await wave(db, clock, world, definition))
    assert done.averages == {"methodical_area": 40.0}


async def test_before_the_first_closed_wave_nothing_is_published(db: Database, clock: SetClock, world: World) -> None:
    open_wave = await wave(db, clock, world, deficits(SurveyPrivacy.CONFIDENTIAL))
    async with db.write() as session:
        (await session.get_one(Campaign, open_wave)).k = 1
    done = await answered(db, clock, world.teachers[0], open_wave)
    assert done.averages == {}
