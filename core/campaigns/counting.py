"""What a response rate counts: people, or the organisations that are answered for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ParticipationState
from core.campaigns.scope import counted, place
from core.surveys.model import Respondent
from storage.models import Campaign, Participation, Teacher

UNFINISHED = Participation.state != ParticipationState.SUBMITTED
TOUCHED = Participation.state != ParticipationState.INVITED

_ONE_EACH = frozenset({Respondent.TEACHER, Respondent.PARTICIPANT})
"""Whoever is asked, is asked once."""


@dataclass(frozen=True, slots=True)
class Units:
    """Counts over rows of Participation, so that nobody counts twice because of what they are asked about."""

    respondent: Respondent

    def count(self, condition: ColumnElement[bool] | None = None) -> ColumnElement[int]:
        """Of how many some row meets the condition."""
        met = true() if condition is None else condition
        key = Participation.subject if self.respondent is Respondent.ORGANISATION else Participation.teacher_id
        rows = case((met, key))
        # Counting distinct values takes the database several times as long; most surveys need it not.
        return func.count(rows) if self.respondent in _ONE_EACH else func.count(rows.distinct())

    def submitted(self) -> ColumnElement[int]:
        """Those of whom nothing is outstanding."""
        return self.count() - self.count(UNFINISHED)

    def begun(self) -> ColumnElement[int]:
        """Those who have done something and not everything."""
        return self.count(TOUCHED) - self.submitted()


async def by_organisation(
    session: AsyncSession, campaigns: Mapping[int, Respondent], *conditions: ColumnElement[bool]
) -> dict[int, dict[int, tuple[int, int]]]:
    """(invited, submitted) by campaign and organisation, within the conditions on Participation, Teacher, Campaign."""
    found: dict[int, dict[int, tuple[int, int]]] = {campaign: {} for campaign in campaigns}
    for respondent in sorted(set(campaigns.values())):
        units = Units(respondent)
        ids = [campaign for campaign, its in campaigns.items() if its is respondent]
        rows = await session.execute(
            select(Participation.campaign_id, place(), units.count(), units.submitted())
            .join(Teacher, Teacher.id == Participation.teacher_id)
            .join(Campaign, Campaign.id == Participation.campaign_id)
            .where(Participation.campaign_id.in_(ids), counted(), *conditions)
            .group_by(Participation.campaign_id, place())
        )
        for campaign, organisation, invited, done in rows:
            found[campaign][organisation] = (invited, done)
    return found


def total(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Everybody who works in one organisation is counted there, so organisations add up."""
    both: Sequence[tuple[int, int]] = list(pairs)
    return sum(one[0] for one in both), sum(one[1] for one in both)
