"""How many people an audience reaches, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from admin.shell.formatting import plural
from admin.shell.page import fragment
from core.audiences import queries
from core.audiences.describing import describe
from core.audiences.model import Audience
from core.people.model import Actor

NOBODY = "Под эти условия не подходит никто"


@dataclass(frozen=True, slots=True)
class Counted:
    """Sentences about the number, and the conditions in words; neither has a full stop."""

    lines: Sequence[str]
    sentence: str = ""

    def html(self) -> Markup:
        body = fragment("audiences/count.html", lines=self.lines, sentence=self.sentence)
        return Markup(body)  # noqa: S704 - made by a template that escapes what it is given


async def counted(
    session: AsyncSession, actor: Actor, municipality_id: int, audience: Audience, today: date
) -> Counted:
    people = await queries.count(session, actor, municipality_id, audience, today)
    return Counted([reach(people)], await describe(session, actor, municipality_id, audience))


def reach(people: int) -> str:
    return f"Под эти условия подходит {plural(people, 'человек', 'человека', 'человек')}" if people else NOBODY
