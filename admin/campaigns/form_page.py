"""The form of a campaign as a page, for a new one and for one that has not opened yet."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from admin.audiences import fields as audience_fields
from admin.audiences.counting import Counted
from admin.audiences.fields import Builder
from admin.auth import Viewer
from admin.campaigns import counts
from admin.campaigns.forms import CampaignForm
from admin.campaigns.reach import zone_title
from admin.services import Services
from admin.shell import texts
from admin.shell.page import page
from admin.shell.words import EVENT_KINDS, PRIVACY, PRIVACY_EXPLAINED, RESPONDENTS
from core.audiences.options import Part
from core.campaigns.model import SurveyChoice
from core.campaigns.rules import AUDIENCE_PARTS
from core.clock import local_date
from core.errors import AppError, Denied, NotFound
from core.events.queries import listing as events_of
from core.surveys.model import Respondent

_FIELD_OF = {
    "campaign.title_empty": "title",
    "campaign.title_long": "title",
    "campaign.closes_before_opening": "closes_at",
    "campaign.closes_in_past": "closes_at",
    "campaign.help_contact_missing": "help_contact",
    "campaign.help_contact_long": "help_contact",
    "campaign.event_missing": "event",
    "campaign.reminders_unsound": "remind_after",
    "campaign.nobody": "audience",
    "audience.foreign": "audience",
}
"""Where on the form an error of core belongs."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the form stands: its title, where it is sent, where one goes back to."""

    title: str
    action: str
    back: str
    back_title: str
    button: str
    note: str = ""


async def show(
    request: Request,
    services: Services,
    viewer: Viewer,
    survey: SurveyChoice,
    form: CampaignForm,
    place: Place,
    *,
    status: int = 200,
) -> Response:
    here = viewer.municipality.id
    async with services.db.read() as session:
        asked_after_event = survey.respondent is Respondent.PARTICIPANT
        events = await events_of(session, viewer.actor, here) if asked_after_event else []
        said = await counted(session, services, viewer, survey, form)
        audience = await _builder(session, services, viewer, survey, form, said)
    return page(
        request,
        "campaigns/form.html",
        viewer,
        status=status,
        place=place,
        survey=survey,
        form=form,
        events=events,
        audience=audience,
        event_kinds=EVENT_KINDS,
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        respondents=RESPONDENTS,
        zone_title=zone_title(services, viewer),
    )


async def counted(
    session: AsyncSession, services: Services, viewer: Viewer, survey: SurveyChoice, form: CampaignForm
) -> Counted:
    """How many would be asked as the form stands now, and what they have been asked this year."""
    whom = form.recipients(viewer.municipality.id, survey)
    return Counted(await counts.lines(session, services, viewer, whom, survey.minutes))


async def _builder(
    session: AsyncSession, services: Services, viewer: Viewer, survey: SurveyChoice, form: CampaignForm, said: Counted
) -> Builder:
    meant = AUDIENCE_PARTS[survey.respondent]
    return await audience_fields.choices(
        session,
        viewer.actor,
        viewer.municipality.id,
        form.audience,
        local_date(services.clock.now(), viewer.municipality.timezone),
        parts=[part for part in Part if part.fields <= meant],
        counter=(f"/campaigns/new/{quote(survey.code, safe='')}/recipients", said),
        recount=True,
    )


async def saved(form: CampaignForm, work: Callable[[], Awaitable[str]]) -> str | None:
    """Where the work leads; None when core refused it, with the reason among the form's errors."""
    try:
        return await work()
    except (Denied, NotFound):
        raise
    except AppError as error:
        form.errors[_FIELD_OF.get(error.key, "title")] = texts.sentence(error)
        return None
