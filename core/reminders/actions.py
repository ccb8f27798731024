"""What the clock, or a methodist, does with reminders. One function, one kind of transaction.

Planning, handing over and settling may run in several processes at the same time and be killed anywhere: each row
changes its state in one transaction, and only from the state it was seen in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, TypeVar

from sqlalchemy import func, select

from core import audit
from core.audiences.checking import check
from core.audiences.model import Audience
from core.clock import Clock
from core.errors import AppError
from core.people.model import Actor
from core.reminders import defaults, planning, rules, sending, settling
from core.reminders.model import Place, ReminderKind, RuleView
from core.reminders.rows import own, view
from storage.models import Municipality, ReminderRule
from storage.session import Store

T = TypeVar("T")

AT_ONCE = 200
"""Things in one transaction: others write in between."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What may be changed about a rule."""

    enabled: bool
    before_days: tuple[int, ...]
    before_hours: tuple[int, ...]
    at: time
    repeat_days: int | None
    words: str
    audience: Audience


async def plan(store: Store, clock: Clock) -> int:
    """Plans what is due within two days, and what was missed in the last three; returns how many reminders are new."""
    now = clock.now()
    places = await _places(store, now)
    return sum([await _plan(store, place, now) for place in places])


async def _places(store: Store, now: datetime) -> list[Place]:
    """All municipalities; one that has no rules gets those that everybody starts with."""
    async with store.read() as session:
        rows = await session.execute(
            select(Municipality.id, Municipality.timezone, func.count(ReminderRule.id))
            .outerjoin(ReminderRule, ReminderRule.municipality_id == Municipality.id)
            .group_by(Municipality.id, Municipality.timezone)
            .order_by(Municipality.id)
        )
        found = [(Place(one, timezone), count) for one, timezone, count in rows]
    poor = [place.id for place, count in found if count < defaults.count()]
    if poor:
        async with store.write() as session:
            await defaults.give(session, poor, now)
    return [place for place, _count in found]


async def _plan(store: Store, place: Place, now: datetime) -> int:
    async with store.read() as session:
        found = await planning.differences(session, place, now)
    added = 0
    for difference in found:
        for part in _parts(difference):
            async with store.write() as session:
                added += await planning.apply(session, part, now)
        async with store.write() as session:
            await planning.mark(session, difference.rule, now)
    return added


def _parts(difference: planning.Difference) -> Iterator[planning.Difference]:
    """The same in pieces of a bounded size."""
    yield from (replace(difference, new=part, again=(), gone=()) for part in _pieces(difference.new))
    if difference.again or difference.gone:
        yield replace(difference, new=())


async def send_due(store: Store, clock: Clock) -> int:
    """Queues the reminders whose time has come; returns how many messages. Each is dealt with once."""
    now = clock.now()
    async with store.read() as session:
        things = await sending.due(session, now)
    return sum([await _hand_over(store, part, now) for part in _pieces(things)])


async def _hand_over(store: Store, things: Sequence[list[int]], now: datetime) -> int:
    async with store.write() as session:
        return await sending.hand_over(session, (one for thing in things for one in thing), now)


def _pieces(whole: Sequence[T]) -> Iterator[tuple[T, ...]]:
    yield from (tuple(whole[start : start + AT_ONCE]) for start in range(0, len(whole), AT_ONCE))


async def settle(store: Store, clock: Clock) -> int:
    """Notes what became of the messages; returns how many reminders came to their end."""
    settled = 0
    while True:
        async with store.write() as session:
            found = await settling.settle_batch(session, clock.now())
        settled += found
        if found < settling.BATCH:
            return settled


async def set_rule(
    store: Store, clock: Clock, actor: Actor, rule_id: int, change: RuleChange, *, revision: int
) -> None:
    """From now on it reminds like this; what is planned follows within a minute. Nothing of the past is caught up on.

    Raises NotFound out of reach, reminder.changed_meanwhile, what core.reminders.rules.check refuses, and
    audience.foreign.
    """
    async with store.write() as session:
        row = await own(session, actor, rule_id)
        if row.revision != revision:
            raise AppError("reminder.changed_meanwhile")
        before = view(row)
        after = changed(before, change)
        rules.check(after)
        await check(session, actor, row.municipality_id, after.audience)
        if after == before:
            return
        _store(row, after, clock.now() if _times(after) != _times(before) else row.since)
        audit.note(
            session,
            clock.now(),
            actor,
            "reminder_rule.changed",
            f"reminder_rule:{row.id}",
            municipality_id=row.municipality_id,
            details={"kind": row.kind, "whom": row.whom},
            changes=_changes(before, after),
        )


def changed(rule: RuleView, change: RuleChange) -> RuleView:
    """The rule as it would be; hours and an audience only where the kind has any."""
    timed, about_people = rule.kind is ReminderKind.EVENT, rule.kind in ABOUT_PEOPLE
    return replace(
        rule,
        enabled=change.enabled,
        before_days=tuple(sorted(change.before_days, reverse=True)),
        before_hours=tuple(sorted(change.before_hours, reverse=True)) if timed else (),
        at=change.at,
        repeat_days=change.repeat_days,
        words=change.words.strip(),
        audience=change.audience if about_people else Audience(),
    )


ABOUT_PEOPLE = frozenset({ReminderKind.ATTESTATION, ReminderKind.EVENT})
"""Kinds that can be narrowed to some teachers; the others are about a day."""


def _store(row: ReminderRule, rule: RuleView, since: datetime) -> None:
    row.enabled, row.words, row.repeat_days = rule.enabled, rule.words, rule.repeat_days
    row.before_days, row.before_hours = list(rule.before_days), list(rule.before_hours)
    row.at, row.audience = rule.at.isoformat("minutes"), rule.audience.to_json()
    row.revision, row.since = row.revision + 1, since


def _times(rule: RuleView) -> tuple[object, ...]:
    return rule.enabled, rule.before_days, rule.before_hours, rule.at, rule.repeat_days, rule.audience


def _changes(before: RuleView, after: RuleView) -> dict[str, tuple[Any, Any]]:
    pairs = zip(_told(before).items(), _told(after).values(), strict=True)
    return {name: (was, now) for (name, was), now in pairs if was != now}


def _told(rule: RuleView) -> dict[str, Any]:
    return {
        "enabled": rule.enabled,
        "before_days": ", ".join(map(str, rule.before_days)),
        "before_hours": ", ".join(map(str, rule.before_hours)),
        "remind_at": rule.at.isoformat("minutes"),
        "repeat_days": rule.repeat_days,
        "reminder_words": rule.words,
        "reminder_audience": ", ".join(rule.audience.to_json()),
    }
