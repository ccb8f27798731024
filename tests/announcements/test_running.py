"""Pause, go on, stop, correct, recall, also while messages are on their way: nobody is left with something else."""

import asyncio

import pytest

from bot.jobs import announcements as job
from core.announcements import actions
from core.announcements.model import EDIT, RECALL, AnnouncementState, Link
from core.errors import AppError
from tests.announcements.office import Office

LINKS = (Link("Программа", "https://example.org/programme"),)


async def settle(office: Office) -> bool:
    return await actions.settle(office.db, office.clock)


async def state(office: Office, announcement: int) -> str:
    return (await office.row(announcement)).state


async def test_a_pause_holds_what_waits_and_lets_arrive_what_flies(either: Office) -> None:
    await either.join(4)
    announcement = await either.publish()
    first, second, third, _ = await either.deliveries(announcement)
    await either.arrive([first])
    await either.claim([second])
    await either.end([third], "retrying")
    await actions.pause(*either.tools, announcement)
    await actions.pause(*either.tools, announcement)
    assert await either.states(announcement) == ["sent", "sending", "held", "held"]
    await either.arrive([second])
    assert not await settle(either)
    assert await state(either, announcement) == AnnouncementState.PAUSED
    await actions.go_on(*either.tools, announcement)
    await actions.go_on(*either.tools, announcement)
    assert await either.states(announcement) == ["sent", "sent", "queued", "queued"]
    assert (await either.audit(announcement))[2:] == ["announcement.paused", "announcement.went_on"]


async def test_what_the_sender_put_aside_too_late_goes_on(either: Office) -> None:
    await either.join(1)
    announcement = await either.publish()
    await either.end(await either.deliveries(announcement), "held")
    assert await settle(either)
    assert await either.states(announcement) == ["queued"]


async def test_all_outcomes_make_it_done(either: Office) -> None:
    await either.join(6)
    announcement = await either.publish()
    rows = await either.deliveries(announcement)
    ends = ("merged", "unreachable", "failed", "unknown", "cancelled")
    for one, end in zip(rows[1:], ends, strict=True):
        await either.end([one], end)
    assert not await settle(either)
    assert await state(either, announcement) == AnnouncementState.SENDING
    await either.arrive(rows[:1])
    either.clock.advance(minutes=3)
    assert not await settle(either)
    found = await either.row(announcement)
    assert (found.state, found.finished_at) == (AnnouncementState.DONE, either.clock.now())


async def test_a_stop_withdraws_what_waits_also_what_comes_back(either: Office) -> None:
    await either.join(3)
    announcement = await either.publish()
    first, second, _ = await either.deliveries(announcement)
    await either.arrive([first])
    await either.claim([second])
    await actions.stop(*either.tools, announcement)
    await actions.stop(*either.tools, announcement)
    assert await either.states(announcement) == ["sent", "sending", "cancelled"]
    await settle(either)
    assert (await either.row(announcement)).finished_at is None
    await either.end([second], "retrying")
    await settle(either)
    assert await either.states(announcement) == ["sent", "cancelled", "cancelled"]
    found = await either.row(announcement)
    assert (found.state, found.finished_at) == (AnnouncementState.STOPPED, either.clock.now())


async def test_a_correction_reaches_every_chat_that_has_the_older_words(either: Office) -> None:
    await either.join(4)
    announcement = await either.publish()
    first, second, flying, waiting = await either.deliveries(announcement)
    await either.arrive([first, second])
    await either.claim([flying])
    assert await actions.correct(*either.tools, announcement, "В <b>пятницу</b>", LINKS, revision=1) == 2
    found = await either.detail(announcement)
    assert (found.content.text, found.content.links, found.revision) == ("В <b>пятницу</b>", LINKS, 2)
    edits = await either.deliveries(announcement, EDIT)
    assert [(one.account_id, one.params, one.slot) for one in edits] == [
        (one.account_id, {"message": one.id * 10}, "2") for one in (first, second)
    ]
    await either.arrive([flying])
    await either.arrive([waiting], revision=2)
    assert await settle(either)
    assert not await settle(either)
    edits = await either.deliveries(announcement, EDIT)
    assert [one.account_id for one in edits] == [one.account_id for one in (first, second, flying)]
    await either.arrive(edits)
    await settle(either)
    assert await state(either, announcement) == AnnouncementState.DONE
    assert (await either.detail(announcement)).edits.sent == 3


