"""The builder of an audience as fields of a form; `audiences/fields.html` draws it as `audience`.

A form reads it back with `typed`. Its fields stand under names of their own, so they go with any others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData, QueryParams

from admin.audiences.counting import Counted, counted
from admin.audiences.groups import Group, groups
from core.audiences import saved
from core.audiences.model import Audience, SavedAudienceRow
from core.audiences.options import Part, with_choice
from core.people.model import Actor

PREFIX = "whom_"
"""Before the name of every field of the builder."""
COUNT = "/audiences/count"
CHOICES = "/audiences/choices"
EVERYTHING = tuple(Part)


@dataclass(frozen=True, slots=True)
class Builder:
    """What the template needs."""

    groups: Sequence[Group]
    counted: Counted
    saved: Sequence[SavedAudienceRow]
    count_address: str
    choices_address: str
    recount: bool
    """The form shows itself again when it is sent with step=count: for browsers without scripts."""
    keeps: bool
    """Offers to keep the audience under a name."""


async def choices(  # noqa: PLR0913 - a builder and how far it is shown
    session: AsyncSession,
    actor: Actor,
    municipality_id: int,
    audience: Audience,
    today: date,
    *,
    parts: Collection[Part] = EVERYTHING,
    counter: tuple[str, Counted] | None = None,
    recount: bool = False,
    keeps: bool = True,
) -> Builder:
    """`counter`: address that counts instead of the usual one, and what it says now. Raises NotFound."""
    address, said = counter or (COUNT, await counted(session, actor, municipality_id, audience, today))
    return Builder(
        groups=await groups(session, actor, municipality_id, audience, parts),
        counted=said,
        saved=await saved.listing(session, actor, municipality_id) if parts else [],
        count_address=address,
        choices_address=f"{CHOICES}?{urlencode([('parts', part) for part in Part if part in parts])}",
        recount=recount,
        keeps=keeps and bool(parts),
    )


def typed(form: FormData | QueryParams, parts: Collection[Part] = EVERYTHING) -> Audience:
    """What was chosen; what cannot be a choice is dropped. Whose rows they are is checked when it is used."""
    audience = Audience()
    for part in Part:
        for value in form.getlist(f"{PREFIX}{part}") if part in parts else ():
            if isinstance(value, str) and value:
                audience = _with(audience, part, value)
    return audience


def _with(audience: Audience, part: Part, value: str) -> Audience:
    try:
        return with_choice(audience, part, value, on=True)
    except ValueError:
        return audience
