"""What the form shows while one writes: the message as a phone shows it, the counter, what is wrong with the marks."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape
from starlette.datastructures import FormData

from admin.announcements import bubble, forms, link_fields, words
from admin.announcements.bubble import Bubble, Enclosed
from admin.announcements.forms import AnnouncementForm
from admin.announcements.reach import managing
from admin.auth import CheckedViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell import texts
from admin.shell.page import fragment
from core.announcements import formatting, queries
from core.announcements.model import CAPTION_LENGTH, TEXT_LENGTH
from core.errors import AppError, NotFound

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Drawn:
    bubble: Bubble
    counter: str
    problem: str


def drawn(form: AnnouncementForm, attached: Enclosed | None) -> Drawn:
    """Marks that do not fit together are shown as they were typed."""
    limit = TEXT_LENGTH if attached is None else CAPTION_LENGTH
    try:
        html, problem = formatting.from_marks(form.text), ""
        text, length = bubble.in_html(html), formatting.length(html)
    except AppError as error:
        text, length, problem = escape(form.text), len(form.text.encode("utf-16-le")) // 2, texts.sentence(error)
    labels = bubble.buttons(
        link_fields.links(form.pairs),
        form.category,
        acknowledge=form.acknowledge,
        registers=form.event_id is not None,
    )
    return Drawn(Bubble(Markup(text), attached, labels), words.signs(length, limit), problem)  # noqa: S704 - see above


@router.post("/announcements/preview")
async def preview(request: Request, services: ServicesHere, viewer: CheckedViewer) -> Response:
    """The form's fields without the file, whose name comes in `picked`; stores nothing."""
    managing(viewer)
    sent = await request.form()
    form = forms.typed(sent)
    as_file = sent.get("as_file") == "yes"
    attached = bubble.picked(str(sent.get("picked", "")), as_file=as_file) or await _kept(services, viewer, form, sent)
    return HTMLResponse(fragment("announcements/shown.html", shown=drawn(form, attached)))


async def _kept(services: Services, viewer: Viewer, form: AnnouncementForm, sent: FormData) -> Enclosed | None:
    """What the draft carries already; None for a new one."""
    number = str(sent.get("announcement", ""))
    if form.drop_attachment or not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    async with services.db.read() as session:
        detail = await queries.detail(session, viewer.actor, int(number))
    if detail.row.municipality_id != viewer.municipality.id:
        raise NotFound
    return bubble.enclosed(detail.row.id, detail.attachment)
