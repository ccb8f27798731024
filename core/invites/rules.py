"""Pure decisions about invites: how long they work, and who may make one for whom."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.clock import local_date
from core.people.model import Actor, Role
from core.people.rules import GrantView

TERMS = (30, 90, 180, 365)
"""Days among which the term of a sheet is chosen."""
USUAL_TERM = 180


def last_moment(now: datetime, days: int, timezone: str) -> datetime:
    """The end of the day that comes `days` after today, by the municipality's clocks: what is printed is a day."""
    day = local_date(now, timezone) + timedelta(days=days + 1)
    return datetime.combine(day, time(), ZoneInfo(timezone))


def may_invite(actor: Actor, grants: Iterable[GrantView]) -> bool:
    """Whether the actor may make an invite for somebody with these rights.

    Whoever holds a code can come in as its owner. So nobody makes one for a person whose rights reach further than
    their own; else a coordinator could become a methodist by printing a slip.
    """
    return all(_covers(actor, grant) for grant in grants)


def _covers(actor: Actor, grant: GrantView) -> bool:
    if actor.everywhere:
        return True
    match grant.role:
        case Role.TEACHER:
            return True
        case Role.COORDINATOR:
            return bool(actor.municipalities) or grant.organisation_id in actor.organisations
        case Role.LEADER:
            return bool(actor.municipalities) or grant.association_id in actor.associations
        case Role.METHODIST:
            return grant.municipality_id in actor.municipalities
        case Role.ADMINISTRATOR:
            return grant.municipality_id in actor.administered
