"""What ends when somebody's card is put away: ways into the program, and offices."""

from sqlalchemy import delete, select

from core import audit
from core.accounts.sessions import shut_doors
from core.invites.codes import end_codes
from core.people.model import Role
from core.registry.work import Work
from storage.models import Account, Association, Grant, Teacher

OFFICES = (Role.COORDINATOR, Role.LEADER)


async def end_part(work: Work, teacher: Teacher) -> None:
    """Sessions, links, open invites, and the offices of a coordinator and of a leader."""
    await _end_leading(work, teacher)
    account_id = await work.session.scalar(select(Account.id).where(Account.teacher_id == teacher.id))
    if account_id is None:
        return
    await shut_doors(work.session, account_id)
    await end_codes(work.session, work.now, [account_id])
    ended = await work.session.execute(
        delete(Grant)
        .where(Grant.account_id == account_id, Grant.role.in_(OFFICES))
        .returning(Grant.role, Grant.organisation_id, Grant.association_id)
    )
    for role, organisation_id, association_id in ended.all():
        _note(work, "grant.ended", f"teacher:{teacher.id}", str(role), organisation_id or association_id)


async def _end_leading(work: Work, teacher: Teacher) -> None:
    """Members they stay: the card may come back."""
    led = select(Association).where(Association.leader_id == teacher.id).order_by(Association.id)
    for circle in (await work.session.scalars(led.with_for_update())).all():
        circle.leader_id = None
        _note(work, "association.leader", f"association:{circle.id}", "leader_id", teacher.id)


def _note(work: Work, action: str, subject: str, name: str, ended: int | None) -> None:
    changes = {name: (ended, None)}
    audit.note(work.session, work.now, work.actor, action, subject, municipality_id=work.place, changes=changes)
