"""What of campaigns an actor may see, as conditions of queries."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState, ParticipationState
from core.errors import NotFound
from core.people.model import Actor
from storage.models import Campaign, Organisation, Participation, SurveyVersion, Teacher


def visible(actor: Actor) -> Select[Campaign, SurveyVersion]:
    """Campaigns with their survey versions; drafts only for those who manage the municipality."""
    chosen = select(Campaign, SurveyVersion).join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
    if actor.everywhere:
        return chosen
    theirs = select(Organisation.municipality_id).where(Organisation.id.in_(sorted(actor.organisations)))
    return chosen.where(
        or_(
            Campaign.municipality_id.in_(sorted(actor.municipalities)),
            and_(
                Campaign.municipality_id.in_(theirs),
                Campaign.state.in_((CampaignState.OPEN, CampaignState.CLOSED)),
            ),
        )
    )


async def visible_campaign(session: AsyncSession, actor: Actor, campaign_id: int) -> tuple[Campaign, SurveyVersion]:
    """Raises NotFound for what the actor may not see."""
    found = (await session.execute(visible(actor).where(Campaign.id == campaign_id))).one_or_none()
    if found is None:
        raise NotFound
    return found


def own_organisations(actor: Actor, municipality_id: Any) -> ColumnElement[bool]:
    """Condition on Participation and Teacher: whose figures the actor may see in that municipality (column or id)."""
    if actor.everywhere:
        return true()
    managed = municipality_id.in_(sorted(actor.municipalities)) if actor.municipalities else false()
    coordinated = place().in_(sorted(actor.organisations)) if actor.organisations else false()
    return or_(managed, coordinated)


def counted() -> ColumnElement[bool]:
    """Condition on Participation, Teacher and Campaign: who is in the response rate.

    Whoever left before the end without answering is not asked for an answer any more.
    """
    return or_(
        Teacher.archived_at.is_(None),
        Teacher.archived_at >= Campaign.closed_at,
        Participation.state == ParticipationState.SUBMITTED,
    )


def place() -> ColumnElement[int]:
    """Where somebody is counted: the organisation as of the opening, or the one that is answered for.

    Campaigns opened by an earlier version did not note it; there the present one stands in.
    """
    return func.coalesce(Participation.organisation_id, Teacher.organisation_id)
