"""Whom a campaign is put to, in words."""

from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.describing import describe as describe_audience
from core.campaigns.model import CampaignDetail
from core.people.model import Actor
from core.surveys.model import Respondent

_EVERYBODY = {
    Respondent.ORGANISATION: "Ответственные всех организаций, каждый за свою",
    Respondent.PAIR: "Все наставники и наставляемые",
}
_SOME = {Respondent.ORGANISATION: "Ответственные", Respondent.PAIR: "Наставники и наставляемые"}


async def describe(session: AsyncSession, actor: Actor, detail: CampaignDetail) -> str:
    """In one sentence, without a full stop."""
    whom = detail.recipients
    if whom.respondent is Respondent.PARTICIPANT:
        return f"Участники мероприятия «{detail.event_title}»"
    if whom.audience.is_everybody and whom.respondent in _EVERYBODY:
        return _EVERYBODY[whom.respondent]
    return await describe_audience(
        session, actor, whom.municipality_id, whom.audience, who=_SOME.get(whom.respondent, "")
    )
