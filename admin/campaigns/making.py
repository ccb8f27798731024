"""Pages that lead to a new campaign: which survey, then the form."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.campaigns import forms
from admin.campaigns.forms import CampaignForm
from admin.campaigns.reach import managing, zone_title
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.formatting import plural
from admin.shell.page import page
from admin.shell.words import KINDS, POSITION_GROUPS, PRIVACY, PRIVACY_EXPLAINED
from core.audiences import queries as audiences
from core.campaigns import actions, planning
from core.campaigns.model import HELP_CONTACT, SurveyChoice
from core.clock import local_date
from core.errors import AppError, Denied, NotFound
from core.indicators.queries import organisations as organisations_of

router = APIRouter()

_FIELD_OF = {
    "campaign.title_empty": "title",
    "campaign.title_long": "title",
    "campaign.closes_before_opening": "closes_at",
    "campaign.closes_in_past": "closes_at",
    "campaign.help_contact_missing": "help_contact",
    "campaign.help_contact_long": "help_contact",
    "campaign.nobody": "audience",
}
"""Where on the form an error of core belongs."""


@router.get("/campaigns/new")
async def choose_survey(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    managing(viewer)
    async with services.db.read() as session:
        surveys = await planning.survey_choices(session)
    return page(
        request, "campaigns/choose.html", viewer, surveys=surveys, privacy=PRIVACY, privacy_explained=PRIVACY_EXPLAINED
    )


async def survey_here(services: ServicesHere, survey_code: str) -> SurveyChoice:
    """Raises NotFound when there is no such survey."""
    async with services.db.read() as session:
        found = [one for one in await planning.survey_choices(session) if one.code == survey_code]
    if not found:
        raise NotFound
    return found[0]


SurveyHere = Annotated[SurveyChoice, Depends(survey_here)]


@router.get("/campaigns/new/{survey_code}")
async def new_campaign(request: Request, services: ServicesHere, viewer: CurrentViewer, survey: SurveyHere) -> Response:
    managing(viewer)
    place = viewer.municipality
    contact = str(place.settings.get(HELP_CONTACT) or "")
    form = forms.blank(survey, services.clock.now(), place.timezone, contact)
    return await _show(request, services, viewer, survey, form, secrets.token_urlsafe(12))


@router.post("/campaigns/new/{survey_code}")
async def create(request: Request, services: ServicesHere, viewer: CheckedViewer, survey: SurveyHere) -> Response:
    managing(viewer)
    sent = await request.form()
    async with services.db.read() as session:
        organisations = await _organisation_ids(session, viewer)
    form, form_id = forms.typed(sent, organisations), str(sent.get("form_id", ""))[:40]
    if sent.get("step") == "count":
        return await _show(request, services, viewer, survey, form, form_id)
    forms.check(form, survey, services.clock.now(), viewer.municipality.timezone)
    if not form.errors and (place := await _save(services, viewer, survey, form, form_id)) is not None:
        return flash.redirect(place, "campaign.created")
    return await _show(request, services, viewer, survey, form, form_id, status=422)


@router.get("/campaigns/new/{survey_code}/recipients")
async def recipients(request: Request, services: ServicesHere, viewer: CurrentViewer, survey: SurveyHere) -> Response:
    """How many the conditions in the query reach, as a sentence."""
    managing(viewer)
    async with services.db.read() as session:
        form = forms.typed(request.query_params, await _organisation_ids(session, viewer))
        return PlainTextResponse(await _recipients(session, services, viewer, form))


async def _save(
    services: Services, viewer: Viewer, survey: SurveyChoice, form: CampaignForm, form_id: str
) -> str | None:
    """Address of the new draft; None when core refused it, with the reason among the form's errors."""
    new = form.campaign(viewer.municipality.id, survey, viewer.municipality.timezone)

    async def work() -> str:
        return f"/campaigns/{await actions.create(services.db, services.clock, viewer.actor, new)}"

    try:
        return await services.once.run(f"{viewer.actor.account_id}:{form_id}", work)
    except (Denied, NotFound):
        raise
    except AppError as error:
        form.errors[_FIELD_OF.get(error.key, "title")] = texts.sentence(error)
        return None


async def _show(
    request: Request,
    services: Services,
    viewer: Viewer,
    survey: SurveyChoice,
    form: CampaignForm,
    form_id: str,
    *,
    status: int = 200,
) -> Response:
    async with services.db.read() as session:
        organisations = await organisations_of(session, viewer.actor, viewer.municipality.id)
        counted = await _recipients(session, services, viewer, form)
    return page(
        request,
        "campaigns/form.html",
        viewer,
        status=status,
        survey=survey,
        form=form,
        form_id=form_id,
        organisations=organisations,
        recipients=counted,
        kinds=KINDS,
        position_groups=POSITION_GROUPS,
        management=forms.MANAGEMENT,
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        zone_title=zone_title(services, viewer),
    )


async def _recipients(session: AsyncSession, services: Services, viewer: Viewer, form: CampaignForm) -> str:
    today = local_date(services.clock.now(), viewer.municipality.timezone)
    count = await audiences.count(session, viewer.municipality.id, form.audience, today)
    if count == 0:
        return "Под эти условия не подходит никто"
    return f"Под эти условия подходит {plural(count, 'человек', 'человека', 'человек')}"


async def _organisation_ids(session: AsyncSession, viewer: Viewer) -> frozenset[int]:
    found = await organisations_of(session, viewer.actor, viewer.municipality.id)
    return frozenset(one.id for one in found)
