"""From the row to what the sender is to do: hours, mutes, the limit are asked in one place (bot.screens.deliveries)."""

from dataclasses import replace
from datetime import date

from bot.screens.deliveries import render
from bot.screens.errands import Drop, Errand, Later, Merge, Show
from core.announcements import actions as announcements
from core.announcements.model import ANNOUNCEMENT, Category, Content
from core.outgoing import actions
from core.outgoing.model import DIGEST, RELEASED
from storage.outbox import Claimed, NewDelivery
from tests.campaigns.world import World
from tests.outgoing.test_verdict import EVENING, MORNING, NIGHT, deliver, person


async def announce(world: World, category: Category = Category.NEWS, *, at_once: bool = False) -> int:
    content = Content(category, "Приходите", at_once=at_once)
    made = await announcements.create(world.db, world.clock, world.methodist, world.town, content)
    await announcements.publish(world.db, world.clock, world.methodist, made, revision=1)
    return made


async def look(world: World, account: int, announcement: int, **changes: object) -> Errand:
    delivery = Claimed(10**6, ANNOUNCEMENT, announcement, account, {}, 1, "7", None)
    return await render(world.db, world.clock, replace(delivery, **changes))  # type: ignore[arg-type]


async def test_at_night_it_is_put_off_unless_somebody_waits_or_it_may_not_wait(world: World) -> None:
    account = await person(world)
    usual, at_once = await announce(world), await announce(world, at_once=True)
    assert isinstance(await look(world, account, usual), Show)
    world.clock.moment = NIGHT
    assert await look(world, account, usual) == Later(MORNING)
    assert isinstance(await look(world, account, usual, urgent=True), Show)
    assert isinstance(await look(world, account, at_once), Show)


async def test_over_the_limit_it_becomes_a_line_of_the_digest_but_not_what_is_important(world: World) -> None:
    account = await person(world)
    news, important = await announce(world), await announce(world, Category.IMPORTANT)
    await deliver(world, account, 3)
    day = date(2026, 11, 23).toordinal()
    assert await look(world, account, news) == Merge(NewDelivery(DIGEST, day, account, EVENING))
    assert isinstance(await look(world, account, important), Show)
    assert isinstance(await look(world, account, news, params={RELEASED: True}), Show)


async def test_what_was_muted_after_it_was_queued_is_dropped(world: World) -> None:
    account = await person(world)
    news = await announce(world)
    await actions.mute(world.db, replace(world.methodist, account_id=account), Category.NEWS, muted=True)
    assert await look(world, account, news) == Drop("muted")
