"""Campaigns as a methodist or a coordinator may see them; a coordinator sees only own organisations.

How far people are, and who has not taken part yet, never who said what.
"""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.campaigns.invitations import CAN_BE_ASKED
from core.campaigns.model import (
    CLUSTERS,
    HELP_CONTACT,
    CampaignDetail,
    CampaignRow,
    CampaignState,
    OrganisationRate,
    ParticipationState,
    Rate,
    Reach,
    Waiting,
)
from core.campaigns.scope import counted, own_organisations, visible, visible_campaign
from core.people.model import Actor, OrganisationKind
from core.profiles.rules import help_contact
from core.surveys.drafts import definition_of
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from storage.models import Account, Campaign, Chat, Municipality, Organisation, Participation, ReleaseCell, Teacher

_Columns = TypeVarTuple("_Columns")
_JOINED = and_(Account.id.is_not(None), CAN_BE_ASKED)
_UNREACHABLE = and_(_JOINED, not_(exists().where(Chat.account_id == Account.id, Chat.unreachable.is_(None))))


async def listing(session: AsyncSession, actor: Actor) -> list[CampaignRow]:
    """Newest first; drafts only for those who manage the municipality."""
    found = await session.execute(visible(actor).order_by(Campaign.opens_at.desc(), Campaign.id.desc()))
    campaigns = list(found.all())
    numbers = await _numbers(session, actor, [campaign.id for campaign, _ in campaigns])
    return [_row(campaign, definition_of(version), numbers) for campaign, version in campaigns]


async def detail(session: AsyncSession, actor: Actor, campaign_id: int) -> CampaignDetail:
    """Raises NotFound for what the actor may not see."""
    campaign, version = await visible_campaign(session, actor, campaign_id)
    definition = definition_of(version)
    municipality = await session.get_one(Municipality, campaign.municipality_id)
    released = select(ReleaseCell.campaign_id).where(ReleaseCell.campaign_id == campaign_id).limit(1)
    options = {key: value for key, value in campaign.options.items() if key not in {CLUSTERS, HELP_CONTACT}}
    return CampaignDetail(
        row=_row(campaign, definition, await _numbers(session, actor, [campaign_id])),
        survey_version=version.version,
        purpose=definition.purpose,
        minutes=definition.minutes,
        k=campaign.k,
        audience=Audience.from_json(campaign.audience),
        options=options,
        help_contact=campaign.options.get(HELP_CONTACT) or help_contact(municipality.settings),
        clusters={code: tuple(members) for code, members in campaign.options.get(CLUSTERS, {}).items()},
        has_release=await session.scalar(released) is not None,
        may_change=actor.manages(campaign.municipality_id),
    )


async def rates(session: AsyncSession, actor: Actor, campaign_id: int) -> list[OrganisationRate]:
    """By organisation, in the registry's order. Raises NotFound for what the actor may not see."""
    await visible_campaign(session, actor, campaign_id)
    rows = await session.execute(
        _participants(
            actor,
            campaign_id,
            select(
                Organisation.id,
                Organisation.short_name,
                Organisation.kind,
                func.count(),
                _count(_JOINED),
                _count(Participation.state == ParticipationState.BEGUN),
                _count(Participation.state == ParticipationState.SUBMITTED),
                _count(_UNREACHABLE),
            ),
        )
        .group_by(Organisation.id, Organisation.short_name, Organisation.kind)
        .order_by(Organisation.id)
    )
    return [
        OrganisationRate(organisation, name, OrganisationKind(kind), Rate(invited, joined, begun, submitted, away))
        for organisation, name, kind, invited, joined, begun, submitted, away in rows
    ]


def total(rows: list[OrganisationRate]) -> Rate:
    return sum((row.rate for row in rows), Rate())


async def waiting(
    session: AsyncSession, actor: Actor, campaign_id: int, organisation_id: int | None = None
) -> list[Waiting]:
    """Who has not taken part yet, by organisation and surname. Raises NotFound."""
    await visible_campaign(session, actor, campaign_id)
    reach = case(
        (_UNREACHABLE, Reach.UNREACHABLE.value), (_JOINED, Reach.REACHABLE.value), else_=Reach.NOT_JOINED.value
    )
    chosen = _participants(
        actor, campaign_id, select(Teacher, Organisation.short_name, Participation.state, reach)
    ).where(Participation.state != ParticipationState.SUBMITTED)
    if organisation_id is not None:
        chosen = chosen.where(Teacher.organisation_id == organisation_id)
    rows = await session.execute(
        chosen.order_by(Teacher.organisation_id, Teacher.surname, Teacher.given_name, Teacher.id)
    )
    return [
        Waiting(
            teacher_id=teacher.id,
            surname=teacher.surname,
            given_name=teacher.given_name,
            patronymic=teacher.patronymic,
            organisation_id=teacher.organisation_id,
            organisation=organisation,
            state=ParticipationState(state),
            reach=Reach(how),
        )
        for teacher, organisation, state, how in rows
    ]


async def _numbers(session: AsyncSession, actor: Actor, campaigns: list[int]) -> dict[int, tuple[int, int]]:
    submitted = func.sum(case((Participation.state == ParticipationState.SUBMITTED, 1), else_=0))
    rows = await session.execute(
        select(Participation.campaign_id, func.count(), submitted)
        .join(Teacher, Teacher.id == Participation.teacher_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.campaign_id.in_(campaigns),
            own_organisations(actor, Campaign.municipality_id),
            counted(),
        )
        .group_by(Participation.campaign_id)
    )
    return {campaign: (invited, done) for campaign, invited, done in rows}


def _participants(actor: Actor, campaign_id: int, chosen: Select[*_Columns]) -> Select[*_Columns]:
    return (
        chosen.select_from(Participation)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Teacher, Teacher.id == Participation.teacher_id)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .outerjoin(Account, Account.teacher_id == Teacher.id)
        .where(
            Participation.campaign_id == campaign_id,
            own_organisations(actor, Campaign.municipality_id),
            counted(),
        )
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _row(campaign: Campaign, definition: SurveyDefinition, numbers: dict[int, tuple[int, int]]) -> CampaignRow:
    invited, submitted = numbers.get(campaign.id, (0, 0))
    return CampaignRow(
        id=campaign.id,
        municipality_id=campaign.municipality_id,
        survey_code=definition.code,
        survey_title=definition.title,
        title=campaign.title,
        privacy=SurveyPrivacy(definition.privacy),
        state=CampaignState(campaign.state),
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        opened_at=campaign.opened_at,
        closed_at=campaign.closed_at,
        invited=invited,
        submitted=submitted,
    )
