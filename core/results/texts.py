"""What people wrote in their own words: without any attribute, in an order that tells nothing."""

import hashlib

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.errors import NotFound
from core.people.model import Actor
from core.releases.queries import released_texts
from core.results import queries
from core.results.model import CampaignResults, Result, Shape
from core.results.source import Source
from storage.models import Answer, Response


async def texts(
    session: AsyncSession, actor: Actor, campaign_id: int, name: str, shuffle: str
) -> tuple[CampaignResults, Result, list[str]]:
    """All texts of one question; the same `shuffle` gives the same order, so that pages fit together.

    Raises NotFound for a question without texts, and for those who do not manage the municipality.
    """
    found = await queries.results(session, actor, campaign_id)
    question = next((one for one in found.questions if one.name == name and one.shape is Shape.TEXT), None)
    if question is None or not found.sees_answers:
        raise NotFound
    written = await written_in(session, found, name)
    return found, question, sorted(written, key=lambda text: _lot(shuffle, text))


async def written_in(session: AsyncSession, found: CampaignResults, name: str) -> list[str]:
    """In no order that could be relied on."""
    if found.source is Source.RELEASE:
        return [text for question, text in await released_texts(session, found.campaign.row.id) if question == name]
    definition = (await queries.wave_of(session, found.campaign.row.id)).definition
    rows = await session.scalars(
        select(Answer.text)
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.campaign_id == found.campaign.row.id,
            Response.state == ResponseState.SUBMITTED,
            Answer.question == definition.by_name(name).number,
            Answer.text.is_not(None),
        )
    )
    return [text for text in rows if text is not None]


def _lot(shuffle: str, text: str) -> bytes:
    return hashlib.sha256(f"{shuffle}:{text}".encode()).digest()
