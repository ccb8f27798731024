"""Moving a person. Each function is one transaction."""

from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock, local_date
from core.errors import AppError
from core.membership import offices
from core.moves import queries, rules
from core.moves.model import Move
from core.people.model import Actor
from core.teachers import reach
from storage.models import Municipality, Teacher, TeacherMove
from storage.session import Store


async def move(store: Store, clock: Clock, actor: Actor, wanted: Move) -> None:
    """Lets somebody work in another organisation from a day on; the same form sent twice is one move.

    Their right to act as coordinator of the organisation they leave ends; associations stay. Raises NotFound for
    a foreign person or organisation, Denied, AppError `move.archived`, `move.same_place`, `move.moved_meanwhile`
    and what `rules.problem_of_day` names.
    """
    async with store.write() as session:
        teacher = await reach.managed(session, actor, wanted.teacher_id, lock=True)
        last = await queries.last_move(session, teacher.id)
        if last is not None and _is_done(teacher, last, wanted):
            return
        await _check(session, clock, teacher, last, wanted)
        ended = await offices.end_coordination(session, teacher.id, wanted.from_id)
        teacher.organisation_id = wanted.to_id
        session.add(
            TeacherMove(
                teacher_id=teacher.id,
                from_organisation_id=wanted.from_id,
                to_organisation_id=wanted.to_id,
                moved_on=wanted.moved_on,
            )
        )
        _note(session, clock, actor, wanted, teacher.municipality_id, ended=ended)


def _is_done(teacher: Teacher, last: TeacherMove, wanted: Move) -> bool:
    stored = (last.from_organisation_id, last.to_organisation_id, last.moved_on)
    return teacher.organisation_id == wanted.to_id and stored == (wanted.from_id, wanted.to_id, wanted.moved_on)


async def _check(session: AsyncSession, clock: Clock, teacher: Teacher, last: TeacherMove | None, wanted: Move) -> None:
    if teacher.archived_at is not None:
        raise AppError("move.archived")
    if teacher.organisation_id != wanted.from_id:
        raise AppError("move.moved_meanwhile")
    await reach.workplace(session, teacher.municipality_id, wanted.to_id)
    if wanted.to_id == wanted.from_id:
        raise AppError("move.same_place")
    zone = (await session.get_one(Municipality, teacher.municipality_id)).timezone
    today = local_date(clock.now(), zone)
    problem = rules.problem_of_day(wanted.moved_on, today, last.moved_on if last else None)
    if problem is not None:
        raise AppError(problem)


def _note(
    session: AsyncSession, clock: Clock, actor: Actor, wanted: Move, municipality_id: int, *, ended: bool
) -> None:
    subject, now = f"teacher:{wanted.teacher_id}", clock.now()
    audit.note(
        session,
        now,
        actor,
        "teacher.moved",
        subject,
        municipality_id=municipality_id,
        details={"moved_on": audit.told(wanted.moved_on)},
        changes={"organisation_id": (wanted.from_id, wanted.to_id)},
    )
    if ended:
        audit.note(
            session,
            now,
            actor,
            "grant.ended",
            subject,
            municipality_id=municipality_id,
            changes={"coordinator": (wanted.from_id, None)},
        )
