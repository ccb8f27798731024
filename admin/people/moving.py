"""Moving a person to another organisation of the municipality."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError, Denied, NotFound
from core.moves import actions, queries
from core.moves.model import Move
from core.registry.fields import parse_day

router = APIRouter()


@dataclass(slots=True)
class MoveForm:
    """As typed. `from_id` is the organisation that the page showed."""

    from_id: str
    to_id: str = ""
    moved_on: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, teacher_id: int) -> Move | None:
        """None when `errors` say what is wrong."""
        day = parse_day(self.moved_on)
        if day is None:
            self.errors["moved_on"] = texts.text("move.not_a_day")
        if not _is_id(self.to_id):
            self.errors["to_id"] = texts.text("move.no_target")
        if self.errors or day is None or not _is_id(self.from_id):
            return None
        return Move(teacher_id, int(self.from_id), int(self.to_id), day)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:10]) < 2**31 and len(text) <= 10


@router.get("/people/{teacher_id}/move")
async def form(request: Request, services: ServicesHere, viewer: CurrentViewer, teacher_id: RowId) -> Response:
    return await _show(request, services, viewer, teacher_id, None)


@router.post("/people/{teacher_id}/move")
async def move(
    request: Request,
    services: ServicesHere,
    viewer: CheckedViewer,
    teacher_id: RowId,
    *,
    from_id: Annotated[str, Form(max_length=12)] = "",
    to_id: Annotated[str, Form(max_length=12)] = "",
    moved_on: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    typed = MoveForm(from_id, to_id, moved_on)
    wanted = typed.read(teacher_id)
    if wanted is None:
        return await _show(request, services, viewer, teacher_id, typed)
    try:
        await actions.move(services.db, services.clock, viewer.actor, wanted)
    except (NotFound, Denied):
        raise
    except AppError as error:
        typed.errors[_field(error.key)] = texts.sentence(error)
        return await _show(request, services, viewer, teacher_id, typed)
    return flash.redirect(f"/people/{teacher_id}", "move.done")


def _field(key: str) -> str:
    """Whose error it is; what is not of the day is of the organisation."""
    return "moved_on" if key in {"move.in_future", "move.too_early", "move.before_last"} else "to_id"


async def _show(
    request: Request, services: Services, viewer: Viewer, teacher_id: int, typed: MoveForm | None
) -> Response:
    async with services.db.read() as session:
        plan = await queries.plan(session, services.clock, viewer.actor, teacher_id)
    form = typed or MoveForm(str(plan.present.place.id), moved_on=plan.today.isoformat())
    # After an error the form goes on from what is true now.
    form.from_id = str(plan.present.place.id)
    return page(request, "people/move.html", viewer, status=409 if form.errors else 200, plan=plan, form=form)
