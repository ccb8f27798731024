"""From a workbook that was read to a municipality's own version: whose it is, what is promised, what is noted."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

import pytest
from sqlalchemy import select

from core.authoring import actions, queries, rules
from core.authoring.model import About, DraftView, NewDraft, Origin, VersionView
from core.campaigns import actions as campaigns
from core.campaigns.model import ParticipationState
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from core.surveys.reading import Problem
from storage.models import AuditEntry, Campaign, Municipality, SurveyDraft
from tests.campaigns.world import World
from tests.surveys.samples import catalogue, sample

NOTICE = Problem("лист survey, строка 3", "подсказка длиннее, чем помещается на экран")


async def upload(world: World, definition: SurveyDefinition | None = None, actor: Actor | None = None) -> int:
    who = actor or world.methodist
    town = next(iter(who.municipalities), world.town)
    new = NewDraft(definition or sample(), "проба.xlsx", (NOTICE,), ("ru", "en"), "ru")
    return await actions.upload(world.db, world.clock, who, town, new)


async def draft(world: World, draft_id: int) -> DraftView:
    async with world.db.read() as session:
        return await queries.draft(session, world.methodist, draft_id)


async def publish(world: World, draft_id: int, version: str = "1", seen: str | None = None) -> str:
    seen = (await draft(world, draft_id)).seen if seen is None else seen
    world.clock.advance(minutes=1)
    return await actions.publish(world.db, world.clock, world.methodist, draft_id, version, seen)


async def versions(world: World, code: str, actor: Actor | None = None) -> list[VersionView]:
    who = actor or world.methodist
    async with world.db.read() as session:
        return await queries.versions(session, who, next(iter(who.municipalities)), code)


async def refused(work: Awaitable[object]) -> str:
    with pytest.raises(AppError) as caught:
        await work
    return caught.value.key


async def noted(world: World) -> list[tuple[str, str | None]]:
    async with world.db.read() as session:
        rows = await session.execute(
            select(AuditEntry.action, AuditEntry.subject)
            .where(AuditEntry.action.like("survey.%"))
            .order_by(AuditEntry.id)
        )
        return [(action, subject) for action, subject in rows]


async def test_a_draft_comes_back_as_it_was_uploaded(either: World) -> None:
    found = await draft(either, await upload(either))
    assert found.definition == sample()
    assert (found.file_name, found.notices) == ("проба.xlsx", (NOTICE,))
    assert (found.languages, found.language) == (("ru", "en"), "ru")
    assert found.uploaded_at == either.clock.now()


async def test_a_draft_becomes_a_version_and_is_gone(either: World) -> None:
    draft_id = await upload(either)
    assert await publish(either, draft_id, "осень") == "sample"
    (version,) = await versions(either, "sample")
    assert version.own
    assert version.definition == replace(sample(), version="осень")
    assert await refused(publish(either, draft_id, seen="")) == "not_found"
    assert await noted(either) == [("survey.uploaded", "survey:sample"), ("survey.published", "survey:sample")]


async def test_of_two_presses_at_once_one_publishes(either: World) -> None:
    draft_id = await upload(either)
    seen = (await draft(either, draft_id)).seen
    both = await asyncio.gather(*(publish(either, draft_id, "1", seen) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in both) == ["NotFound", "str"]
    assert len(await versions(either, "sample")) == 1


async def test_a_draft_that_changed_meanwhile_is_not_published(world: World) -> None:
    draft_id = await upload(world)
    seen = (await draft(world, draft_id)).seen
    await actions.announce(
        world.db, world.clock, world.methodist, draft_id, replace(rules.about_of(sample()), title="Иначе")
    )
    assert await refused(publish(world, draft_id, seen=seen)) == "authoring.draft_changed"
    assert await publish(world, draft_id) == "sample"


async def test_another_file_takes_the_place_of_the_first(world: World) -> None:
    draft_id = await upload(world)
    new = NewDraft(replace(sample(), title="Другая"), "я" * 300 + ".xlsx")
    await actions.upload_again(world.db, world.clock, world.methodist, draft_id, new)
    found = await draft(world, draft_id)
    assert (found.definition.title, len(found.file_name), found.notices, found.languages) == ("Другая", 200, (), ())


async def test_a_discarded_draft_leaves_a_note_only(world: World) -> None:
    draft_id = await upload(world)
    await actions.discard(world.db, world.clock, world.methodist, draft_id)
    assert await refused(actions.discard(world.db, world.clock, world.methodist, draft_id)) == "not_found"
    async with world.db.read() as session:
        assert (await session.scalars(select(SurveyDraft.id))).all() == []
    assert (await noted(world))[-1] == ("survey.discarded", "survey:sample")


async def test_nobody_else_reaches_a_draft(world: World) -> None:
    draft_id = await upload(world)
    new, about = NewDraft(sample(), "x.xlsx"), rules.about_of(sample())
    for actor in (world.stranger, world.coordinator("school-1")):
        assert await refused(actions.upload(world.db, world.clock, actor, world.town, new)) == "not_found"
        assert await refused(actions.upload_again(world.db, world.clock, actor, draft_id, new)) == "not_found"
        assert await refused(actions.announce(world.db, world.clock, actor, draft_id, about)) == "not_found"
        assert await refused(actions.publish(world.db, world.clock, actor, draft_id, "1", "")) == "not_found"
        assert await refused(actions.discard(world.db, world.clock, actor, draft_id)) == "not_found"
        async with world.db.read() as session:
            with pytest.raises(NotFound):
                await queries.draft(session, actor, draft_id)
            with pytest.raises(NotFound):
                await queries.drafts(session, actor, world.town)
            with pytest.raises(NotFound):
                await queries.listing(session, actor, world.town)
    assert (await draft(world, draft_id)).definition == sample()


async def test_two_municipalities_never_see_each_others_versions(either: World) -> None:
    await publish(either, await upload(either))
    with pytest.raises(NotFound):
        await versions(either, "sample", either.stranger)
    theirs = await upload(either, replace(sample(), title="Чужая"), either.stranger)
    async with either.db.read() as session:
        seen = (await queries.draft(session, either.stranger, theirs)).seen
    await actions.publish(either.db, either.clock, either.stranger, theirs, "1", seen)
    assert [one.definition.title for one in await versions(either, "sample", either.stranger)] == ["Чужая"]
    assert [one.definition.title for one in await versions(either, "sample")] == ["Проба"]


async def test_the_listing_says_whose_a_survey_is(world: World) -> None:
    await publish(world, await upload(world))
    await publish(world, await upload(world, catalogue("deficits.yaml")), "свой")
    async with world.db.read() as session:
        listed = await queries.listing(session, world.methodist, world.town)
        theirs = await queries.listing(session, world.stranger, world.other_town)
    assert {one.current.definition.code: (one.origin, one.versions) for one in listed} == {
        "burnout": (Origin.BUILT_IN, 1),
        "deficits": (Origin.CHANGED, 2),
        "sample": (Origin.OWN, 1),
    }
    assert {one.current.definition.code: one.origin for one in theirs} == dict.fromkeys(
        ("burnout", "deficits"), Origin.BUILT_IN
    )


async def test_a_version_is_not_published_twice(world: World) -> None:
    await publish(world, await upload(world))
    again = await upload(world, replace(sample(), title="Другая"))
    assert await refused(publish(world, again)) == "authoring.version_taken"
    assert await publish(world, again, "2") == "sample"
    assert [one.definition.version for one in await versions(world, "sample")] == ["2", "1"]


async def test_a_campaign_keeps_its_version(world: World) -> None:
    before = await world.create("deficits")
    await publish(world, await upload(world, replace(catalogue("deficits.yaml"), title="Своя")), "своя")
    after = await world.create("deficits")
    own, built_in = await versions(world, "deficits")
    async with world.db.read() as session:
        assert (await session.get_one(Campaign, before)).survey_version_id == built_in.id
        assert (await session.get_one(Campaign, after)).survey_version_id == own.id


@pytest.mark.parametrize("state", [ParticipationState.BEGUN, ParticipationState.SUBMITTED])
async def test_what_was_promised_to_those_who_answered_is_kept(world: World, state: ParticipationState) -> None:
    """SPEC §3: shown before the first question and never loosened afterwards."""
    campaign = await world.open("burnout")
    loose = await upload(world, replace(catalogue("burnout.yaml"), privacy=SurveyPrivacy.CONFIDENTIAL))
    await world.set_state(campaign, world.everybody[0], state)
    assert await refused(publish(world, loose, "2")) == "authoring.privacy_loosened"
    about = replace(rules.about_of(catalogue("burnout.yaml")), code="burnout_open", privacy=SurveyPrivacy.NAMED)
    await actions.announce(world.db, world.clock, world.methodist, loose, about)
    assert await publish(world, loose, "2") == "burnout_open"


async def test_a_promise_nobody_has_relied_on_may_change(world: World) -> None:
    campaign = await world.create("burnout")
    loose = await upload(world, replace(catalogue("burnout.yaml"), privacy=SurveyPrivacy.CONFIDENTIAL))
    assert await publish(world, loose, "2") == "burnout"
    await campaigns.discard(world.db, world.clock, world.methodist, campaign)


async def test_privacy_may_become_stricter(world: World) -> None:
    campaign = await world.open("deficits")
    await world.set_state(campaign, world.everybody[0], ParticipationState.SUBMITTED)
    strict = await upload(world, replace(catalogue("deficits.yaml"), privacy=SurveyPrivacy.ANONYMOUS))
    assert await publish(world, strict, "своя") == "deficits"


async def test_answers_of_another_municipality_bind_nobody_here(world: World) -> None:
    campaign = await world.open("burnout")
    await world.set_state(campaign, world.everybody[0], ParticipationState.SUBMITTED)
    loose = replace(catalogue("burnout.yaml"), privacy=SurveyPrivacy.NAMED)
    theirs = await upload(world, loose, world.stranger)
    async with world.db.read() as session:
        seen = (await queries.draft(session, world.stranger, theirs)).seen
    assert await actions.publish(world.db, world.clock, world.stranger, theirs, "2", seen) == "burnout"


async def test_an_announcement_that_is_unsound_changes_nothing(world: World) -> None:
    draft_id = await upload(world)
    about: About = replace(rules.about_of(sample()), k=2)
    changed = actions.announce(world.db, world.clock, world.methodist, draft_id, about)
    assert await refused(changed) == "authoring.k_unsound"
    assert (await draft(world, draft_id)).definition == sample()


async def test_levels_must_fit_the_thresholds_of_the_municipality(world: World) -> None:
    async with world.db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {"deficit_bands": {"minimal": 80}}
    draft_id = await upload(world, catalogue("deficits.yaml"))
    assert await refused(publish(world, draft_id, "своя")) == "authoring.levels_unsound"
