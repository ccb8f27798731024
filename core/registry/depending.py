"""What hangs on a record and keeps it from being put away."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.registry.kinds import TEACHERS
from core.registry.model import Kind
from storage.models import Organisation, Position, Subject, Teacher, TeacherSubject


async def depends(session: AsyncSession, kind: Kind, record_id: int) -> list[tuple[str, int]]:
    """Code of a kind and how many of its present records; empty when the record can be put away.

    People work in an organisation, hold a position, teach a subject. Whether the actor may know is the caller's
    question.
    """
    people = select(func.count()).select_from(Teacher).where(Teacher.archived_at.is_(None))
    if kind.model is Organisation:
        people = people.where(Teacher.organisation_id == record_id)
    elif kind.model is Position:
        people = people.where(Teacher.position_id == record_id)
    elif kind.model is Subject:
        taught = select(TeacherSubject.teacher_id).where(TeacherSubject.subject_id == record_id)
        people = people.where(Teacher.id.in_(taught))
    else:
        return []
    found: int = (await session.execute(people)).scalar_one()
    return [(TEACHERS.code, found)] if found else []
