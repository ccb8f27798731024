"""Where people of an organisation stand on the way into the bot, as parts of queries."""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, select

from core.invites.model import Standing
from storage.models import Account, Chat, Consent, Invite


def works(now: datetime) -> ColumnElement[bool]:
    """Of an Invite: it can still be used."""
    return and_(Invite.used_at.is_(None), Invite.revoked_at.is_(None), Invite.expires_at > now)


def works_until(now: datetime) -> ScalarSelect[datetime]:
    """When the last working invite of the Account ends."""
    rows = select(func.max(Invite.expires_at)).where(Invite.account_id == Account.id, works(now))
    return rows.correlate(Account).scalar_subquery()


def standing(now: datetime) -> ColumnElement[str]:
    """Standing of the Account; a teacher without one has none of all."""
    chat = exists().where(Chat.account_id == Account.id).correlate(Account)
    heard = exists().where(Chat.account_id == Account.id, Chat.unreachable.is_(None)).correlate(Account)
    invited = exists().where(Invite.account_id == Account.id, works(now)).correlate(Account)
    return case(
        (Account.active.is_(False), Standing.OFF.value),
        (heard, Standing.JOINED.value),
        (chat, Standing.STOPPED.value),
        (invited, Standing.INVITED.value),
        else_=Standing.NONE.value,
    )


def consented_at() -> ScalarSelect[datetime]:
    """When the Account gave the consent that stands, in the chat."""
    rows = select(func.max(Consent.given_at)).where(Consent.account_id == Account.id, Consent.withdrawn_at.is_(None))
    return rows.correlate(Account).scalar_subquery()
