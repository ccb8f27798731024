"""What the registry, the campaign and the clock know about a respondent, for the expressions of a survey."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.audiences.queries import selection
from core.clock import local_date
from core.people.model import Role
from core.people.rules import experience
from core.surveys.model import NO, NOW, YES, Facts, Respondent, SurveyDefinition
from storage.models import Account, Campaign, Event, Grant, MentoringPair, Organisation, Position, Teacher


@dataclass(frozen=True, slots=True)
class Asked:
    """Who answers what, and what about: `subject` as in storage.models.Participation."""

    campaign: Campaign
    definition: SurveyDefinition
    timezone: str
    teacher_id: int
    subject: int


async def facts_of(session: AsyncSession, asked: Asked, now: datetime) -> Facts:
    """Only what the survey speaks of is looked up; a fact that is not known is left out."""
    named = asked.definition.named
    facts = {NOW: now.astimezone(ZoneInfo(asked.timezone)).isoformat(timespec="seconds")}
    facts |= options_of(asked.campaign, asked.definition)
    if _any(named, "teacher_"):
        facts |= await _of_teacher(session, asked, local_date(now, asked.timezone).year)
    if _any(named, "organisation_"):
        facts |= await _of_organisation(session, asked, now)
    if "event_title" in named and asked.definition.respondent is Respondent.PARTICIPANT:
        facts["event_title"] = await session.scalar(select(Event.title).where(Event.id == asked.subject)) or ""
    if "pair_role" in named and asked.definition.respondent is Respondent.PAIR:
        mentor = await session.scalar(select(MentoringPair.mentor_id).where(MentoringPair.id == asked.subject))
        facts["pair_role"] = "mentor" if mentor == asked.teacher_id else "mentee"
    return facts


def options_of(campaign: Campaign, definition: SurveyDefinition) -> Facts:
    """The switches of the survey as this campaign has set them."""
    return {o.fact.name: _word(bool(campaign.options.get(o.name, o.default))) for o in definition.options}


async def _of_teacher(session: AsyncSession, asked: Asked, year: int) -> Facts:
    coordinates = exists().where(
        Grant.role == Role.COORDINATOR, Grant.account_id == Account.id, Account.teacher_id == Teacher.id
    )
    group, manages, first_work_year, coordinator = (
        await session.execute(
            select(Position.group, Teacher.is_management, Teacher.first_work_year, coordinates)
            .join(Teacher, Teacher.position_id == Position.id)
            .where(Teacher.id == asked.teacher_id)
        )
    ).one()
    return {
        "teacher_position_group": group,
        "teacher_is_management": _word(manages),
        "teacher_is_coordinator": _word(coordinator),
        "teacher_experience": experience(first_work_year, year),
    }


async def _of_organisation(session: AsyncSession, asked: Asked, now: datetime) -> Facts:
    """Of the organisation that is answered for, or else the one where the person works."""
    about = asked.subject if asked.definition.respondent is Respondent.ORGANISATION else None
    if about is None:
        about = await session.scalar(select(Teacher.organisation_id).where(Teacher.id == asked.teacher_id))
    organisation = await session.get_one(Organisation, about)
    today = local_date(now, asked.timezone)
    counts = {}
    for name, young in (("organisation_staff", False), ("organisation_young", True)):
        audience = Audience(organisations=frozenset({organisation.id}), young_only=young)
        chosen = await selection(session, None, organisation.municipality_id, audience, today)
        people = chosen.order_by(None).subquery()
        counts[name] = str(await session.scalar(select(func.count()).select_from(people)) or 0)
    return {"organisation_kind": organisation.kind, **counts}


def _any(named: Collection[str], prefix: str) -> bool:
    return any(name.startswith(prefix) for name in named)


def _word(value: bool) -> str:
    return YES if value else NO
