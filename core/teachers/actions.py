"""What is noted on a card. Each function is one transaction."""

from datetime import date

from core import audit
from core.clock import Clock, local_date
from core.errors import AppError
from core.people.model import Actor
from core.teachers import reach
from storage.models import Municipality
from storage.session import Store

FIRST_LAW = date(2006, 7, 27)
"""The day of the law on personal data (152-ФЗ): no consent is older."""


async def note_paper_consent(
    store: Store, clock: Clock, actor: Actor, teacher_id: int, day: date | None, seen: date | None
) -> None:
    """When the signed paper form was received; None takes the note back. `seen` is the day that the form showed.

    Raises NotFound and Denied, AppError `paper.in_future`, `paper.too_early`, `paper.changed`.
    """
    async with store.write() as session:
        teacher = await reach.managed(session, actor, teacher_id, lock=True)
        before = teacher.paper_consent_on
        if before == day:
            return
        if before != seen:
            raise AppError("paper.changed")
        town = await session.get_one(Municipality, teacher.municipality_id)
        if day is not None and day > local_date(clock.now(), town.timezone):
            raise AppError("paper.in_future")
        if day is not None and day < FIRST_LAW:
            raise AppError("paper.too_early")
        teacher.paper_consent_on = day
        audit.note(
            session,
            clock.now(),
            actor,
            "teacher.paper_consent",
            f"teacher:{teacher.id}",
            municipality_id=town.id,
            changes={"paper_consent_on": (before, day)},
        )