async def test_a_second_correction_takes_the_place_of_the_first(either: Office) -> None:
    await either.join(2)
    announcement = await either.publish()
    rows = await either.deliveries(announcement)
    await either.arrive(rows)
    await settle(either)
    assert await actions.correct(*either.tools, announcement, "Раз", (), revision=1) == 2
    assert await actions.correct(*either.tools, announcement, "Два", (), revision=2) == 2
    edits = await either.deliveries(announcement, EDIT)
    assert [(one.slot, one.state) for one in edits] == [("2", "cancelled")] * 2 + [("3", "queued")] * 2
    with pytest.raises(AppError) as refused:
        await actions.correct(*either.tools, announcement, "Три", (), revision=2)
    assert refused.value.key == "announcement.changed_meanwhile"
    assert (await either.row(announcement)).finished_at is None
    await either.arrive(edits[2:])
    await settle(either)
    found = await either.row(announcement)
    assert (found.state, found.finished_at) == (AnnouncementState.DONE, either.clock.now())


async def test_a_recall_takes_it_out_of_every_chat_also_while_it_goes_out(either: Office) -> None:
    await either.join(5)
    announcement = await either.publish()
    first, unknown, merged, flying, _ = await either.deliveries(announcement)
    await either.arrive([first])
    await either.end([unknown], "unknown", message_id=77)
    await either.end([merged], "merged")
    await either.claim([flying])
    await actions.correct(*either.tools, announcement, "Иначе", (), revision=1)
    assert await actions.recall(*either.tools, announcement) == 2
    assert await actions.recall(*either.tools, announcement) == 2
    assert await either.states(announcement) == ["sent", "unknown", "merged", "sending", "cancelled"]
    assert await either.states(announcement, EDIT) == ["cancelled", "cancelled"]
    recalls = await either.deliveries(announcement, RECALL)
    assert [one.params for one in recalls] == [{"message": first.id * 10}, {"message": 77}]
    await either.arrive([flying])
    assert await settle(either)
    assert not await settle(either)
    recalls = await either.deliveries(announcement, RECALL)
    assert [one.account_id for one in recalls] == [first.account_id, unknown.account_id, flying.account_id]
    assert await either.states(announcement, EDIT) == ["cancelled", "cancelled"]
    await either.arrive(recalls)
    await settle(either)
    found = await either.row(announcement)
    assert (found.state, found.finished_at) == (AnnouncementState.RECALLED, either.clock.now())


async def test_two_sweeps_at_once_queue_nothing_twice(either: Office) -> None:
    await either.join(3)
    announcement = await either.publish()
    rows = await either.deliveries(announcement)
    await either.claim(rows)
    await actions.recall(*either.tools, announcement)
    await either.arrive(rows)
    await asyncio.gather(settle(either), settle(either), settle(either))
    assert len(await either.deliveries(announcement, RECALL)) == 3


async def test_steps_that_do_not_fit_are_refused(office: Office) -> None:
    await office.join(1)
    draft, sent = await office.create(), await office.publish()
    await office.arrive(await office.deliveries(sent))
    await settle(office)
    for step, key in (
        (actions.pause(*office.tools, draft), "announcement.not_running"),
        (actions.go_on(*office.tools, draft), "announcement.not_running"),
        (actions.stop(*office.tools, draft), "announcement.not_running"),
        (actions.recall(*office.tools, draft), "announcement.not_running"),
        (actions.correct(*office.tools, draft, "Нет", (), revision=1), "announcement.not_running"),
        (actions.unschedule(*office.tools, sent), "announcement.not_running"),
        (actions.pause(*office.tools, sent), "announcement.not_running"),
        (actions.change(*office.tools, sent, office.content(), revision=1), "announcement.not_draft"),
        (actions.attach(*office.tools, sent, None, revision=1), "announcement.not_draft"),
        (actions.discard(*office.tools, sent), "announcement.not_draft"),
        (actions.correct(*office.tools, sent, "", (), revision=1), "announcement.empty"),
    ):
        with pytest.raises(AppError) as refused:
            await step
        assert refused.value.key == key
    await actions.recall(*office.tools, sent)
    with pytest.raises(AppError) as refused:
        await actions.correct(*office.tools, sent, "Нет", (), revision=1)
    assert refused.value.key == "announcement.recalled"


async def test_the_job_wakes_the_sender_only_when_there_is_something_to_send(office: Office) -> None:
    await office.join(1)
    announcement = await office.publish()
    woken = []
    sweep = job.job(office.db, office.clock, lambda: woken.append(1)).run
    await sweep()
    assert woken == []
    rows = await office.deliveries(announcement)
    await office.claim(rows)
    await actions.recall(*office.tools, announcement)
    await office.arrive(rows)
    await sweep()
    assert woken == [1]
