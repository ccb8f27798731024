"""An announcement goes to those it is meant for: once, whole, as it was confirmed."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from core.announcements import actions, publishing, queries
from core.announcements.model import (
    CAPTION_LENGTH,
    PREVIEW,
    STATUS,
    TEXT_LENGTH,
    AnnouncementState,
    AttachmentKind,
    Category,
    Counts,
    NewAttachment,
)
from core.audiences.model import Audience
from core.errors import AppError, NotFound
from core.outgoing import actions as outgoing
from tests.announcements.office import Office

DOCUMENT = NewAttachment(AttachmentKind.DOCUMENT, "программа.pdf", "application/pdf", b"%PDF-1.7")


async def test_everybody_of_the_audience_who_has_joined_gets_one_message(either: Office) -> None:
    joined = await either.join(3)
    blocked = await either.world.join(either.world.everybody[3], unreachable="blocked")
    await either.world.join(either.world.everybody[4], consent=False)
    announcement = await either.create()

    assert await actions.publish(*either.tools, announcement, revision=1) == 4

    rows = await either.deliveries(announcement)
    assert [one.account_id for one in rows] == [*joined, blocked]
    assert {(one.state, one.slot, one.not_before) for one in rows} == {("queued", "", either.clock.now())}
    found = await either.detail(announcement)
    assert (found.row.state, found.recipients, found.row.counts) == (AnnouncementState.SENDING, 4, Counts(waiting=4))
    assert await either.audit(announcement) == ["announcement.created", "announcement.published"]


async def test_the_audience_chooses(either: Office) -> None:
    await either.join(30)
    school = either.world.organisations["school-2"]
    announcement = await either.publish(audience=Audience(organisations=frozenset({school})))
    assert len(await either.deliveries(announcement)) == 6


async def test_a_second_press_changes_nothing(either: Office) -> None:
    await either.join(2)
    announcement = await either.publish()
    await either.world.join(either.world.everybody[5])
    assert await actions.publish(*either.tools, announcement, revision=1) == 2
    assert len(await either.deliveries(announcement)) == 2
    assert (await either.audit(announcement)).count("announcement.published") == 1


async def test_two_methodists_press_at_the_same_moment(either: Office) -> None:
    await either.join(5)
    announcement = await either.create()
    colleague = await either.colleague()
    people = await asyncio.gather(
        *(
            actions.publish(either.db, either.clock, one, announcement, revision=1)
            for one in (either.methodist, colleague, either.methodist)
        )
    )
    assert people == [5, 5, 5]
    assert len(await either.deliveries(announcement)) == 5
    assert (await either.audit(announcement)).count("announcement.published") == 1


async def test_what_was_confirmed_is_what_is_sent(either: Office) -> None:
    await either.join(2)
    announcement, colleague = await either.create(), await either.colleague()
    await actions.change(either.db, either.clock, colleague, announcement, either.content(text="Другое"), revision=1)
    with pytest.raises(AppError) as refused:
        await actions.publish(*either.tools, announcement, revision=1)
    assert refused.value.key == "announcement.changed_meanwhile"
    assert await either.deliveries(announcement) == []
    assert await actions.publish(*either.tools, announcement, revision=2) == 2


async def test_killed_in_the_middle_it_is_whole_or_not_at_all(either: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await either.join(6)
    announcement = await either.create()

    def dying(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "note", dying)
        with pytest.raises(ConnectionError):
            await actions.publish(*either.tools, announcement, revision=1)
    assert (await either.row(announcement)).state == AnnouncementState.DRAFT
    assert await either.deliveries(announcement) == []

    assert await actions.publish(*either.tools, announcement, revision=1) == 6
    assert len(await either.deliveries(announcement)) == 6


async def test_whoever_mutes_the_category_is_left_out_and_counted(either: Office) -> None:
    accounts = await either.join(3)
    await outgoing.mute(
        either.db, either.world.coordinator("school-1").__class__(accounts[0], None, either.world.town),
        Category.MEETINGS, muted=True,
    )  # fmt: skip
    announcement = await either.publish()
    assert [one.account_id for one in await either.deliveries(announcement)] == accounts[1:]
    assert (await either.row(announcement)).muted == 1
    important = await either.publish(category=Category.IMPORTANT)
    assert len(await either.deliveries(important)) == 3


async def test_at_night_it_waits_for_the_morning_unless_it_must_not(office: Office) -> None:
    await office.join(1)
    office.clock.moment = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 23:00 in Irkutsk
    (waiting,) = await office.deliveries(await office.publish())
    assert waiting.not_before == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    (urgent,) = await office.deliveries(await office.publish(at_once=True))
    assert urgent.not_before == office.clock.now()


async def test_whoever_sends_it_sees_how_it_goes(office: Office) -> None:
    await office.join(1)
    assert await office.deliveries(await office.publish(), STATUS) == []
    await office.open_chat(office.methodist)
    (status,) = await office.deliveries(await office.publish(), STATUS)
    assert (status.account_id, status.urgent) == (office.methodist.account_id, True)


@pytest.mark.parametrize(
    ("text", "attachment", "key"),
    [
        ("", None, "announcement.empty"),
        ("я" * (CAPTION_LENGTH + 1), DOCUMENT, "announcement.too_long"),
    ],
)
async def test_what_is_no_message_is_not_sent(
    office: Office, text: str, attachment: NewAttachment | None, key: str
) -> None:
    await office.join(1)
    announcement = await office.create(text=text)
    revision = await actions.attach(*office.tools, announcement, attachment, revision=1)
    later = office.clock.now() + timedelta(hours=1)
    for step in (
        actions.publish(*office.tools, announcement, revision=revision),
        actions.schedule(*office.tools, announcement, later, revision=revision),
        actions.preview(*office.tools, announcement),
    ):
        with pytest.raises(AppError) as refused:
            await step
        assert refused.value.key == key


async def test_a_longest_text_goes_alone(office: Office) -> None:
    await office.join(1)
    assert await office.deliveries(await office.publish(text="я" * TEXT_LENGTH)) != []
    with pytest.raises(AppError) as refused:
        await office.create(text="я" * (TEXT_LENGTH + 1))
    assert refused.value.params == {"length": TEXT_LENGTH + 1, "most": TEXT_LENGTH}


async def test_nobody_is_no_audience(office: Office) -> None:
    announcement = await office.create()
    with pytest.raises(AppError) as refused:
        await actions.publish(*office.tools, announcement, revision=1)
    assert refused.value.key == "announcement.nobody"
    assert (await office.row(announcement)).state == AnnouncementState.DRAFT


async def test_only_methodists_of_the_municipality(office: Office) -> None:
    await office.join(1)
    announcement = await office.create()
    for actor in (office.world.stranger, office.world.coordinator("school-1")):
        tools = (office.db, office.clock, actor)
        for step in (
            actions.publish(*tools, announcement, revision=1),
            actions.change(*tools, announcement, office.content(), revision=1),
            actions.attach(*tools, announcement, None, revision=1),
            actions.discard(*tools, announcement),
            actions.copy(*tools, announcement),
            actions.schedule(*tools, announcement, office.clock.now(), revision=1),
            actions.start_series(*tools, announcement, revision=1),
            actions.unschedule(*tools, announcement),
            actions.pause(*tools, announcement),
            actions.go_on(*tools, announcement),
            actions.stop(*tools, announcement),
            actions.correct(*tools, announcement, "Нет", (), revision=1),
            actions.recall(*tools, announcement),
            actions.preview(*tools, announcement),
            actions.create(*tools, office.world.town, office.content()),
        ):
            with pytest.raises(NotFound):
                await step
        async with office.db.read() as session:
            for look in (queries.detail, queries.by_organisation, queries.troubles, queries.attachment):
                with pytest.raises(NotFound):
                    await look(session, actor, announcement)
            with pytest.raises(NotFound):
                await queries.listing(session, actor, office.world.town)
            with pytest.raises(NotFound):
                await queries.reach(session, office.clock, actor, office.world.town, office.content())
            assert await queries.drafts_of(session, actor) == []


async def test_a_preview_goes_to_oneself_and_counts_nowhere(office: Office) -> None:
    announcement = await office.create()
    with pytest.raises(AppError) as refused:
        await actions.preview(*office.tools, announcement)
    assert refused.value.key == "announcement.no_chat"
    await office.open_chat(office.methodist)
    await actions.preview(*office.tools, announcement)
    await actions.preview(*office.tools, announcement)
    (shown,) = await office.deliveries(announcement, PREVIEW)
    assert (shown.account_id, shown.urgent) == (office.methodist.account_id, True)
    assert (await office.detail(announcement)).row.counts.total == 0
    await actions.discard(*office.tools, announcement)
    assert await office.deliveries(announcement, PREVIEW) == []


async def test_numbers_before_it_goes(either: Office) -> None:
    accounts = await either.join(3)
    await either.world.join(either.world.everybody[3], unreachable="blocked")
    actor = either.recipient(accounts[0], either.world.everybody[0])
    await outgoing.mute(either.db, actor, Category.MEETINGS, muted=True)
    text = "Поздравляем <b>Примерову3</b> и Примерову"
    async with either.db.read() as session:
        found = await queries.reach(
            session, either.clock, either.methodist, either.world.town, either.content(text=text)
        )
    assert (found.people, found.joined, found.muted, found.recipients, found.unreachable) == (58, 4, 1, 3, 1)
    assert (found.when, found.seconds) == (either.clock.now(), 0.1)
