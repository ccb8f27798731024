"""What became of an announcement, by organisation and by name; for whoever manages the municipality."""

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.counting import counts_of, doubtful
from core.announcements.model import ANNOUNCEMENT, OrganisationReport, PressKind, Trouble
from core.announcements.reach import visible_row
from core.people.model import Actor
from core.registry import cells
from storage.models import Account, AnnouncementPress, Delivery, Organisation, Teacher

_TROUBLED = ("unreachable", "failed", "unknown", "cancelled")


async def by_organisation(session: AsyncSession, actor: Actor, announcement_id: int) -> list[OrganisationReport]:
    """In the registry's order; people count where they work now. Raises NotFound out of the actor's reach."""
    await visible_row(session, actor, announcement_id)
    rows = await session.execute(
        select(Teacher.organisation_id, Delivery.state, func.count(), doubtful())
        .join(Account, Account.teacher_id == Teacher.id)
        .join(Delivery, Delivery.account_id == Account.id)
        .where(Delivery.kind == ANNOUNCEMENT, Delivery.subject == announcement_id)
        .group_by(Teacher.organisation_id, Delivery.state)
    )
    found: dict[int, list[tuple[str, int, int]]] = {}
    for organisation, state, number, unsure in rows:
        found.setdefault(organisation, []).append((state, number, unsure))
    pressed = await _pressed(session, announcement_id)
    names = await session.execute(
        select(Organisation.id, Organisation.short_name)
        .where(Organisation.id.in_(sorted(found)))
        .order_by(Organisation.id)
    )
    return [OrganisationReport(one, name, counts_of(found[one]), pressed.get(one, 0)) for one, name in names]


async def _pressed(session: AsyncSession, announcement_id: int) -> dict[int, int]:
    """How many people of each organisation pressed any button; reading it in full is no answer."""
    rows = await session.execute(
        select(Teacher.organisation_id, func.count(AnnouncementPress.account_id.distinct()))
        .join(Account, Account.teacher_id == Teacher.id)
        .join(AnnouncementPress, AnnouncementPress.account_id == Account.id)
        .where(AnnouncementPress.announcement_id == announcement_id, AnnouncementPress.button != PressKind.OPENED)
        .group_by(Teacher.organisation_id)
    )
    return dict(rows.all())


async def troubles(session: AsyncSession, actor: Actor, announcement_id: int) -> list[Trouble]:
    """Who has not surely got it once, by organisation and name. Raises NotFound out of the actor's reach."""
    await visible_row(session, actor, announcement_id)
    rows = await session.execute(
        select(
            Account.teacher_id,
            func.coalesce(cells.full_name(), Account.name),
            func.coalesce(Organisation.short_name, ""),
            Delivery.state,
            Delivery.reason,
            Delivery.doubtful,
        )
        .join(Account, Account.id == Delivery.account_id)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
        .outerjoin(Organisation, Organisation.id == Teacher.organisation_id)
        .where(
            Delivery.kind == ANNOUNCEMENT,
            Delivery.subject == announcement_id,
            or_(Delivery.state.in_(_TROUBLED), Delivery.doubtful),
        )
        .order_by(Organisation.id, Teacher.search, Account.id)
    )
    return [Trouble(*row) for row in rows]
