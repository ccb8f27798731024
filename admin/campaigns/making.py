"""Pages that lead to a new campaign: which survey, then the form; also as a repetition of an earlier one."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.campaigns import form_page, forms
from admin.campaigns.form_page import Place
from admin.campaigns.forms import CampaignForm
from admin.campaigns.reach import managing
from admin.campaigns.repeating import repeated
from admin.services import Services, ServicesHere
from admin.shell import flash
from admin.shell.page import page
from admin.shell.words import PRIVACY, PRIVACY_EXPLAINED, RESPONDENTS
from core.campaigns import actions, planning, queries
from core.campaigns.model import HELP_CONTACT, SurveyChoice
from core.errors import NotFound

router = APIRouter()


@router.get("/campaigns/new")
async def choose_survey(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    managing(viewer)
    async with services.db.read() as session:
        surveys = await planning.survey_choices(session, viewer.municipality.id)
    return page(
        request,
        "campaigns/choose.html",
        viewer,
        surveys=surveys,
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        respondents=RESPONDENTS,
    )


async def survey_here(services: ServicesHere, viewer: CurrentViewer, survey_code: str) -> SurveyChoice:
    """Raises NotFound when this municipality has no such survey."""
    async with services.db.read() as session:
        surveys = await planning.survey_choices(session, viewer.municipality.id)
    found = [one for one in surveys if one.code == survey_code]
    if not found:
        raise NotFound
    return found[0]


SurveyHere = Annotated[SurveyChoice, Depends(survey_here)]
Like = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
"""Id of the campaign that is repeated."""


@router.get("/campaigns/new/{survey_code}")
async def new_campaign(
    request: Request, services: ServicesHere, viewer: CurrentViewer, survey: SurveyHere, like: Like = None
) -> Response:
    managing(viewer)
    place = viewer.municipality
    contact = str(place.settings.get(HELP_CONTACT) or "")
    form = forms.blank(survey, services.clock.now(), place.timezone, contact)
    if like is not None:
        form = await _repetition(services, viewer, survey, form, like)
    return await form_page.show(request, services, viewer, survey, form, _place(survey))


@router.post("/campaigns/new/{survey_code}")
async def create(request: Request, services: ServicesHere, viewer: CheckedViewer, survey: SurveyHere) -> Response:
    managing(viewer)
    sent = await request.form()
    form, status = forms.typed(sent), 200
    if sent.get("step") != "count":
        forms.check(form, survey, services.clock.now(), viewer.municipality.timezone)
        if not form.errors and (place := await _save(services, viewer, survey, form)) is not None:
            return flash.redirect(place, "campaign.created")
        status = 422
    return await form_page.show(request, services, viewer, survey, form, _place(survey), status=status)


@router.get("/campaigns/new/{survey_code}/recipients")
async def recipients(request: Request, services: ServicesHere, viewer: CurrentViewer, survey: SurveyHere) -> Response:
    """How many the conditions in the query reach, and what they have been asked this year: a part of a page."""
    managing(viewer)
    async with services.db.read() as session:
        said = await form_page.counted(session, services, viewer, survey, forms.typed(request.query_params))
    return HTMLResponse(said.html())


async def _repetition(
    services: Services, viewer: Viewer, survey: SurveyChoice, form: CampaignForm, like: int
) -> CampaignForm:
    async with services.db.read() as session:
        detail = await queries.detail(session, viewer.actor, like)
        rows = await queries.listing(session, viewer.actor)
    if detail.row.municipality_id != viewer.municipality.id or detail.row.survey_code != survey.code:
        raise NotFound
    waves = [one for one in rows if one.municipality_id == viewer.municipality.id and one.survey_code == survey.code]
    return repeated(form, detail, survey, sum(one.opened_at is not None for one in waves) + 1)


async def _save(services: Services, viewer: Viewer, survey: SurveyChoice, form: CampaignForm) -> str | None:
    """Address of the new draft; None when core refused it."""
    new = form.campaign(viewer.municipality.id, survey, viewer.municipality.timezone)

    async def work() -> str:
        return f"/campaigns/{await actions.create(services.db, services.clock, viewer.actor, new)}"

    key = f"{viewer.actor.account_id}:{form.form_id}"
    return await form_page.saved(form, lambda: services.once.run(key, work))


def _place(survey: SurveyChoice) -> Place:
    return Place(
        title="Новое анкетирование",
        action=f"/campaigns/new/{quote(survey.code, safe='')}",
        back="/campaigns/new",
        back_title="Выбор анкеты",
        button="Сохранить черновик",
        note="Пока это только черновик: на следующей странице вы сможете проверить его и открыть.",
    )
