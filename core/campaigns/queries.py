"""Campaigns as a methodist or a coordinator may see them; a coordinator sees only own organisations.

How far people are, and who has not taken part yet, never who said what.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVarTuple

from sqlalchemy import Select, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns import counting
from core.campaigns.counting import UNFINISHED, Units
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
    ReminderRow,
    ReminderState,
    Waiting,
)
from core.campaigns.reminding import plan_of
from core.campaigns.rows import recipients_of
from core.campaigns.rules import with_waves
from core.campaigns.scope import counted, own_organisations, place, visible, visible_campaign
from core.people.model import Actor, OrganisationKind
from core.profiles.rules import help_contact
from core.surveys.drafts import definition_of
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from storage.models import (
    Account,
    Campaign,
    CampaignReminder,
    Chat,
    Event,
    Municipality,
    Organisation,
    Participation,
    ReleaseCell,
    SurveyVersion,
    Teacher,
)

_Columns = TypeVarTuple("_Columns")
_JOINED = and_(Account.id.is_not(None), CAN_BE_ASKED)
_REACHABLE = and_(_JOINED, exists().where(Chat.account_id == Account.id, Chat.unreachable.is_(None)))


async def listing(session: AsyncSession, actor: Actor) -> list[CampaignRow]:
    """Newest first; drafts only for those who manage the municipality."""
    found = await session.execute(visible(actor).order_by(Campaign.opens_at.desc(), Campaign.id.desc()))
    return await _rows(session, actor, found.all())


async def detail(session: AsyncSession, actor: Actor, campaign_id: int) -> CampaignDetail:
    """Raises NotFound for what the actor may not see."""
    campaign, version = await visible_campaign(session, actor, campaign_id)
    definition = definition_of(version)
    municipality = await session.get_one(Municipality, campaign.municipality_id)
    released = select(ReleaseCell.campaign_id).where(ReleaseCell.campaign_id == campaign_id).limit(1)
    whom = recipients_of(campaign, definition)
    event = await session.get(Event, whom.event_id) if whom.event_id is not None else None
    return CampaignDetail(
        row=await _row_among_waves(session, actor, campaign, version),
        survey_version_id=version.id,
        survey_version=version.version,
        purpose=definition.purpose,
        minutes=definition.minutes,
        k=campaign.k,
        recipients=whom,
        event_title=event.title if event is not None else "",
        options={one.name: bool(campaign.options.get(one.name, one.default)) for one in definition.options},
        help_contact=campaign.options.get(HELP_CONTACT) or help_contact(municipality.settings),
        reminders=plan_of(campaign),
        clusters={code: tuple(members) for code, members in campaign.options.get(CLUSTERS, {}).items()},
        has_release=await session.scalar(released) is not None,
        may_change=actor.manages(campaign.municipality_id),
    )


async def reminders(session: AsyncSession, actor: Actor, campaign_id: int) -> list[ReminderRow]:
    """In their order; before the opening as they would be planned. Raises NotFound for what the actor may not see."""
    campaign, _ = await visible_campaign(session, actor, campaign_id)
    if campaign.opened_at is None:
        timezone = (await session.get_one(Municipality, campaign.municipality_id)).timezone
        due = plan_of(campaign).due(campaign.opens_at, campaign.closes_at, timezone)
        return [ReminderRow(one, ReminderState.PLANNED, 0) for one in due]
    rows = await session.scalars(
        select(CampaignReminder)
        .where(CampaignReminder.campaign_id == campaign_id)
        .order_by(CampaignReminder.due_at, CampaignReminder.id)
    )
    return [ReminderRow(one.due_at, ReminderState(one.state), one.people) for one in rows]


async def rates(session: AsyncSession, actor: Actor, campaign_id: int) -> list[OrganisationRate]:
    """By organisation, in the registry's order. Raises NotFound for what the actor may not see."""
    _, version = await visible_campaign(session, actor, campaign_id)
    units = Units(definition_of(version).respondent)
    joined = units.count(_JOINED)
    figures = (units.count(), joined, units.begun(), units.submitted(), joined - units.count(_REACHABLE))
    organisation = (Organisation.id, Organisation.short_name, Organisation.kind)
    rows = await session.execute(
        _participants(actor, campaign_id, select(*organisation, *figures))
        .group_by(*organisation)
        .order_by(Organisation.id)
    )
    return [
        OrganisationRate(where, name, OrganisationKind(kind), Rate(*numbers)) for where, name, kind, *numbers in rows
    ]


