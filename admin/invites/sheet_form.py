"""What is chosen about a sheet; kept as chosen after an error."""

import secrets
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from admin.invites.files import DOCX, PDF
from admin.invites.reach import chosen
from core.errors import AppError
from core.invites.model import SheetRequest, Whom
from core.invites.rules import TERMS, USUAL_TERM


@dataclass(slots=True)
class SheetForm:
    """`seen` as in SheetRequest; `form_id` tells a second press of the same form. `errors` by name of field."""

    whom: str = Whom.MISSING
    days: str = str(USUAL_TERM)
    consents: bool = False
    teachers: frozenset[int] = frozenset()
    seen: str = "0"
    form_id: str = ""
    ending: str = PDF
    errors: dict[str, str] = field(default_factory=dict)

    def request(self, organisation_id: int) -> SheetRequest:
        """Raises AppError with `invite.whom_unknown` or `invite.term_unknown`."""
        if self.whom not in set(Whom):
            raise AppError("invite.whom_unknown")
        if self.days not in map(str, TERMS):
            raise AppError("invite.term_unknown")
        teachers = self.teachers if self.whom == Whom.CHOSEN else frozenset[int]()
        seen = int(self.seen) if self.seen.isascii() and self.seen.isdigit() else -1
        return SheetRequest(organisation_id, Whom(self.whom), int(self.days), seen, teachers)


def blank(teachers: frozenset[int]) -> SheetForm:
    return SheetForm(whom=Whom.CHOSEN if teachers else Whom.MISSING, teachers=teachers, form_id=new_id())


def typed(form: FormData) -> SheetForm:
    def text(name: str) -> str:
        value = form.get(name, "")
        return value.strip()[:20] if isinstance(value, str) else ""

    return SheetForm(
        whom=text("whom"),
        days=text("days"),
        consents=text("consents") == "yes",
        teachers=chosen(form.getlist("person")),
        seen=text("seen"),
        form_id=text("form_id"),
        ending=DOCX if text("ending") == DOCX else PDF,
    )


def new_id() -> str:
    return secrets.token_urlsafe(12)
