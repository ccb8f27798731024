"""Reads about reminders, for pages of the municipality and for the sender."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.errors import NotFound
from core.people.model import Actor
from core.reminders.kinds.kind import Look
from core.reminders.model import Coming, Facts, Letter, Place, ReminderKind, ReminderState, RuleView, Superseded, Whom
from core.reminders.planning import wanted_by
from core.reminders.rows import view
from core.reminders.rules import Window
from core.reminders.sending import looked_at
from storage.models import Campaign, CampaignReminder, Municipality, Reminder, ReminderRule

NEXT = timedelta(days=60)
"""How far a page looks ahead."""
MOST_NEXT = 3

_KINDS = list(ReminderKind)
_WHOM = list(Whom)


async def rules(session: AsyncSession, actor: Actor, municipality_id: int) -> list[RuleView]:
    """In the order of kinds. Raises NotFound for a municipality the actor does not manage."""
    _check(actor, municipality_id)
    rows = await session.scalars(select(ReminderRule).where(ReminderRule.municipality_id == municipality_id))
    return sorted((view(row) for row in rows), key=lambda one: (_KINDS.index(one.kind), _WHOM.index(one.whom)))


async def rule(session: AsyncSession, actor: Actor, rule_id: int) -> RuleView:
    """Raises NotFound."""
    row = await session.get(ReminderRule, rule_id)
    if row is None or not actor.manages(row.municipality_id):
        raise NotFound
    return view(row)


async def coming(session: AsyncSession, clock: Clock, actor: Actor, asked: RuleView) -> list[Coming]:
    """The next moments at which the rule, stored or not, would remind, and how many people; switched on or not."""
    _check(actor, asked.municipality_id)
    town = await session.get_one(Municipality, asked.municipality_id)
    now = clock.now()
    wanted = await wanted_by(session, Place(town.id, town.timezone), asked, Window(now, now + NEXT))
    people: dict[datetime, set[int]] = defaultdict(set)
    for one in wanted:
        people[one.due_at].add(one.account_id)
    return [Coming(moment, len(people[moment])) for moment in sorted(people)[:MOST_NEXT]]


async def of_campaigns(session: AsyncSession, clock: Clock, actor: Actor, municipality_id: int) -> list[Coming]:
    """The next reminders of surveys; whom they will go to is known when their time comes."""
    _check(actor, municipality_id)
    rows = await session.execute(
        select(CampaignReminder.due_at, Campaign.id, Campaign.title)
        .join(Campaign, Campaign.id == CampaignReminder.campaign_id)
        .where(
            Campaign.municipality_id == municipality_id,
            CampaignReminder.state == ReminderState.PLANNED,
            CampaignReminder.due_at > clock.now(),
        )
        .order_by(CampaignReminder.due_at, Campaign.id)
        .limit(MOST_NEXT)
    )
    return [Coming(due, None, campaign, title) for due, campaign, title in rows]


async def letter(session: AsyncSession, now: datetime, reminder_id: int) -> Letter | Superseded | ReminderState:
    """What the sender needs; otherwise why it is not sent any more, LATE when it is of no use by now.

    Raises NotFound when it is gone.
    """
    row = await session.get(Reminder, reminder_id)
    if row is None:
        raise NotFound
    said: Look = (await looked_at(session, [row]))[row.id]
    if not isinstance(said, Facts):
        return said
    if row.useful_until <= now:
        return ReminderState.LATE
    found = await session.execute(
        select(ReminderRule.words, Municipality.timezone)
        .join(Municipality, Municipality.id == ReminderRule.municipality_id)
        .where(ReminderRule.id == row.rule_id)
    )
    words, timezone = found.one()
    return Letter(said, words, timezone)


def _check(actor: Actor, municipality_id: int) -> None:
    if not actor.manages(municipality_id):
        raise NotFound
