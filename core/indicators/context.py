"""What every indicator is counted within: municipality, period, and how far the actor may look."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState
from core.indicators.model import Breakdown, Deficit, Evidence, Measure, OutsideEvidence, Part, Period
from core.indicators.rules import moments
from core.surveys.drafts import definition_of
from core.surveys.model import SurveyDefinition
from storage.models import Campaign, Organisation, Survey, SurveyVersion, Teacher


@dataclass(frozen=True, slots=True)
class Context:
    session: AsyncSession
    municipality_id: int
    settings: Mapping[str, Any]
    timezone: str
    period: Period
    today: date
    organisation_id: int | None
    """Only this organisation; None for the whole municipality."""
    manages: bool
    """The actor is a methodist here; a coordinator is shown less of other people's answers."""
    brief: bool = False
    """Only values, no breakdowns: for the previous period and for comparison."""

    @property
    def as_of(self) -> date:
        return min(self.today, self.period.end)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return moments(self.period, self.timezone)

    def during(self, period: Period) -> "Context":
        return replace(self, period=period, brief=True)

    def of_municipality(self) -> "Context":
        return replace(self, organisation_id=None, brief=True)

    def staff(self) -> ColumnElement[bool]:
        """Condition on Teacher: who works here at the end of the period, or now while it lasts."""
        end = self.moments[1]
        here = and_(
            Teacher.municipality_id == self.municipality_id,
            or_(Teacher.archived_at.is_(None), Teacher.archived_at >= end),
        )
        return here if self.organisation_id is None else and_(here, Teacher.organisation_id == self.organisation_id)


@dataclass(frozen=True, slots=True)
class Values:
    """What an indicator came to in a context."""

    measure: Measure | None = None
    parts: tuple[Part, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    deficits: tuple[Deficit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    outside: tuple[OutsideEvidence, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wave:
    campaign: Campaign
    definition: SurveyDefinition


async def waves(context: Context, survey_code: str, *conditions: ColumnElement[bool]) -> list[Wave]:
    """Campaigns of a survey that have been opened, oldest first."""
    rows = await context.session.execute(
        select(Campaign, SurveyVersion)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Campaign.municipality_id == context.municipality_id,
            Survey.code == survey_code,
            Campaign.state.in_((CampaignState.OPEN, CampaignState.CLOSED)),
            *conditions,
        )
        .order_by(Campaign.opened_at, Campaign.id)
    )
    return [Wave(campaign, definition_of(version)) for campaign, version in rows]


async def organisation_names(context: Context) -> dict[int, tuple[str, str]]:
    """Short name and kind by id, in the registry's order."""
    chosen = select(Organisation.id, Organisation.short_name, Organisation.kind).where(
        Organisation.municipality_id == context.municipality_id
    )
    if context.organisation_id is not None:
        chosen = chosen.where(Organisation.id == context.organisation_id)
    rows = await context.session.execute(chosen.order_by(Organisation.id))
    return {identity: (name, kind) for identity, name, kind in rows}
