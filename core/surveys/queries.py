"""Reads of surveys: the catalogue, what waits for a person, where they are."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState, ParticipationState, ResponseState
from core.clock import Clock
from core.errors import NotFound
from core.people.model import Actor
from core.surveys import drafts, rules
from core.surveys.facts import Asked, facts_of
from core.surveys.model import SurveyDefinition
from core.surveys.steps import Ask, Step, SurveyCard
from core.surveys.subjects import told_to
from storage.models import (
    Campaign,
    Chat,
    Municipality,
    Participation,
    Response,
    SurveyVersion,
)

PRECEDENCE = (SurveyVersion.municipality_id.is_not(None), SurveyVersion.published_at, SurveyVersion.id)
"""Order in which the last version of a survey is the one in use: what a municipality has made for itself is not
pushed aside by a newer built-in version that comes with the program."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A survey that a campaign can be made for, in its newest version."""

    survey_id: int
    version_id: int
    definition: SurveyDefinition
    own: bool
    """A version that the municipality has made for itself."""


async def catalogue(session: AsyncSession, municipality_id: int) -> list[CatalogueEntry]:
    """Every survey this municipality may use, by title, in its newest version: its own, else the built-in one.

    Another municipality's versions are nobody else's business.
    """
    rows = await session.scalars(select(SurveyVersion).where(visible_to(municipality_id)).order_by(*PRECEDENCE))
    newest = {version.survey_id: version for version in rows}
    entries = [
        CatalogueEntry(one.survey_id, one.id, drafts.definition_of(one), one.municipality_id is not None)
        for one in newest.values()
    ]
    return sorted(entries, key=lambda one: (one.definition.title, one.survey_id))


def visible_to(municipality_id: int) -> ColumnElement[bool]:
    """Condition on SurveyVersion: built in, or this municipality's own."""
    return or_(SurveyVersion.municipality_id.is_(None), SurveyVersion.municipality_id == municipality_id)


async def definition(session: AsyncSession, version_id: int) -> SurveyDefinition:
    """A published version. Raises NotFound."""
    version = await session.get(SurveyVersion, version_id)
    if version is None:
        raise NotFound
    return drafts.definition_of(version)


async def cards(session: AsyncSession, clock: Clock, actor: Actor) -> list[SurveyCard]:
    """Open surveys this person was asked to answer, and closed ones whose results are theirs to read again.

    The one that closes first is on top.
    """
    open_now = and_(Campaign.state == CampaignState.OPEN, Campaign.closes_at > clock.now())
    own = and_(
        Response.campaign_id == Campaign.id,
        Response.subject == Participation.subject,
        Response.teacher_id == actor.teacher_id,
    )
    rows = await session.execute(
        select(Participation, Campaign, SurveyVersion, Response, Municipality.timezone)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .join(Municipality, Municipality.id == Campaign.municipality_id)
        .outerjoin(Response, own)
        .where(
            Participation.teacher_id == actor.teacher_id,
            or_(open_now, Response.state == ResponseState.SUBMITTED),
        )
        .order_by(Campaign.closes_at, Campaign.id, Participation.subject)
    )
    return [await _card(session, clock, *row) for row in rows.all()]


async def card(session: AsyncSession, clock: Clock, actor: Actor, ask: Ask) -> SurveyCard:
    """One of `cards`. Raises NotFound when the survey is closed or was not meant for this person."""
    found = [one for one in await cards(session, clock, actor) if one.ask == ask]
    if not found:
        raise NotFound("survey.not_found")
    return found[0]


async def _card(
    session: AsyncSession,
    clock: Clock,
    participation: Participation,
    campaign: Campaign,
    version: SurveyVersion,
    response: Response | None,
    timezone: str,
) -> SurveyCard:
    form = drafts.definition_of(version)
    asked = Asked(campaign, form, timezone, participation.teacher_id, participation.subject)
    position = total = 0
    if response is not None and response.state == ResponseState.DRAFT:
        facts = await facts_of(session, asked, clock.now())
        answers = await drafts.answers_of(session, form, response.id)
        progress = rules.progress(form, answers, facts, response.cursor)
        position, total = progress.position, progress.total
    return SurveyCard(
        ask=Ask(campaign.id, participation.subject),
        response_id=response.id if response is not None else None,
        title=campaign.title,
        about=await told_to(session, form.respondent, participation.subject, participation.teacher_id),
        respondent=form.respondent,
        purpose=form.purpose,
        minutes=form.minutes,
        privacy=form.privacy,
        k=campaign.k,
        closes_at=campaign.closes_at,
        timezone=timezone,
        state=ParticipationState(participation.state),
        position=position,
        total=total,
        has_result=response is not None and response.state == ResponseState.SUBMITTED and bool(form.scales),
    )


async def current_step(session: AsyncSession, clock: Clock, actor: Actor, response_id: int) -> Step:
    """The screen of the actor's own draft. Raises as core.surveys.drafts.load does."""
    return (await drafts.load(session, clock, actor, response_id)).step()


async def active_response(session: AsyncSession, channel: str, address: str) -> int | None:
    """The response that text typed in this chat belongs to."""
    return await session.scalar(select(Chat.response_id).where(Chat.channel == channel, Chat.address == address))