def total(rows: Iterable[OrganisationRate]) -> Rate:
    return sum((row.rate for row in rows), Rate())


async def waiting(
    session: AsyncSession, actor: Actor, campaign_id: int, organisation_id: int | None = None
) -> list[Waiting]:
    """Who has not taken part yet, by organisation and surname; each once. Raises NotFound."""
    await visible_campaign(session, actor, campaign_id)
    reach = case((_REACHABLE, Reach.REACHABLE.value), (_JOINED, Reach.UNREACHABLE.value), else_=Reach.NOT_JOINED.value)
    chosen = _participants(
        actor, campaign_id, select(Teacher, Organisation.id, Organisation.short_name, Participation.state, reach)
    ).where(UNFINISHED)
    if organisation_id is not None:
        chosen = chosen.where(place() == organisation_id)
    rows = await session.execute(chosen.order_by(Organisation.id, Teacher.surname, Teacher.given_name, Teacher.id))
    found: dict[tuple[int, int], Waiting] = {}
    for teacher, where, name, state, how in rows:
        before = found.get((where, teacher.id))
        if before is None or before.state is ParticipationState.INVITED:
            found[where, teacher.id] = _waiting(teacher, where, name, ParticipationState(state), Reach(how))
    return list(found.values())


async def waiting_people(session: AsyncSession, actor: Actor, campaign_id: int) -> int:
    """How many people `waiting` tells of, without fetching them. Raises NotFound."""
    await visible_campaign(session, actor, campaign_id)
    people = _participants(actor, campaign_id, select(func.count(Participation.teacher_id.distinct())))
    return (await session.execute(people.where(UNFINISHED))).scalar_one()


def _waiting(teacher: Teacher, where: int, name: str, state: ParticipationState, reach: Reach) -> Waiting:
    return Waiting(
        teacher_id=teacher.id,
        surname=teacher.surname,
        given_name=teacher.given_name,
        patronymic=teacher.patronymic,
        organisation_id=where,
        organisation=name,
        state=state,
        reach=reach,
    )


def _participants(actor: Actor, campaign_id: int, chosen: Select[*_Columns]) -> Select[*_Columns]:
    return (
        chosen.select_from(Participation)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Teacher, Teacher.id == Participation.teacher_id)
        .join(Organisation, Organisation.id == place())
        .outerjoin(Account, Account.teacher_id == Teacher.id)
        .where(
            Participation.campaign_id == campaign_id,
            own_organisations(actor, Campaign.municipality_id),
            counted(),
        )
    )


async def _row_among_waves(
    session: AsyncSession, actor: Actor, campaign: Campaign, version: SurveyVersion
) -> CampaignRow:
    siblings = visible(actor).where(
        Campaign.municipality_id == campaign.municipality_id, SurveyVersion.survey_id == version.survey_id
    )
    rows = await _rows(session, actor, (await session.execute(siblings)).all())
    return next(one for one in rows if one.id == campaign.id)


async def _rows(
    session: AsyncSession, actor: Actor, found: Sequence[tuple[Campaign, SurveyVersion]]
) -> list[CampaignRow]:
    known = [(campaign, definition_of(version)) for campaign, version in found]
    numbers = await counting.by_organisation(
        session,
        {campaign.id: definition.respondent for campaign, definition in known},
        own_organisations(actor, Campaign.municipality_id),
    )
    return with_waves([_row(*one, counting.total(numbers[one[0].id].values())) for one in known])


def _row(campaign: Campaign, definition: SurveyDefinition, numbers: tuple[int, int]) -> CampaignRow:
    invited, submitted = numbers
    return CampaignRow(
        id=campaign.id,
        municipality_id=campaign.municipality_id,
        survey_code=definition.code,
        survey_title=definition.title,
        title=campaign.title,
        privacy=SurveyPrivacy(definition.privacy),
        respondent=definition.respondent,
        state=CampaignState(campaign.state),
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        opened_at=campaign.opened_at,
        closed_at=campaign.closed_at,
        invited=invited,
        submitted=submitted,
    )
