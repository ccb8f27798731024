"""What an import remembers of two records that are made one. Inside the caller's transaction."""

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import ImportChange, Teacher, TeacherSubject


async def forget(session: AsyncSession, keeper: int, other: int) -> None:
    """So that taking the import back does no harm.

    The one who stays is more than the import has added and must not be deleted with it; the number of the one who goes
    may be given to somebody else one day.
    """
    added_keeper = (ImportChange.row_id == keeper) & ImportChange.added
    await session.execute(
        delete(ImportChange).where(
            ImportChange.table.in_((Teacher.__tablename__, TeacherSubject.__tablename__)),
            or_(ImportChange.row_id == other, added_keeper),
        )
    )
