"""What a methodist looks at before making a campaign: which surveys there are, how much people were asked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.audiences.queries import selection
from core.campaigns.model import Burden, SurveyChoice
from core.campaigns.rules import needs_help_contact
from core.clock import Clock, local_date
from core.errors import NotFound
from core.people.model import Actor
from core.surveys.drafts import definition_of
from core.surveys.model import Respondent, SurveyDefinition
from storage.models import Campaign, Municipality, Participation, SurveyVersion


async def survey_choices(session: AsyncSession) -> list[SurveyChoice]:
    """Surveys that teachers can be asked, each in its newest version, by title."""
    newest: dict[str, SurveyDefinition] = {}
    for version in await session.scalars(select(SurveyVersion).order_by(SurveyVersion.published_at, SurveyVersion.id)):
        definition = definition_of(version)
        newest[definition.code] = definition
    return [
        SurveyChoice(
            code=one.code,
            title=one.title,
            privacy=one.privacy,
            minutes=one.minutes,
            options=tuple((option.name, option.label, option.default) for option in one.options),
            needs_help_contact=needs_help_contact(one.privacy),
        )
        for one in sorted(newest.values(), key=lambda one: one.title)
        if one.respondent is Respondent.TEACHER
    ]


async def burden(session: AsyncSession, clock: Clock, actor: Actor, municipality_id: int, audience: Audience) -> Burden:
    """Minutes of questions that people of this audience were asked this calendar year (SPEC §4).

    Counts every campaign that opened this year, whether it was answered or not. Raises NotFound.
    """
    if not actor.manages(municipality_id):
        raise NotFound
    timezone = (await session.get_one(Municipality, municipality_id)).timezone
    today = local_date(clock.now(), timezone)
    start = datetime(today.year, 1, 1, tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    minutes = await _minutes_since(session, municipality_id, start)
    people = (await selection(session, municipality_id, audience, today)).order_by(None).subquery()
    asked = case(minutes, value=Participation.campaign_id, else_=0) if minutes else 0
    each = (
        select(people.c.id, func.sum(func.coalesce(asked, 0)).label("minutes"))
        .outerjoin(Participation, Participation.teacher_id == people.c.id)
        .group_by(people.c.id)
        .subquery()
    )
    average, most, count = (
        await session.execute(select(func.avg(each.c.minutes), func.max(each.c.minutes), func.count()))
    ).one()
    return Burden(average=float(average or 0), most=int(most or 0), people=count)


async def _minutes_since(session: AsyncSession, municipality_id: int, start: datetime) -> dict[int, int]:
    found = await session.execute(
        select(Campaign.id, SurveyVersion)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(Campaign.municipality_id == municipality_id, Campaign.opened_at >= start)
    )
    return {campaign: definition_of(version).minutes for campaign, version in found}
