"""What a methodist looks at before making a campaign: which surveys there are, how much people were asked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import Burden, Recipients, SurveyChoice
from core.campaigns.recipients import draw
from core.campaigns.rules import needs_help_contact
from core.clock import Clock, local_date
from core.errors import NotFound
from core.people.model import Actor
from core.surveys.drafts import definition_of
from core.surveys.model import SurveyDefinition
from core.surveys.queries import catalogue, visible_to
from storage.models import Campaign, Municipality, Participation, SurveyVersion


async def survey_choices(session: AsyncSession, municipality_id: int) -> list[SurveyChoice]:
    """Surveys that this municipality can ask, each in its newest version, by title."""
    return [_choice(one.version_id, one.definition, own=one.own) for one in await catalogue(session, municipality_id)]


async def survey_choice(session: AsyncSession, municipality_id: int, version_id: int) -> SurveyChoice:
    """One certain version. Raises NotFound for another municipality's."""
    version = await session.scalar(
        select(SurveyVersion).where(SurveyVersion.id == version_id, visible_to(municipality_id))
    )
    if version is None:
        raise NotFound
    return _choice(version.id, definition_of(version), own=version.municipality_id is not None)


def _choice(version_id: int, definition: SurveyDefinition, *, own: bool) -> SurveyChoice:
    return SurveyChoice(
        code=definition.code,
        version_id=version_id,
        title=definition.title,
        privacy=definition.privacy,
        respondent=definition.respondent,
        minutes=definition.minutes,
        options=tuple((option.name, option.label, option.default) for option in definition.options),
        needs_help_contact=needs_help_contact(definition.privacy),
        own=own,
    )


async def burden(session: AsyncSession, clock: Clock, actor: Actor, whom: Recipients, minutes: int = 0) -> Burden:
    """Minutes of questions that these people were asked this calendar year (SPEC §4), alone and with `minutes` more.

    Counts every campaign that opened this year, whether it was answered or not. Raises NotFound.
    """
    if not actor.manages(whom.municipality_id):
        raise NotFound
    timezone = (await session.get_one(Municipality, whom.municipality_id)).timezone
    today = local_date(clock.now(), timezone)
    start = datetime(today.year, 1, 1, tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    asked_before = await _minutes_since(session, whom.municipality_id, start)
    drawn = (await draw(session, whom, today)).subquery()
    people = select(drawn.c.teacher_id, (func.count() * minutes).label("more")).group_by(drawn.c.teacher_id).subquery()
    asked = case(asked_before, value=Participation.campaign_id, else_=0) if asked_before else 0
    each = (
        select(func.sum(func.coalesce(asked, 0)).label("before"), people.c.more)
        .outerjoin(Participation, Participation.teacher_id == people.c.teacher_id)
        .group_by(people.c.teacher_id, people.c.more)
        .subquery()
    )
    both = each.c.before + each.c.more
    figures = (func.avg(each.c.before), func.max(each.c.before), func.count(), func.avg(both), func.max(both))
    average, most, count, average_with, most_with = (await session.execute(select(*figures))).one()
    return Burden(float(average or 0), int(most or 0), count, float(average_with or 0), int(most_with or 0))


async def _minutes_since(session: AsyncSession, municipality_id: int, start: datetime) -> dict[int, int]:
    found = await session.execute(
        select(Campaign.id, SurveyVersion)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(Campaign.municipality_id == municipality_id, Campaign.opened_at >= start)
    )
    return {campaign: definition_of(version).minutes for campaign, version in found}
