"""Changing and deleting a campaign that has not opened yet."""

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CheckedViewer
from admin.campaigns import form_page, forms
from admin.campaigns.form_page import Place
from admin.campaigns.forms import CampaignForm
from admin.campaigns.reach import CampaignHere, Here, managing
from admin.services import Services, ServicesHere
from admin.shell import flash
from admin.shell.path import RowId
from core.campaigns import actions, planning
from core.campaigns.model import CampaignState, SurveyChoice

router = APIRouter()

CHANGEABLE = frozenset({CampaignState.DRAFT, CampaignState.SCHEDULED})


@router.get("/campaigns/{campaign_id}/edit")
async def edit(request: Request, services: ServicesHere, here: CampaignHere) -> Response:
    """The form as the campaign stands; when it has opened meanwhile, the card."""
    managing(here.viewer)
    if here.detail.row.state not in CHANGEABLE:
        return RedirectResponse(_card(here), status_code=303)
    survey = await _survey(services, here)
    return await form_page.show(
        request, services, here.viewer, survey, forms.filled(here.detail, here.zone), _place(here)
    )


@router.post("/campaigns/{campaign_id}/edit")
async def change(request: Request, services: ServicesHere, here: CampaignHere, _checked: CheckedViewer) -> Response:
    managing(here.viewer)
    if here.detail.row.state not in CHANGEABLE:
        return flash.redirect(_card(here), "campaign.already_opened", good=False)
    sent = await request.form()
    form = forms.typed(sent)
    survey, status = await _survey(services, here), 200
    if sent.get("step") != "count":
        forms.check(form, survey, services.clock.now(), here.zone)
        if not form.errors and (place := await _save(services, here, survey, form)) is not None:
            return flash.redirect(place, "campaign.changed")
        status = 422
    return await form_page.show(request, services, here.viewer, survey, form, _place(here), status=status)


@router.post("/campaigns/{campaign_id}/delete")
async def discard(request: Request, services: ServicesHere, viewer: CheckedViewer, campaign_id: RowId) -> Response:
    """A second press does not find the campaign any more and is led to the same list."""
    managing(viewer)

    async def work() -> str:
        await actions.discard(services.db, services.clock, viewer.actor, campaign_id)
        return "/campaigns"

    # The page's own id keeps it apart from a later campaign that gets the same number.
    form_id = str((await request.form()).get("form_id", ""))[:40] or secrets.token_urlsafe(12)
    place = await services.once.run(f"{viewer.actor.account_id}:{campaign_id}:{form_id}", work)
    return flash.redirect(place, "campaign.discarded")


async def _save(services: Services, here: Here, survey: SurveyChoice, form: CampaignForm) -> str | None:
    """Address of the card; None when core refused it."""
    new = form.campaign(here.viewer.municipality.id, survey, here.zone)

    async def work() -> str:
        await actions.change(services.db, services.clock, here.viewer.actor, here.id, new)
        return _card(here)

    return await form_page.saved(form, work)


async def _survey(services: Services, here: Here) -> SurveyChoice:
    """The version that the campaign was made with."""
    async with services.db.read() as session:
        return await planning.survey_choice(session, here.viewer.municipality.id, here.detail.survey_version_id)


def _place(here: Here) -> Place:
    return Place(
        title="Изменить анкетирование",
        action=f"{_card(here)}/edit",
        back=_card(here),
        back_title=here.detail.row.title,
        button="Сохранить",
    )


def _card(here: Here) -> str:
    return f"/campaigns/{here.id}"
