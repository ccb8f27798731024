"""What the card of a campaign tells beside the figures."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from admin.campaigns import counts
from admin.campaigns.audience import describe
from admin.campaigns.reach import Here
from admin.services import Services
from core.campaigns import planning, queries, recipients
from core.campaigns.invitations import first_invitation
from core.surveys.model import Respondent


async def facts(services: Services, here: Here, *, started: bool) -> dict[str, Any]:
    """Values of the template. Who would be asked, and who cannot be, is for those who manage the campaign."""
    detail, actor = here.detail, here.viewer.actor
    async with services.db.read() as session:
        survey = await planning.survey_choice(session, detail.row.municipality_id, detail.survey_version_id)
        manages = here.viewer.manages
        planned = manages and not started
        whom = detail.recipients
        return {
            "audience": await describe(session, actor, detail),
            "first": await _first_invitation(session, here) if manages else None,
            "lines": await counts.lines(session, services, here.viewer, whom, detail.minutes) if planned else [],
            "uncovered": await _left_out(session, here) if manages and started else (),
            "waiting_count": await queries.waiting_people(session, actor, here.id) if started else 0,
            "reminders": await queries.reminders(session, actor, here.id) if manages else [],
            "options": [(label, detail.options[name]) for name, label, _ in survey.options],
        }


async def _first_invitation(session: AsyncSession, here: Here) -> datetime | None:
    """When invitations go out later than the campaign opens."""
    row = here.detail.row
    opens_at = row.opened_at or row.opens_at
    first = await first_invitation(session, opens_at, here.id)
    return first if first > opens_at else None


async def _left_out(session: AsyncSession, here: Here) -> tuple[str, ...]:
    if here.detail.row.respondent is not Respondent.ORGANISATION:
        return ()
    return await recipients.uncovered(session, here.detail.recipients, here.id)
