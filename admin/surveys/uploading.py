"""A workbook comes in: read, and either a draft or the list of everything that stands in its way."""

import secrets
from collections.abc import Sequence
from pathlib import PurePath

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from admin.auth import UploadingViewer, Viewer
from admin.campaigns.reach import managing
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.surveys import files
from admin.surveys.problems import located
from admin.surveys.reach import Author, draft_here
from core.authoring import actions
from core.authoring.model import NewDraft
from core.errors import AppError, NotFound
from core.spreadsheets.preflight import MAX_BYTES
from core.surveys.reading import DefinitionError, Problem
from core.surveys.xlsform import read_upload

router = APIRouter()


@router.get("/surveys/upload")
async def ask(request: Request, _services: ServicesHere, viewer: Author) -> Response:
    return _form(request, viewer)


@router.get("/surveys/upload/template")
async def template(_viewer: Author) -> Response:
    return await files.template()


@router.post("/surveys/upload")
async def upload(request: Request, services: ServicesHere, viewer: UploadingViewer) -> Response:
    """With the number of a draft the file takes that draft's place. A doubled press is read once."""
    managing(viewer)
    sent = await request.form()
    draft_id = _number(sent)

    async def work() -> str:
        return await _keep(services, viewer, await _read(sent), draft_id)

    try:
        place = await services.once.run(f"{viewer.actor.account_id}:upload:{sent.get('form_id', '')}", work)
    except DefinitionError as error:
        return _form(request, viewer, problems=error.problems, draft_id=draft_id, name=_file_name(sent))
    except NotFound:
        raise
    except AppError as error:
        return _form(request, viewer, error=texts.sentence(error), draft_id=draft_id)
    return flash.redirect(place, "authoring.uploaded" if draft_id is None else "authoring.uploaded_again")


async def _keep(services: Services, viewer: Viewer, new: NewDraft, draft_id: int | None) -> str:
    """Address of the draft. Raises NotFound for one out of reach."""
    if draft_id is None:
        draft_id = await actions.upload(services.db, services.clock, viewer.actor, viewer.municipality.id, new)
    else:
        here = await draft_here(services, viewer, draft_id)
        await actions.upload_again(services.db, services.clock, viewer.actor, here.draft.id, new)
    return f"/surveys/drafts/{draft_id}"


async def _read(sent: FormData) -> NewDraft:
    """Raises DefinitionError, AppError authoring.no_file and what core.surveys.xlsform.read_upload raises."""
    file = sent.get("file")
    content = await file.read(MAX_BYTES + 1) if isinstance(file, UploadFile) else b""
    if not content:
        raise AppError("authoring.no_file")
    name, language = _file_name(sent), sent.get("language")
    found = await read_upload(content, name, language if isinstance(language, str) and language else None)
    return NewDraft(found.definition, name, found.notices, found.languages, found.language)


def _form(
    request: Request,
    viewer: Viewer,
    *,
    problems: Sequence[Problem] = (),
    error: str = "",
    draft_id: int | None = None,
    name: str = "",
) -> Response:
    return page(
        request,
        "surveys/upload.html",
        viewer,
        status=422 if problems or error else 200,
        problems=located(problems),
        errors={"file": error} if error else {},
        draft_id=draft_id,
        file_name=name,
        form_id=secrets.token_urlsafe(12),
        limit=MAX_BYTES // 1024 // 1024,
    )


def _file_name(sent: FormData) -> str:
    """Without folders, which old browsers send along, and without signs that nobody can read."""
    file = sent.get("file")
    given = file.filename or "" if isinstance(file, UploadFile) else ""
    bare = PurePath(given.replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable())[:150].strip() or "анкета.xlsx"


def _number(sent: FormData) -> int | None:
    text = sent.get("draft", "")
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10 else None
