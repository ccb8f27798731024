"""Reminders whose time has come: handed over to the sender, or their end noted. Inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.outgoing.queries import rules_of
from core.reminders.kinds import KINDS
from core.reminders.kinds.kind import Look
from core.reminders.kinds.people import reachable
from core.reminders.model import REMINDER, Facts, Place, ReminderState, RuleView, Superseded
from core.reminders.rows import end, rules_by_id, supersede
from core.reminders.rules import Arrived, Fate, settle
from core.timing.hours import allowed_from
from storage.models import Delivery, Municipality, Reminder
from storage.outbox import NewDelivery, enqueue

PRESSING = timedelta(hours=2)
"""What is of use for no longer than that does not wait behind bulk messages; quiet hours it keeps all the same."""

Thing = tuple[int | None, int, int]
"""Rule, subject, account: of several due reminders of it one is enough."""


async def due(session: AsyncSession, now: datetime) -> list[list[int]]:
    """Ids of planned reminders whose time has come; those of one thing together, the oldest thing first."""
    rows = await session.execute(
        select(Reminder.id, Reminder.rule_id, Reminder.subject, Reminder.account_id)
        .where(Reminder.state == ReminderState.PLANNED, Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
    )
    things: dict[Thing, list[int]] = {}
    for reminder, rule, subject, account in rows:
        things.setdefault((rule, subject, account), []).append(reminder)
    return list(things.values())


async def hand_over(session: AsyncSession, ids: Iterable[int], now: datetime) -> int:
    """Gives each of them its next state; returns how many messages were queued. A second time does nothing."""
    rows = (
        await session.scalars(
            select(Reminder)
            .where(Reminder.id.in_(sorted(ids)), Reminder.state == ReminderState.PLANNED, Reminder.due_at <= now)
            .order_by(Reminder.id)
            .with_for_update(skip_locked=True)
        )
    ).all()
    looks = await looked_at(session, rows)
    wanted = []
    for row in rows:
        said = looks[row.id]
        if isinstance(said, Facts):
            wanted.append(row)
        else:
            supersede(row, said, now)
    return await _send(session, wanted, now)


async def looked_at(session: AsyncSession, rows: Sequence[Reminder]) -> Mapping[int, Look]:
    """By id: what it would say now, or why nobody needs it any more."""
    rules = await rules_by_id(session, (row.rule_id for row in rows))
    askable = await reachable(session, (row.account_id for row in rows))
    looks: dict[int, Look] = {}
    for rule in rules.values():
        theirs = [row for row in rows if row.rule_id == rule.id and row.account_id in askable]
        looks |= await _looks(session, rule, theirs)
    for row in rows:
        looks.setdefault(row.id, Superseded.LEFT if row.rule_id in rules else Superseded.RULE)
    return looks


async def _looks(session: AsyncSession, rule: RuleView, rows: Sequence[Reminder]) -> Mapping[int, Look]:
    kind = KINDS.get(rule.kind)
    if kind is None or not rule.enabled:
        return {row.id: Superseded.RULE for row in rows}
    if not rows:
        return {}
    town = await session.get_one(Municipality, rule.municipality_id)
    return await kind.look(session, Place(town.id, town.timezone), rule, rows)


async def _send(session: AsyncSession, rows: Sequence[Reminder], now: datetime) -> int:
    fates = settle(
        (Arrived(row.id, (row.rule_id, row.subject, row.account_id), row.due_at, row.useful_until) for row in rows),
        now,
    )
    sent = []
    for row in rows:
        match fates[row.id]:
            case Fate.SEND:
                sent.append(row)
            case Fate.NEWER:
                supersede(row, Superseded.NEWER, now)
            case Fate.LATE:
                end(row, ReminderState.LATE, None, now)
    quiet = {one: await _is_quiet(session, one, now) for one in {row.municipality_id for row in sent}}
    queued = await enqueue(session, [_message(row, now, quiet=quiet[row.municipality_id]) for row in sent])
    await _link(session, sent)
    return queued


async def _link(session: AsyncSession, rows: Sequence[Reminder]) -> None:
    found = await session.execute(
        select(Delivery.subject, Delivery.id).where(
            Delivery.kind == REMINDER, Delivery.subject.in_([row.id for row in rows])
        )
    )
    deliveries = dict(found.all())
    for row in rows:
        row.state, row.delivery_id = ReminderState.QUEUED, deliveries[row.id]


async def _is_quiet(session: AsyncSession, municipality_id: int, now: datetime) -> bool:
    town = await session.get_one(Municipality, municipality_id)
    return allowed_from(now, await rules_of(session, municipality_id), town.timezone) > now


def _message(row: Reminder, now: datetime, *, quiet: bool) -> NewDelivery:
    pressing = row.useful_until - now <= PRESSING
    return NewDelivery(REMINDER, row.id, row.account_id, now, params={"kind": row.kind}, urgent=pressing and not quiet)
