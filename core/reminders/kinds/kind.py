"""What every kind of reminder can say, and what they have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from core.reminders.model import Facts, Place, RuleView, Superseded
from core.reminders.rules import Anchor, Window, dues
from storage.models import Reminder

Look = Facts | Superseded


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reminder that a rule wants: whom, of which thing, when. The columns of storage.models.Reminder."""

    account_id: int
    subject: int
    due_at: datetime
    slot: str
    useful_until: datetime

    @property
    def key(self) -> tuple[int, int, str]:
        return self.account_id, self.subject, self.slot


class Kind(Protocol):
    """Both read only, and know no clock: the window and the rows say which time is meant."""

    async def occasions(self, session: AsyncSession, place: Place, rule: RuleView, window: Window) -> list[Occasion]:
        """Reminders that are due within the window."""
        ...

    async def look(
        self, session: AsyncSession, place: Place, rule: RuleView, rows: Sequence[Reminder]
    ) -> Mapping[int, Look]:
        """By id of the row: what it would say now, or why nobody needs it any more."""
        ...


def each(
    rule: RuleView, place: Place, window: Window, thing: tuple[int, Anchor], accounts: Iterable[int]
) -> list[Occasion]:
    """Every reminder of one thing (its subject, its day or moment) within the window, for each account."""
    subject, anchor = thing
    wanted = [one for one in dues(anchor, rule, place.timezone) if window.holds(one.due_at)]
    if not wanted:
        return []
    return [
        Occasion(account, subject, one.due_at, one.slot, one.useful_until) for account in accounts for one in wanted
    ]
