"""Planned once, sent once, each with a known end: over downtime, jumping clocks, two planners and changed rules."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import AppError, NotFound
from core.reminders import actions
from core.reminders.model import ReminderKind, ReminderState, Superseded, Whom
from tests.reminders.town import Town

EVENT, ATTESTATION = ReminderKind.EVENT, ReminderKind.ATTESTATION
PLANNED, QUEUED, LATE = ReminderState.PLANNED, ReminderState.QUEUED, ReminderState.LATE
DELIVERED, SUPERSEDED = ReminderState.DELIVERED, ReminderState.SUPERSEDED


async def seminar(town: Town, *, people: int = 3, **ahead: float) -> tuple[int, list[int]]:
    """An event so far ahead with people who have joined: (event, their accounts)."""
    teachers = town.world.teachers["school-1"][1 : people + 1]
    accounts = [await town.world.join(one) for one in teachers]
    return await town.event(teachers, town.world.clock.now() + timedelta(**ahead)), accounts


async def test_every_municipality_starts_with_the_same_rules_once(either: Town) -> None:
    await asyncio.gather(*(either.plan() for _ in range(3)))
    first = await either.rule(EVENT)
    assert (first.before_days, first.before_hours) == ((1,), (1,))
    await either.plan()
    assert (await either.rule(EVENT)).id == first.id


async def test_it_is_planned_two_days_ahead_and_sent_at_its_time(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    _, accounts = await seminar(either, days=4)
    assert await either.tick() == 0
    assert await either.reminders() == []
    either.world.clock.advance(days=2)
    assert await either.tick() == 0
    assert [one.account_id for one in await either.reminders()] == accounts
    either.world.clock.advance(days=1, hours=2)
    assert await either.tick() == 3
    assert await either.tick() == 0
    assert {one.state for one in await either.reminders()} == {QUEUED}
    await either.deliver()
    await either.settle()
    assert {one.state for one in await either.reminders()} == {DELIVERED}


async def test_a_day_and_an_hour_before_and_the_hour_goes_ahead_of_bulk_messages(town: Town) -> None:
    await town.only(EVENT, before_days=(1,), before_hours=(1,))
    await seminar(town, people=1, days=2)
    for hours in (26, 21):
        town.world.clock.advance(hours=hours)
        assert await town.tick() == 1
    assert [one.urgent for one in await town.messages()] == [False, True]


async def test_quiet_hours_are_kept_by_what_presses_too(town: Town) -> None:
    await town.only(EVENT, before_days=(), before_hours=(1,))
    await seminar(town, people=1, hours=20)
    town.world.clock.advance(hours=19, minutes=1)
    assert await town.tick() == 1, "six in the morning"
    assert [one.urgent for one in await town.messages()] == [False]


async def test_four_schedulers_at_the_same_time_send_it_once(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    await seminar(either, days=1, hours=6)
    either.world.clock.advance(hours=8)
    assert sum(await asyncio.gather(*(either.tick() for _ in range(4)))) == 3
    assert len(await either.messages()) == 3
    assert [one.state for one in await either.reminders()] == [QUEUED] * 3


async def test_a_day_of_downtime_is_caught_up_with_one_message(either: Town) -> None:
    """Two of them were due while nothing ran: the later one is sent, the earlier one is noted."""
    await either.only(EVENT, before_days=(3, 2), before_hours=())
    await seminar(either, people=1, days=4)
    await either.plan()
    either.world.clock.advance(days=2, hours=3)
    assert await either.tick() == 1
    assert await either.states() == [(SUPERSEDED, Superseded.NEWER), (QUEUED, None)]


async def test_what_was_never_planned_because_of_downtime_is_planned_afterwards(either: Town) -> None:
    await either.only(EVENT, before_days=(3,), before_hours=())
    await seminar(either, people=1, days=8)
    assert await either.plan() == 0
    either.world.clock.advance(days=6)
    assert await either.tick() == 1


async def test_what_is_stale_after_downtime_is_dropped_and_noted(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=(1,))
    await seminar(either, people=1, days=2)
    await either.plan()
    either.world.clock.advance(days=2, hours=1)
    assert await either.tick() == 0
    assert await either.states() == [(LATE, None), (LATE, None)]


async def test_what_comes_up_too_late_is_no_downtime(either: Town) -> None:
    """Whoever registers in the evening is not reminded of what was due at noon."""
    await either.only(EVENT, before_days=(1,), before_hours=())
    either.world.clock.advance(hours=5)
    await either.plan()
    await seminar(either, people=1, days=1)
    assert await either.tick() == 0
    assert await either.reminders() == []


async def test_a_clock_that_runs_ahead_and_comes_back_loses_nothing(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=(1,))
    await seminar(either, people=1, days=2)
    await either.plan()
    either.world.clock.advance(days=400)
    assert await either.tick() == 0
    assert await either.states() == [(LATE, None), (LATE, None)]
    either.world.clock.advance(days=-400)
    await either.tick()
    assert await either.states() == [(PLANNED, None), (PLANNED, None)]
    either.world.clock.advance(days=1, hours=2)
    assert await either.tick() == 1


async def test_a_clock_that_was_set_back_sends_nothing_twice(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    await seminar(either, people=2, days=2)
    either.world.clock.advance(days=1, hours=2)
    assert await either.tick() == 2
    await either.deliver()
    for hours in (-30, 10, 25, -4):
        either.world.clock.advance(hours=hours)
        assert await either.tick() == 0
    assert len(await either.messages()) == 2
    assert [one.state for one in await either.reminders()] == [DELIVERED] * 2


async def test_an_event_that_moves_takes_its_reminders_along(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    starts = either.world.clock.now() + timedelta(days=2)
    event, _ = await seminar(either, people=1, days=2)
    await either.plan()
    await either.move(event, starts + timedelta(days=1))
    await either.plan()
    assert (SUPERSEDED, Superseded.MOVED) in await either.states()
    await either.move(event, starts)
    await either.plan()
    moved = [one for one in await either.reminders() if one.state == PLANNED]
    assert [one.useful_until for one in moved] == [starts]
    either.world.clock.advance(days=1, hours=2)
    assert await either.tick() == 1


async def test_an_event_that_moved_after_the_last_planning_is_not_reminded_of(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    event, _ = await seminar(either, people=1, days=1, hours=6)
    await either.plan()
    await either.move(event, either.world.clock.now() + timedelta(days=9))
    either.world.clock.advance(hours=3)
    assert await either.send() == 0
    assert await either.states() == [(SUPERSEDED, Superseded.MOVED)]


async def test_whoever_left_is_not_written_to(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    _, accounts = await seminar(either, people=2, days=1, hours=6)
    await either.plan()
    await either.switch_account(accounts[0], active=False)
    either.world.clock.advance(hours=3)
    assert await either.send() == 1
    assert await either.states() == [(SUPERSEDED, Superseded.LEFT), (QUEUED, None)]


async def test_a_rule_that_is_switched_off_reminds_nobody_and_switched_on_again_all(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    await seminar(either, people=1, days=1, hours=6)
    await either.plan()
    await either.change(EVENT, enabled=False)
    await either.plan()
    assert await either.states() == [(SUPERSEDED, Superseded.RULE)]
    await either.change(EVENT)
    await either.plan()
    assert await either.states() == [(PLANNED, None)]


async def test_a_rule_switched_off_at_the_last_moment_is_heard(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    await seminar(either, people=1, days=1, hours=6)
    await either.plan()
    either.world.clock.advance(hours=3)
    await either.change(EVENT, enabled=False)
    assert await either.send() == 0
    assert await either.states() == [(SUPERSEDED, Superseded.RULE)]


async def test_another_time_of_day_replaces_the_planned_one(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    await seminar(either, people=1, days=2)
    await either.plan()
    before = (await either.reminders())[0].due_at
    await either.change(EVENT, at=datetime(2026, 1, 1, 15, tzinfo=UTC).time())
    await either.plan()
    await either.plan()
    now = await either.reminders()
    assert [(one.state, one.due_at - before) for one in now] == [
        (SUPERSEDED, timedelta()),
        (PLANNED, timedelta(hours=3)),
    ]


async def test_a_rule_is_changed_only_by_its_methodists_and_only_as_it_was_seen(town: Town) -> None:
    await town.plan()
    world, rule = town.world, await town.rule(EVENT)
    change = actions.RuleChange(True, (2,), (), rule.at, None, " Ждём вас! ", rule.audience)
    with pytest.raises(NotFound):
        await actions.set_rule(world.db, world.clock, world.stranger, rule.id, change, revision=1)
    await actions.set_rule(world.db, world.clock, world.methodist, rule.id, change, revision=1)
    assert (await town.rule(EVENT)).words == "Ждём вас!"
    with pytest.raises(AppError, match=r"reminder\.changed_meanwhile"):
        await actions.set_rule(world.db, world.clock, world.methodist, rule.id, change, revision=1)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (("sent", None), (DELIVERED, None)),
        (("unreachable", "blocked"), (ReminderState.REFUSED, "unreachable:blocked")),
        (("unknown", None), (ReminderState.REFUSED, "unknown")),
        (("cancelled", "done"), (SUPERSEDED, "done")),
        (("cancelled", "not_due"), (SUPERSEDED, "done")),
        (("cancelled", "late"), (LATE, None)),
        (("cancelled", "muted"), (ReminderState.REFUSED, "cancelled:muted")),
    ],
)
async def test_each_message_tells_its_reminder_how_it_ended(
    town: Town, outcome: tuple[str, str | None], expected: tuple[str, str | None]
) -> None:
    await town.only(EVENT, before_days=(1,), before_hours=())
    await seminar(town, people=1, days=1, hours=6)
    town.world.clock.advance(hours=3)
    await town.tick()
    assert await town.settle() == 0
    await town.outcome((await town.messages())[0], *outcome)
    assert await town.settle() == 1
    assert await town.states() == [expected]


async def test_everybody_whose_term_ends_is_planned_also_on_the_28th_of_february(either: Town) -> None:
    await either.only(ATTESTATION, before_days=(30,))
    people = either.world.teachers["school-1"][1:5]
    for one, given in zip(people, (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), None), strict=True):
        await either.world.join(one)
        await either.attest(one, "conformity", given)
    either.world.clock.moment = datetime(2029, 1, 29, 0, tzinfo=UTC)  # 8 in the morning, 30 days before
    await either.change(ATTESTATION)
    assert await either.plan() == 3
    assert sorted(one.subject for one in await either.reminders()) == sorted(people[:3])


async def test_days_of_indicators_come_as_one_reminder_for_all_codes(either: Town) -> None:
    await either.only(ReminderKind.INDICATORS, Whom.METHODIST, before_days=(3, 1))
    account = await either.methodist()
    for code in ("D1", "P1"):
        await either.watch(code, "11-27")
    await either.watch("B1", "12-15")
    assert await either.plan() == 1
    either.world.clock.advance(days=2)
    assert await either.tick() == 1
    assert [one.account_id for one in await either.reminders()] == [account, account]
    assert {one.subject for one in await either.reminders()} == {date(2026, 11, 27).toordinal()}


async def test_measures_of_a_day_come_as_one_reminder(either: Town) -> None:
    await either.only(ReminderKind.PLAN, Whom.METHODIST, before_days=(1,))
    await either.methodist()
    await either.measure("1.1", date(2026, 11, 25), date(2026, 12, 30))
    await either.measure("1.2", date(2026, 11, 25))
    assert await either.plan() == 1


async def test_coordinator_and_methodist_get_one_number_for_the_month(either: Town) -> None:
    """Of two organisations: a coordinator's own, the methodist's all; nobody in a month without any term."""
    await either.only(ATTESTATION, Whom.COORDINATOR, before_days=(7,))
    await either.change(ATTESTATION, Whom.METHODIST, before_days=(7,))
    coordinator = await either.world.appoint(either.world.teachers["school-1"][1], "school-1")
    await either.world.appoint(either.world.teachers["school-2"][1], "school-2")
    methodist = await either.methodist()
    for number, code in enumerate(("school-1", "school-1", "kindergarten")):
        await either.attest(either.world.teachers[code][number + 2], "conformity", date(2021, 12, 1 + number * 15))
    assert await either.plan() == 2
    rows = await either.reminders()
    assert [(one.account_id, one.subject) for one in rows] == [
        (coordinator, date(2026, 12, 1).toordinal()),
        (methodist, date(2026, 12, 1).toordinal()),
    ]


async def test_whoever_passed_again_is_not_reminded(either: Town) -> None:
    await either.only(ATTESTATION, before_days=(1,))
    teacher = either.world.teachers["school-1"][1]
    await either.world.join(teacher)
    await either.attest(teacher, "first", date(2021, 11, 25))
    assert await either.plan() == 1
    await either.attest(teacher, "highest", date(2026, 11, 20))
    either.world.clock.advance(days=1, hours=1)
    assert await either.send() == 0
    assert await either.states() == [(SUPERSEDED, Superseded.DONE)]
