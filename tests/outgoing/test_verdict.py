"""What becomes of a message that is due: SPEC §5, quiet hours, mutes, the daily limit."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.announcements.model import ANNOUNCEMENT, Category
from core.campaigns.model import INVITATION
from core.errors import Denied, NotFound
from core.outgoing import actions, queries
from core.outgoing.model import DIGEST, Drop, Merge, Send, SendingRules, Verdict, Wait
from core.outgoing.rules import MARGIN
from core.reminders.model import REMINDER
from storage.models import AuditEntry, Delivery, Reminder
from tests.campaigns.world import World

NEWS = Category.NEWS
NIGHT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""22:00 in Irkutsk."""
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""18:00 in Irkutsk, when the digest goes."""


async def decide(
    world: World, account: int, kind: str = ANNOUNCEMENT, category: str | None = NEWS, **more: Any
) -> Verdict:
    async with world.db.read() as session:
        return await queries.verdict(session, world.clock.now(), account, kind, category, **more)


async def deliver(world: World, account: int, count: int = 1, kind: str = ANNOUNCEMENT, **values: Any) -> list[int]:
    """Messages that have their outcome."""
    now = world.clock.now()
    async with world.db.write() as session:
        rows = [
            Delivery(
                **{
                    "kind": kind,
                    "subject": 1000 + number,
                    "slot": str(now),
                    "account_id": account,
                    "state": "sent",
                    "not_before": now,
                    "sent_at": now,
                    **values,
                }
            )
            for number in range(count)
        ]
        session.add_all(rows)
        await session.flush()
        return [row.id for row in rows]


async def person(world: World) -> int:
    return await world.join(world.everybody[1])


async def test_by_day_it_goes_and_at_night_it_waits_for_the_morning(either: World) -> None:
    account = await person(either)
    assert await decide(either, account) == Send()
    either.clock.moment = NIGHT
    for kind in (ANNOUNCEMENT, REMINDER, INVITATION):
        assert await decide(either, account, kind) == Wait(MORNING)
    assert await decide(either, account, at_once=True) == Send()
    assert await decide(either, account, "announcement.preview") == Send()


async def test_the_rules_of_the_municipality_take_the_place_of_the_usual_ones(either: World) -> None:
    account = await person(either)
    always = SendingRules(quiet_from=None, quiet_to=None)
    await actions.set_rules(either.db, either.clock, either.methodist, either.town, always)
    either.clock.moment = NIGHT
    assert await decide(either, account) == Send()
    silent = replace(always, silent_days=frozenset({date(2026, 11, 23)}))
    await actions.set_rules(either.db, either.clock, either.methodist, either.town, silent)
    assert await decide(either, account) == Wait(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    async with either.db.read() as session:
        assert await queries.rules_of(session, either.town) == silent
        assert await queries.rules_of(session, either.other_town) != silent


async def test_what_is_over_the_limit_goes_into_the_digest_of_the_day(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    await deliver(either, account, 2)
    assert await decide(either, account) == Send()
    await deliver(either, account, kind=REMINDER)
    expected = Merge(date(2026, 11, 23), EVENING)
    assert await decide(either, account) == expected
    assert await decide(either, account, REMINDER, None) == expected
    assert await decide(either, other) == Send()


async def test_nothing_goes_into_a_digest_that_has_been_sent_whatever_its_time_is_now(either: World) -> None:
    account = await person(either)
    await deliver(either, account, 3)
    await deliver(either, account, kind=DIGEST, subject=date(2026, 11, 23).toordinal(), slot="")
    assert await decide(either, account) == Merge(date(2026, 11, 24), EVENING + timedelta(days=1))


async def test_a_digest_that_is_being_gathered_follows_the_rules(either: World) -> None:
    account, day = await person(either), date(2026, 11, 23).toordinal()
    await deliver(either, account, kind=DIGEST, subject=day, slot="", state="queued", not_before=EVENING, sent_at=None)
    for at, goes in ((time(20), EVENING + timedelta(hours=2)), (time(8, 30), either.clock.now() + MARGIN)):
        rules = SendingRules(digest_at=at)
        await actions.set_rules(either.db, either.clock, either.methodist, either.town, rules)
        async with either.db.read() as session:
            assert await session.scalar(select(Delivery.not_before).where(Delivery.kind == DIGEST)) == goes


async def test_what_is_important_comes_out_of_a_digest_or_invites_is_not_limited(either: World) -> None:
    account = await person(either)
    await deliver(either, account, 3)
    assert await decide(either, account, category=Category.IMPORTANT) == Send()
    assert await decide(either, account, at_once=True) == Send()
    assert await decide(either, account, released=True) == Send()
    assert await decide(either, account, INVITATION, None) == Send()


async def test_only_what_arrived_today_counts(either: World) -> None:
    account = await person(either)
    now = either.clock.now()
    midnight = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    await deliver(either, account, 5, sent_at=midnight - timedelta(seconds=1), slot="yesterday")
    await deliver(either, account, 5, kind=INVITATION, slot="other kind")
    await deliver(either, account, 5, state="failed", sent_at=None, slot="failed")
    await deliver(either, account, 2, sent_at=midnight, slot="today")
    assert await decide(either, account) == Send()
    await deliver(either, account, sent_at=now, slot="one more")
    assert isinstance(await decide(either, account), Merge)


async def test_of_those_on_their_way_at_the_same_time_only_so_many_go(either: World) -> None:
    account = await person(either)
    ids = await deliver(either, account, 5, state="sending", sent_at=None)
    async with either.db.read() as session:
        found = [
            await queries.verdict(session, either.clock.now(), account, ANNOUNCEMENT, NEWS, delivery_id=one)
            for one in ids
        ]
    assert [isinstance(one, Send) for one in found] == [True, True, True, False, False]


async def test_a_limit_of_none(either: World) -> None:
    account = await person(either)
    await actions.set_rules(either.db, either.clock, either.methodist, either.town, SendingRules(daily_limit=0))
    await deliver(either, account, 40)
    assert await decide(either, account) == Send()


async def test_a_muted_category_is_dropped_until_it_is_wanted_again(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    actor = replace(either.methodist, account_id=account)
    await actions.mute(either.db, actor, NEWS, muted=True)
    await actions.mute(either.db, actor, NEWS, muted=True)
    assert await decide(either, account) == Drop("muted")
    assert await decide(either, account, category=Category.COURSES) == Send()
    assert await decide(either, account, REMINDER, None) == Send()
    assert await decide(either, other) == Send()
    await actions.mute(either.db, actor, NEWS, muted=False)
    assert await decide(either, account) == Send()


@pytest.mark.parametrize("category", [Category.IMPORTANT, "weather", ""])
async def test_what_cannot_be_muted(world: World, category: str) -> None:
    with pytest.raises(NotFound):
        await actions.mute(world.db, world.methodist, category, muted=True)


async def test_rules_are_set_by_methodists_of_the_place_and_noted(either: World) -> None:
    db, clock = either.db, either.clock
    for actor in (either.stranger, either.coordinator("school-1")):
        with pytest.raises(Denied):
            await actions.set_rules(db, clock, actor, either.town, SendingRules())
    weekend = SendingRules(daily_limit=5, silent_weekdays=frozenset({5, 6}), silent_days=frozenset({date(2027, 1, 1)}))
    for _ in range(2):
        await actions.set_rules(db, clock, either.methodist, either.town, weekend)
    async with db.read() as session:
        entries = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "sending.changed"))).all()
    assert [one.changes for one in entries] == [
        {"daily_limit": ["3", "5"], "silent_weekdays": ["", "сб, вс"], "silent_days": ["", "01.01.2027"]}
    ]


async def test_a_reminder_of_what_is_over_before_the_digest_goes_over_the_limit(either: World) -> None:
    account = await person(either)
    await deliver(either, account, 3)
    (early,) = await deliver(either, account, kind=REMINDER, state="sending", sent_at=None, slot="early")
    (late,) = await deliver(either, account, kind=REMINDER, state="sending", sent_at=None, slot="late")
    async with either.db.write() as session:
        for delivery, until in ((early, EVENING), (late, EVENING + timedelta(minutes=1))):
            session.add(
                Reminder(
                    municipality_id=either.town,
                    kind="event",
                    subject=delivery,
                    account_id=account,
                    slot="",
                    due_at=either.clock.now(),
                    useful_until=until,
                    state="queued",
                    delivery_id=delivery,
                )
            )
    assert await decide(either, account, REMINDER, None, delivery_id=early) == Send()
    assert isinstance(await decide(either, account, REMINDER, None, delivery_id=late), Merge)
