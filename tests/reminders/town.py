"""The town of tests/campaigns, with rules of reminders, and what becomes of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update

from core.audiences.model import Audience
from core.people.model import Role
from core.reminders import actions
from core.reminders.actions import RuleChange
from core.reminders.model import ReminderKind, ReminderState, RuleView, Whom
from core.reminders.rows import view
from storage import outcomes
from storage.models import (
    Account,
    Delivery,
    Event,
    EventParticipant,
    Grant,
    MonitoredIndicator,
    PlanMeasure,
    Reminder,
    ReminderRule,
    Teacher,
)
from storage.outcomes import Outcome
from tests.campaigns.world import World


@dataclass
class Town:
    world: World

    async def plan(self) -> int:
        return await actions.plan(self.world.db, self.world.clock)

    async def send(self) -> int:
        return await actions.send_due(self.world.db, self.world.clock)

    async def settle(self) -> int:
        return await actions.settle(self.world.db, self.world.clock)

    async def tick(self) -> int:
        """What the job does; returns how many messages were queued."""
        await self.plan()
        queued = await self.send()
        await self.settle()
        return queued

    async def rule(self, kind: ReminderKind, whom: Whom = Whom.PERSON) -> RuleView:
        async with self.world.db.read() as session:
            rows = select(ReminderRule).where(
                ReminderRule.municipality_id == self.world.town, ReminderRule.kind == kind, ReminderRule.whom == whom
            )
            return view((await session.scalars(rows)).one())

    async def change(self, kind: ReminderKind, whom: Whom = Whom.PERSON, **changes: Any) -> None:
        """Switches the rule on, with these settings beside."""
        rule = await self.rule(kind, whom)
        change = RuleChange(
            **{
                "enabled": True,
                "before_days": rule.before_days,
                "before_hours": rule.before_hours,
                "at": rule.at,
                "repeat_days": rule.repeat_days,
                "words": rule.words,
                "audience": Audience(),
                **changes,
            }
        )
        world = self.world
        await actions.set_rule(world.db, world.clock, world.methodist, rule.id, change, revision=rule.revision)

    async def only(self, kind: ReminderKind, whom: Whom = Whom.PERSON, **changes: Any) -> None:
        """Only this rule reminds, with these settings."""
        await self.plan()
        async with self.world.db.write() as session:
            await session.execute(update(ReminderRule).values(enabled=False))
        await self.change(kind, whom, **changes)

    async def reminders(self, kind: ReminderKind | None = None) -> list[Reminder]:
        """As another session sees them, in the order of their time."""
        rows = select(Reminder).order_by(Reminder.due_at, Reminder.account_id)
        async with self.world.db.read() as session:
            return list(await session.scalars(rows if kind is None else rows.where(Reminder.kind == kind)))

    async def states(self) -> list[tuple[str, str | None]]:
        return [(one.state, one.reason) for one in await self.reminders()]

    async def messages(self) -> list[Delivery]:
        async with self.world.db.read() as session:
            rows = select(Delivery).where(Delivery.kind == "reminder").order_by(Delivery.id)
            return list(await session.scalars(rows))

    async def outcome(self, delivery: Delivery, state: str, reason: str | None = None) -> None:
        now = self.world.clock.now()
        await outcomes.record(self.world.db, "telegram", Outcome(delivery.id, state, now, reason))

    async def deliver(self) -> None:
        """Every message that waits is sent."""
        for one in await self.messages():
            if one.state == "queued":
                await self.outcome(one, "sent")

    async def attest(self, teacher: int, category: str, given: date | None) -> None:
        async with self.world.db.write() as session:
            row = await session.get_one(Teacher, teacher)
            row.category, row.category_date = category, given

    async def methodist(self) -> int:
        """Somebody from the registry who is a methodist and has joined; returns the account."""
        account = await self.world.join(self.world.everybody[-1])
        async with self.world.db.write() as session:
            session.add(Grant(account_id=account, role=Role.METHODIST, municipality_id=self.world.town))
        return account

    async def event(self, teachers: list[int], starts_at: datetime, title: str = "Семинар") -> int:
        async with self.world.db.write() as session:
            event = Event(municipality_id=self.world.town, kind="seminar", title=title, starts_at=starts_at)
            session.add(event)
            await session.flush()
            session.add_all(EventParticipant(event_id=event.id, teacher_id=one) for one in teachers)
            return event.id

    async def move(self, event: int, starts_at: datetime) -> None:
        async with self.world.db.write() as session:
            (await session.get_one(Event, event)).starts_at = starts_at

    async def watch(self, code: str, due: str, period: str = "year") -> None:
        async with self.world.db.write() as session:
            place = self.world.town
            session.add(
                MonitoredIndicator(
                    municipality_id=place, indicator=code, demanded=True, period=period, due=due, source=""
                )
            )

    async def measure(self, number: str, *days: date) -> None:
        async with self.world.db.write() as session:
            session.add(
                PlanMeasure(
                    municipality_id=self.world.town,
                    year=days[0].year,
                    number=number,
                    section="Раздел",
                    title=f"Мера {number}",
                    period_text="",
                    dates=[one.isoformat() for one in days],
                    expected_text="",
                    source="",
                )
            )

    async def switch_account(self, account: int, *, active: bool) -> None:
        async with self.world.db.write() as session:
            (await session.get_one(Account, account)).active = active


def final(one: Reminder) -> bool:
    return one.state not in {ReminderState.PLANNED, ReminderState.QUEUED}


NOON = time(12)
HOUR = timedelta(hours=1)
