"""The consent, and whether somebody can be reached. Each function is one transaction."""

from sqlalchemy import update

from core import audit
from core.campaigns.invitations import invite_joined
from core.clock import Clock
from core.errors import AppError
from core.people import queries
from core.people.model import Actor
from storage.models import Chat, Consent, ConsentText
from storage.session import Store


async def publish_consent(store: Store, clock: Clock, version: str, text: str) -> None:
    """Stores a wording of the consent; one that is already there must be the same, word for word."""
    async with store.write() as session:
        stored = await session.get(ConsentText, version)
        if stored is None:
            session.add(ConsentText(version=version, text=text, published_at=clock.now()))
        elif stored.text != text:
            raise AppError("consent.changed", version=version)


async def give_consent(store: Store, clock: Clock, actor: Actor, version: str) -> None:
    """Notes the consent with its version and time; giving it twice is one consent."""
    async with store.write() as session:
        due = await queries.consent_due(session, actor)
        if due is None:
            return
        if due.version != version:
            raise AppError("consent.outdated")
        session.add(Consent(account_id=actor.account_id, version=version, given_at=clock.now()))
        subject = audit.whose(actor.account_id, actor.teacher_id)
        audit.note(session, clock.now(), actor, "consent.given", subject, details={"v": version})
        if actor.teacher_id is not None:
            await invite_joined(session, clock, actor.account_id, actor.teacher_id)


async def note_reachable(store: Store, channel: str, address: str, unreachable: str | None) -> None:
    """The person stopped the bot (`unreachable` says why) or let it in again (None)."""
    async with store.write() as session:
        await session.execute(
            update(Chat).where(Chat.channel == channel, Chat.address == address).values(unreachable=unreachable)
        )
