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

_OF_VERSION = frozenset({"authoring.version_unsound", "authoring.version_taken", "survey.version_changed"})


@dataclass(frozen=True, slots=True)
class _Typed:
    """What is in the fields, and what is wrong with it."""

    about: AboutForm
    version: str
    errors: dict[str, str] = field(default_factory=dict)
    """Of publishing: 'version', or 'publish' for what belongs to no field."""


@router.get("/surveys/drafts/{draft_id}")
async def card(request: Request, services: ServicesHere, here: DraftHere) -> Response:
    return _page(request, services, here, _untouched(here))


@router.post("/surveys/drafts/{draft_id}")
async def announce(request: Request, services: ServicesHere, here: DraftHere, _checked: CheckedViewer) -> Response:
    form = about_form.typed(await request.form(), here.draft.definition)
    if not form.is_sound():
        return _page(request, services, here, _Typed(form, _proposed(here)), status=422)
    await actions.announce(services.db, services.clock, here.viewer.actor, here.draft.id, form.about())
    return flash.redirect(here.address, "authoring.announced")


@router.post("/surveys/drafts/{draft_id}/publish")
async def publish(request: Request, services: ServicesHere, viewer: CheckedViewer, draft_id: RowId) -> Response:
    """A second press finds the draft gone and leads to the same card."""
    managing(viewer)
    sent = await request.form()

    async def work() -> str:
        return await _publish(services, await draft_here(services, viewer, draft_id), sent)

    try:
        place = await services.once.run(_once(viewer, sent), work)
    except (Denied, NotFound):
        raise
    except AppError as error:
        here = await draft_here(services, viewer, draft_id)
        return _page(request, services, here, _refused(here, sent, error), status=422)
    saved = place == f"/surveys/drafts/{draft_id}"
    return flash.redirect(place, "authoring.announced" if saved else "authoring.published")


async def _publish(services: Services, here: DraftPlace, sent: FormData) -> str:
    """Address of the survey's card; or of the draft, when fields were not saved yet.

    These are saved first and shown with what they change, since what is published stays as it is. Raises what
    core.authoring.actions.announce and publish raise.
    """
    actor, draft = here.viewer.actor, here.draft
    form, seen = about_form.typed(sent, draft.definition), _text(sent, "seen")
    if seen == draft.seen and form != about_form.filled(draft.definition):
        await actions.announce(services.db, services.clock, actor, draft.id, form.about())
        return here.address
    code = await actions.publish(services.db, services.clock, actor, draft.id, _text(sent, "version"), seen)
    return files.card_address(code)


def _refused(here: DraftPlace, sent: FormData, error: AppError) -> _Typed:
    """As typed, with the error beside its field; of a draft that has changed meanwhile as it is now."""
    changed = error.key == "authoring.draft_changed"
    form = about_form.filled(here.draft.definition) if changed else about_form.typed(sent, here.draft.definition)
    place = "version" if error.key in _OF_VERSION else FIELD_OF.get(error.key, "publish")
    if place in FIELD_OF.values():
        form.errors[place] = texts.sentence(error)
        return _Typed(form, _text(sent, "version"))
    return _Typed(form, _text(sent, "version"), {place: _refusal(error)})


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


def _text(sent: FormData, name: str) -> str:
    return str(sent.get(name, "")).strip()


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
