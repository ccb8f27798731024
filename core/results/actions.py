"""Looks at what single people answered, and files that leave the program: each is noted in the audit."""

from core import audit
from core.clock import Clock
from core.errors import Denied, NotFound
from core.people.model import Actor
from core.results import people, queries
from core.results.people import People, Questionnaire, Search
from storage.session import Store


async def list_people(store: Store, clock: Clock, actor: Actor, campaign_id: int, search: Search) -> People:
    """Who submitted a named questionnaire. Raises NotFound. The audit keeps that somebody looked, not for whom."""
    async with store.write() as session:
        found = await people.people(session, actor, campaign_id, search)
        details = {"organisation": search.organisation} if search.organisation is not None else None
        audit.note(
            session,
            clock.now(),
            actor,
            "answers.listed",
            f"campaign:{campaign_id}",
            municipality_id=found.campaign.row.municipality_id,
            details=details,
        )
        return found


async def see_answers(store: Store, clock: Clock, actor: Actor, campaign_id: int, response_id: int) -> Questionnaire:
    """What one person answered in a named survey. Raises NotFound."""
    async with store.write() as session:
        found = await people.questionnaire(session, actor, campaign_id, response_id)
        audit.note(
            session,
            clock.now(),
            actor,
            "answers.seen",
            f"response:{response_id}",
            municipality_id=found.campaign.row.municipality_id,
        )
        return found


async def note_export(store: Store, clock: Clock, actor: Actor, campaign_id: int, format_: str) -> None:
    """Before a file of results is made. Raises as core.results.exports.making.tables: what was refused is not noted.

    The file itself is read outside the transaction: it takes seconds, and others are answering.
    """
    async with store.write() as session:
        found = await queries.campaign(session, actor, campaign_id)
        if not found.may_change:
            raise Denied
        if not (await queries.wave_of(session, campaign_id)).is_ready:
            raise NotFound
        audit.note(
            session,
            clock.now(),
            actor,
            "results.exported",
            f"campaign:{campaign_id}",
            municipality_id=found.row.municipality_id,
            details={"format": format_},
        )
