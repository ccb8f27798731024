"""Surveys: the catalogue, a survey's card, its versions as files and as a walk."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.campaigns.reach import zone_title
from admin.services import ServicesHere
from admin.shell.page import page
from admin.shell.words import PRIVACY, PRIVACY_EXPLAINED, RESPONDENTS
from admin.surveys import drafting, files, uploading
from admin.surveys.contents import contents
from admin.surveys.outline import count
from admin.surveys.reach import Author, SurveyHere, VersionHere
from admin.surveys.words import ORIGINS
from core.authoring import queries

router = APIRouter()
router.include_router(uploading.router)
router.include_router(drafting.router)


@router.get("/surveys")
async def listing(request: Request, services: ServicesHere, viewer: Author) -> Response:
    async with services.db.read() as session:
        surveys = await queries.listing(session, viewer.actor, viewer.municipality.id)
        drafts = await queries.drafts(session, viewer.actor, viewer.municipality.id)
    return page(
        request,
        "surveys/list.html",
        viewer,
        surveys=[(one, count(one.current.definition)) for one in surveys],
        drafts=[(one, count(one.definition)) for one in drafts],
        origins=ORIGINS,
        privacy=PRIVACY,
        respondents=RESPONDENTS,
        zone_title=zone_title(services, viewer),
    )


@router.get("/surveys/{survey_code}")
async def card(request: Request, services: ServicesHere, here: SurveyHere) -> Response:
    definition = here.version.definition
    return page(
        request,
        "surveys/card.html",
        here.viewer,
        address=files.card_address(definition.code),
        version=here.version,
        versions=here.versions,
        origin=ORIGINS[queries.origin_of(here.versions[::-1])],
        privacy=PRIVACY,
        privacy_explained=PRIVACY_EXPLAINED,
        respondents=RESPONDENTS,
        zone_title=zone_title(services, here.viewer),
        **contents(definition),
    )


@router.get("/surveys/{survey_code}/versions/{version_id}/file")
async def download(here: VersionHere) -> Response:
    return await files.workbook(here.version.definition)
