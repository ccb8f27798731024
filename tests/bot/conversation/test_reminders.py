"""A reminder reaches the chat at its time, and what came to nothing meanwhile does not."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from core.clock import SystemClock
from core.reminders import actions
from core.reminders.model import ReminderKind
from storage.models import Account, Event, EventParticipant, Reminder, ReminderRule
from tests.bot.conversation.house import SURNAME, House, until


async def seminar(house: House) -> None:
    """It begins in twenty minutes, so its reminder of an hour before is due, and the planner was away since then."""
    clock = SystemClock()
    await actions.plan(house.db, clock)
    async with house.db.write() as session:
        account = await session.get_one(Account, house.accounts[0])
        starts = clock.now() + timedelta(minutes=20)
        event = Event(municipality_id=account.municipality_id, kind="seminar", title="Семинар <b>", starts_at=starts)
        session.add(event)
        await session.flush()
        session.add(EventParticipant(event_id=event.id, teacher_id=account.teacher_id))
        await session.execute(
            update(ReminderRule)
            .where(ReminderRule.kind == ReminderKind.EVENT)
            .values(since=clock.now() - timedelta(hours=1), words="Приходите & не опаздывайте", before_days=[])
        )


async def states(house: House) -> list[tuple[str, str | None]]:
    await actions.settle(house.db, SystemClock())
    async with house.looking.read() as session:
        rows = await session.execute(select(Reminder.state, Reminder.reason))
        return [(state, reason) for state, reason in rows]


async def test_it_comes_with_the_municipalitys_own_words(house: House) -> None:
    reader = await house.teacher()
    await seminar(house)
    await actions.plan(house.db, SystemClock())
    assert await actions.send_due(house.db, SystemClock()) == 1
    house.wake()
    message = await reader.user.expect("Приходите & не опаздывайте")
    assert "Семинар <b>" in message.text
    assert SURNAME not in message.text
    await until(lambda: states(house), [("delivered", None)])


async def test_whoever_cancelled_between_planning_and_sending_is_left_alone(house: House) -> None:
    reader = await house.teacher()
    await seminar(house)
    await actions.plan(house.db, SystemClock())
    await actions.send_due(house.db, SystemClock())
    async with house.db.write() as session:
        await session.execute(delete(EventParticipant))
    house.wake()
    await until(lambda: states(house), [("superseded", "left")])
    assert not [one for one in reader.user.messages if "Приходите" in one.text]
