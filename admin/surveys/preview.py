"""The preview: a survey is walked through in the browser as a person would in the chat, and nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.campaigns.reach import managing
from admin.services import Services, ServicesHere
from admin.shell import texts
from admin.shell.page import page
from admin.shell.path import RowId
from admin.surveys import answering, facts, report
from core.authoring import previewing, walkthrough
from core.authoring.walkthrough import Walk
from core.surveys import rules
from core.surveys.answers import InvalidAnswer
from core.surveys.model import SurveyDefinition

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Previewed:
    viewer: Viewer
    definition: SurveyDefinition
    address: str
    """Of the preview itself."""
    origin: str
    """Where it was opened from."""


async def version_here(services: ServicesHere, viewer: CurrentViewer, code: str, version_id: RowId) -> Previewed:
    managing(viewer)
    async with services.db.read() as session:
        definition = await previewing.of_version(session, viewer.municipality.id, code, version_id)
    return Previewed(viewer, definition, f"/surveys/{code}/versions/{version_id}/preview", f"/surveys/{code}")


async def draft_here(services: ServicesHere, viewer: CurrentViewer, draft_id: RowId) -> Previewed:
    managing(viewer)
    async with services.db.read() as session:
        definition = await previewing.of_draft(session, viewer.municipality.id, draft_id)
    return Previewed(viewer, definition, f"/surveys/drafts/{draft_id}/preview", f"/surveys/drafts/{draft_id}")


VersionHere = Annotated[Previewed, Depends(version_here)]
DraftHere = Annotated[Previewed, Depends(draft_here)]


@router.get("/surveys/drafts/{draft_id}/preview")
async def draft(request: Request, here: DraftHere) -> Response:
    return _start(request, here)


@router.post("/surveys/drafts/{draft_id}/preview")
async def draft_step(request: Request, services: ServicesHere, here: DraftHere, _checked: CheckedViewer) -> Response:
    return await _step(request, services, here)


@router.get("/surveys/{code}/versions/{version_id}/preview")
async def version(request: Request, here: VersionHere) -> Response:
    return _start(request, here)


@router.post("/surveys/{code}/versions/{version_id}/preview")
async def version_step(
    request: Request, services: ServicesHere, here: VersionHere, _checked: CheckedViewer
) -> Response:
    return await _step(request, services, here)


async def _step(request: Request, services: Services, here: Previewed) -> Response:
    form = await request.form()
    act = str(form.get("do", ""))
    if act in {"", "begin"}:
        known = facts.chosen(here.definition, form, services.clock, here.viewer.municipality.timezone)
        return _show(request, here, walkthrough.begin(here.definition, known))
    walk = walkthrough.unpack(here.definition, str(form.get("walk", "")))
    if act == "answer":
        return _answered(request, here, walk, form)
    if act == "back":
        return _show(request, here, walkthrough.back(walk))
    return _show(request, here, walkthrough.open_question(walk, _number(act)))


def _answered(request: Request, here: Previewed, walk: Walk, form: FormData) -> Response:
    taken, wrong = answering.entered(walk, form)
    if not wrong:
        try:
            return _show(request, here, walkthrough.answer(walk, taken))
        except InvalidAnswer as error:
            wrong = _which(walk, taken, error)
    return _show(request, here, walk, {number: _why(one) for number, one in wrong.items()}, form)


def _why(error: InvalidAnswer) -> str:
    """The survey's own words where it has some."""
    if error.key == "answer.constraint":
        return str(error.params["message"] or texts.text("answer.constraint"))
    return texts.sentence(error)


def _which(walk: Walk, taken: Mapping[int, object], error: InvalidAnswer) -> dict[int, InvalidAnswer]:
    """The question of a page that was refused: the first one left empty, or else the first one."""
    empty = [one.number for one in walk.asked if one.is_asked and taken.get(one.number) is None]
    numbers = empty if error.key == "answer.required" and empty else [one.number for one in walk.asked]
    return dict.fromkeys(numbers[:1], error)


def _number(act: str) -> int:
    """The question of «open-12»; 0 for anything else."""
    tail = act.removeprefix("open-")
    return int(tail) if tail.isascii() and tail.isdigit() and len(tail) <= 5 else 0


def _start(request: Request, here: Previewed) -> Response:
    return page(request, "surveys/preview_start.html", here.viewer, here=here, fields=facts.fields(here.definition))


def _show(
    request: Request, here: Previewed, walk: Walk, errors: Mapping[int, str] | None = None, sent: FormData | None = None
) -> Response:
    packed, stops = walkthrough.pack(walk), report.map_of(walk)
    if walk.number is None:
        end = report.end_of(walk)
        return page(request, "surveys/preview_end.html", here.viewer, here=here, packed=packed, map=stops, end=end)
    return page(
        request,
        "surveys/preview_question.html",
        here.viewer,
        status=422 if errors else 200,
        here=here,
        packed=packed,
        map=stops,
        asked=answering.asked(walk, errors or {}, sent),
        section=report.section_of(walk),
        standing=rules.standing(walk.definition, walk.answers, walk.facts, walk.number),
        from_summary=walk.from_summary,
    )
