"""What is to be done with a delivery whose turn has come."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.screens import announcement_letters as letters
from bot.screens import digests, reminders, surveys
from bot.screens.accounts import sign_in_check
from bot.screens.errands import Drop, Errand, Later, Merge, Show
from core.accounts import queries as accounts
from core.accounts.model import SIGN_IN_CHECK
from core.announcements.model import ANNOUNCEMENT, EDIT, PREVIEW, RECALL, STATUS
from core.campaigns.model import INVITATION, REMINDER, ParticipationState
from core.clock import Clock
from core.errors import NotFound
from core.outgoing import queries as outgoing
from core.outgoing.model import DIGEST, RELEASED, Send, Verdict, Wait
from core.outgoing.model import Drop as Refused
from core.outgoing.model import Merge as OverLimit
from core.people import queries as people
from core.reminders.model import REMINDER as BY_RULE
from core.surveys import queries
from core.surveys.steps import Ask, SurveyCard
from storage.outbox import Claimed, NewDelivery
from storage.session import Database

Make = Callable[[Database, Clock, Claimed], Awaitable[Errand]]


async def render(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    """KeyError for a kind that nobody knows.

    Whether a person may be written to just now is asked last: what is not due, paused or withdrawn is not put off
    or merged, too.
    """
    errand = await letter(db, clock, delivery)
    if not isinstance(errand, Show) or delivery.urgent or delivery.kind not in JUDGED:
        return errand
    verdict = await _verdict(db, clock.now(), delivery, errand)
    return errand if isinstance(verdict, Send) else _instead(delivery, verdict)


async def letter(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    """The same, whatever the hour, and however much its person got today."""
    return await _KINDS[delivery.kind](db, clock, delivery)


async def _digest(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    return await digests.digest(db, clock, delivery, letter)


async def _verdict(db: Database, now: datetime, delivery: Claimed, due: Show) -> Verdict:
    async with db.read() as session:
        return await outgoing.verdict(
            session,
            now,
            delivery.account_id,
            delivery.kind,
            due.category,
            delivery_id=delivery.id,
            at_once=due.at_once,
            released=bool(delivery.params.get(RELEASED)),
        )


def _instead(delivery: Claimed, verdict: Wait | OverLimit | Refused) -> Errand:
    match verdict:
        case Wait(until):
            return Later(until)
        case OverLimit(day, digest_at):
            return Merge(NewDelivery(DIGEST, day.toordinal(), delivery.account_id, digest_at))
        case Refused(reason):
            return Drop(reason)


async def _sign_in_check(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    async with db.read() as session:
        numbers = await accounts.question(session, clock, delivery.subject)
    return Drop() if numbers is None else Show(sign_in_check(delivery.subject, numbers))


async def _invitation(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    card = await _waiting(db, clock, delivery)
    return Drop() if card is None else Show(surveys.invitation(card))


async def _campaign_reminder(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    card = await _waiting(db, clock, delivery)
    return Drop() if card is None else Show(surveys.reminder(card))


async def _waiting(db: Database, clock: Clock, delivery: Claimed) -> SurveyCard | None:
    """None when the survey is closed, was answered meanwhile, or the person has left."""
    ask = Ask(delivery.subject, int(delivery.params.get("subject", 0)))
    async with db.read() as session:
        try:
            actor = await people.actor_of_account(session, delivery.account_id)
            card = await queries.card(session, clock, actor, ask)
        except NotFound:
            return None
    return None if card.state is ParticipationState.SUBMITTED else card


_KINDS: Mapping[str, Make] = MappingProxyType(
    {
        SIGN_IN_CHECK: _sign_in_check,
        INVITATION: _invitation,
        REMINDER: _campaign_reminder,
        BY_RULE: reminders.reminder,
        ANNOUNCEMENT: letters.announcement,
        EDIT: letters.edit,
        RECALL: letters.recall,
        PREVIEW: letters.preview,
        STATUS: letters.status,
        DIGEST: _digest,
    }
)
JUDGED = frozenset({INVITATION, REMINDER, BY_RULE, ANNOUNCEMENT, DIGEST})
"""Kinds that keep quiet hours, mutes and the daily limit, each as far as core.outgoing says."""
