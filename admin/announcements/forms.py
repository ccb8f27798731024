"""What a methodist types about an announcement: kept as typed, checked field by field."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta

from starlette.datastructures import FormData

from admin.announcements import link_fields, repeat_fields
from admin.announcements.link_fields import Pair
from admin.audiences import fields as audience_fields
from admin.shell import texts
from core.announcements import formatting
from core.announcements.model import (
    CAPTION_LENGTH,
    MOST_LINKS,
    TEXT_LENGTH,
    AnnouncementDetail,
    Category,
    Content,
)
from core.audiences.model import Audience
from core.errors import AppError


@dataclass(slots=True)
class AnnouncementForm:
    """`text` has the marks of core.announcements.formatting. `errors` by name of field."""

    category: str = ""
    text: str = ""
    audience: Audience = field(default_factory=Audience)
    pairs: list[Pair] = field(default_factory=lambda: link_fields.padded(()))
    acknowledge: bool = False
    event: str = ""
    at_once: bool = False
    repeats: bool = False
    repeat: dict[str, str] = field(default_factory=dict)
    drop_attachment: bool = False
    revision: int = 0
    """Of the draft that was shown; 0 for a new one."""
    form_id: str = ""
    """Of the page that was shown: a doubled press sends it twice."""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def event_id(self) -> int | None:
        return int(self.event) if re.fullmatch(r"\d{1,9}", self.event, re.ASCII) else None

    @property
    def mark(self) -> int:
        """Equal for two forms that say the same: of a doubled press, not of one that was changed and sent again."""
        said = (self.category, self.text, self.audience, tuple(self.pairs), self.acknowledge, self.event, self.at_once)
        return hash((*said, self.repeats, tuple(self.repeat.items()), self.drop_attachment, self.revision))

    def content(self) -> Content:
        """For `core.announcements.actions`; only after `check` found no errors."""
        return Content(
            Category(self.category),
            formatting.from_marks(self.text),
            self.audience,
            link_fields.links(self.pairs),
            acknowledge=self.acknowledge,
            event_id=self.event_id,
            at_once=self.at_once,
            repeat=repeat_fields.read(self.repeat) if self.repeats else None,
        )


def blank(today: date) -> AnnouncementForm:
    return AnnouncementForm(form_id=secrets.token_urlsafe(12), repeat=repeat_fields.blank(today + timedelta(days=1)))


def filled(detail: AnnouncementDetail, today: date) -> AnnouncementForm:
    """The form as this draft stands."""
    content = detail.content
    form = blank(today)
    form.category = content.category.value
    form.text = formatting.to_marks(content.text)
    form.audience = content.audience
    form.pairs = link_fields.padded(content.links)
    form.acknowledge = content.acknowledge
    form.event = "" if content.event_id is None else str(content.event_id)
    form.at_once = content.at_once
    form.revision = detail.revision
    if content.repeat is not None:
        form.repeats, form.repeat = True, repeat_fields.texts(content.repeat)
    return form


def typed(form: FormData) -> AnnouncementForm:
    revision = _text(form, "revision")
    return AnnouncementForm(
        category=_text(form, "category"),
        text=_text(form, "text").replace("\r\n", "\n"),
        audience=audience_fields.typed(form),
        pairs=pairs_of(form),
        acknowledge=_text(form, "acknowledge") == "yes",
        event=_text(form, "event"),
        at_once=_text(form, "at_once") == "yes",
        repeats=_text(form, "repeats") == "yes",
        repeat={name: _text(form, name) for name in repeat_fields.FIELDS},
        drop_attachment=_text(form, "drop_attachment") == "yes",
        revision=int(revision) if re.fullmatch(r"\d{1,9}", revision, re.ASCII) else 0,
        form_id=_text(form, "form_id")[:40],
    )


def pairs_of(form: FormData) -> list[Pair]:
    return [(_text(form, f"label_{one}"), _text(form, f"url_{one}")) for one in range(1, MOST_LINKS + 1)]


def check(form: AnnouncementForm, today: date, *, attached: bool) -> None:
    """Fills `form.errors`. `attached`: it will carry a photo or a document."""
    if form.category not in set(Category):
        form.errors["category"] = "Выберите рубрику: по ней педагоги решают, что им присылать."
    wrong = wrong_text(form.text, attached=attached)
    if wrong:
        form.errors["text"] = wrong
    form.errors.update(link_fields.errors(form.pairs))
    if form.repeats:
        form.errors.update(repeat_fields.errors(form.repeat, today))


def wrong_text(marks: str, *, attached: bool) -> str:
    """A sentence about what is wrong; empty when nothing is."""
    try:
        html = formatting.from_marks(marks)
    except AppError as error:
        return texts.sentence(error)
    if not html.strip() and not attached:
        return "Напишите текст или приложите файл."
    limit = CAPTION_LENGTH if attached else TEXT_LENGTH
    if formatting.length(html) > limit:
        return texts.text("announcement.too_long", most=limit, length=formatting.length(html))
    return ""


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
