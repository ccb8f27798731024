"""A draft: what is in it, what is said of it, what it changes; publishing and throwing away."""

import secrets
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from admin.auth import CheckedViewer, Viewer
from admin.campaigns.reach import managing, zone_title
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from admin.shell.words import PRIVACY, PRIVACY_EXPLAINED, RESPONDENTS
from admin.surveys import about_form, files
from admin.surveys.about_form import FIELD_OF, AboutForm
from admin.surveys.contents import contents
from admin.surveys.differences import sentences
from admin.surveys.problems import located
from admin.surveys.reach import DraftHere, DraftPlace, draft_here
from core.authoring import actions, rules
from core.errors import AppError, Denied, NotFound

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Typed:
    """What is in the fields, and what is wrong with it."""

    about: AboutForm
    version: str
    errors: dict[str, str] = field(default_factory=dict)
    """Of publishing; 'publish' for what belongs to no field."""


@router.get("/surveys/drafts/{draft_id}")
async def card(request: Request, services: ServicesHere, here: DraftHere) -> Response:
    return _page(request, services, here, _untouched(here))


@router.post("/surveys/drafts/{draft_id}")
async def announce(request: Request, services: ServicesHere, here: DraftHere, viewer: CheckedViewer) -> Response:
    form = about_form.typed(await request.form(), here.draft.definition)
    about = form.about()
    if about is None:
        return _page(request, services, here, _Typed(form, _proposed(here)), status=422)
    await actions.announce(services.db, services.clock, viewer.actor, here.draft.id, about)
    return flash.redirect(here.address, "authoring.announced")


@router.post("/surveys/drafts/{draft_id}/publish")
async def publish(request: Request, services: ServicesHere, viewer: CheckedViewer, draft_id: RowId) -> Response:
    """A second press finds the draft gone and leads to the same card."""
    managing(viewer)
    sent = await request.form()
    version, seen = str(sent.get("version", "")).strip(), str(sent.get("seen", ""))

    async def work() -> str:
        here = await draft_here(services, viewer, draft_id)
        return files.card_address(
            await actions.publish(services.db, services.clock, viewer.actor, here.draft.id, version, seen)
        )

    try:
        place = await services.once.run(_once(viewer, sent), work)
    except (Denied, NotFound):
        raise
    except AppError as error:
        here = await draft_here(services, viewer, draft_id)
        wrong = {FIELD_OF.get(error.key, "publish"): _refusal(error)}
        return _page(request, services, here, _Typed(_untouched(here).about, version, wrong), status=422)
    return flash.redirect(place, "authoring.published")


@router.post("/surveys/drafts/{draft_id}/discard")
async def discard(request: Request, services: ServicesHere, viewer: CheckedViewer, draft_id: RowId) -> Response:
    managing(viewer)

    async def work() -> str:
        here = await draft_here(services, viewer, draft_id)
        await actions.discard(services.db, services.clock, viewer.actor, here.draft.id)
        return "/surveys"

    return flash.redirect(await services.once.run(_once(viewer, await request.form()), work), "authoring.discarded")


@router.get("/surveys/drafts/{draft_id}/file")
async def download(here: DraftHere) -> Response:
    return await files.workbook(here.draft.definition)


def _once(viewer: Viewer, sent: FormData) -> str:
    """Of one press of one button on one page that was shown."""
    return f"{viewer.actor.account_id}:{sent.get('press', '')}:{sent.get('form_id', '')}:{sent.get('seen', '')}"


def _untouched(here: DraftPlace) -> _Typed:
    return _Typed(about_form.filled(here.draft.definition), _proposed(here))


def _proposed(here: DraftPlace) -> str:
    return rules.proposed_version(here.draft.definition.version, {one.definition.version for one in here.published})


def _refusal(error: AppError) -> str:
    if "privacy" in error.params:
        return texts.text(error.key, privacy=PRIVACY[str(error.params["privacy"])].lower())
    return texts.sentence(error)


def _page(request: Request, services: Services, here: DraftPlace, shown: _Typed, *, status: int = 200) -> Response:
    draft, newest = here.draft, here.published[0] if here.published else None
    return page(
        request,
        "surveys/draft.html",
        here.viewer,
        status=status,
        draft=draft,
        address=here.address,
        form=shown.about,
        version=shown.version,
        errors=shown.errors,
        form_id=secrets.token_urlsafe(12),
        notices=located(draft.notices),
        newest=newest,
        differences=sentences(newest.definition, draft.definition) if newest else [],
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        respondents=RESPONDENTS,
        zone_title=zone_title(services, here.viewer),
        **contents(draft.definition),
    )
