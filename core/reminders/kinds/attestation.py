"""The term of a category or of «соответствие» runs out (SPEC §2, §10).

The person is reminded before the very day. Coordinators and methodists get one number for a whole month, reminded of
before its first day: whom it is about stands in the admin only, since no name may go through a foreign messenger.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.invitations import CAN_BE_ASKED
from core.clock import local_date
from core.people.model import Category
from core.registry import cells
from core.registry.rules import TERM, category_end, last_given, months_after, years_after
from core.reminders.kinds.kind import Kind, Look, Occasion, each
from core.reminders.kinds.people import concerned, coordinators, methodists
from core.reminders.model import Facts, Place, ReminderKind, RuleView, Superseded, Whom
from core.reminders.rules import Window, anchor_days, anchor_told
from storage.models import Account, Reminder, Teacher


class _Attestation:
    async def occasions(self, session: AsyncSession, place: Place, rule: RuleView, window: Window) -> list[Occasion]:
        days = anchor_days(rule, window, place.timezone)
        if rule.whom is Whom.PERSON:
            return await _of_people(session, place, rule, window, days)
        found = []
        for month in (day for day in days if day.day == 1):
            numbers = await _numbers(session, place, rule, month)
            accounts = sorted(account for account, number in numbers.items() if number)
            found += each(rule, place, window, (month.toordinal(), month), accounts)
        return found

    async def look(
        self, session: AsyncSession, place: Place, rule: RuleView, rows: Sequence[Reminder]
    ) -> Mapping[int, Look]:
        if rule.whom is Whom.PERSON:
            return await _look_at_people(session, place, rule, rows)
        months = {row.subject for row in rows}
        numbers = {one: await _numbers(session, place, rule, date.fromordinal(one)) for one in months}
        return {row.id: _number_now(rule, row, numbers[row.subject]) for row in rows}


KIND: Kind = _Attestation()


def given_for(ends: Sequence[date]) -> list[date]:
    """The days of giving whose term ends on one of these days; of 28 February there may be two."""
    around = (years_after(end, -TERM) + timedelta(days=one) for end in set(ends) for one in (0, 1))
    return sorted({given for given in around if years_after(given, TERM) in set(ends)})


async def _of_people(
    session: AsyncSession, place: Place, rule: RuleView, window: Window, days: Sequence[date]
) -> list[Occasion]:
    today = local_date(window.end, place.timezone)
    query = await concerned(
        session, place, rule, today, Account.id, Teacher.id, Teacher.category, Teacher.category_date
    )
    rows = await session.execute(
        query.join(Account, Account.teacher_id == Teacher.id).where(
            cells.has_end(), Teacher.category_date.in_(given_for(days)), CAN_BE_ASKED
        )
    )
    found = []
    for account, teacher, category, given in rows:
        if (end := category_end(Category(category), given)) is not None:
            found += each(rule, place, window, (teacher, end), [account])
    return found


async def _look_at_people(
    session: AsyncSession, place: Place, rule: RuleView, rows: Sequence[Reminder]
) -> dict[int, Look]:
    today = local_date(max(row.due_at for row in rows), place.timezone)
    query = await concerned(session, place, rule, today, Teacher.id, Teacher.category, Teacher.category_date)
    known = await session.execute(query.where(Teacher.id.in_({row.subject for row in rows})))
    ends = {teacher: category_end(Category(category), given) for teacher, category, given in known}
    return {row.id: _person_now(rule, row, ends) for row in rows}


def _person_now(rule: RuleView, row: Reminder, ends: Mapping[int, date | None]) -> Look:
    if row.subject not in ends:
        return Superseded.LEFT
    expected, end = date.fromisoformat(anchor_told(row.slot)), ends[row.subject]
    if end == expected:
        return Facts(ReminderKind.ATTESTATION, rule.whom, expected)
    return Superseded.DONE if end is None or end > expected else Superseded.MOVED


async def _numbers(session: AsyncSession, place: Place, rule: RuleView, month: date) -> dict[int, int]:
    """Account → how many terms end in that month among those whom it looks after."""
    last = months_after(month, 1) - timedelta(days=1)
    query = await concerned(session, place, rule, month, Teacher.organisation_id, func.count())
    rows = await session.execute(
        query.where(
            cells.has_end(),
            Teacher.category_date > last_given(month - timedelta(days=1)),
            Teacher.category_date <= last_given(last),
        ).group_by(Teacher.organisation_id)
    )
    counted = Counter(dict(rows.all()))
    if rule.whom is Whom.METHODIST:
        return dict.fromkeys(await methodists(session, place.id), counted.total())
    theirs = await coordinators(session, place.id)
    return {account: sum(counted[one] for one in organisations) for account, organisations in theirs.items()}


def _number_now(rule: RuleView, row: Reminder, numbers: Mapping[int, int]) -> Look:
    if row.account_id not in numbers:
        return Superseded.LEFT
    number = numbers[row.account_id]
    month = date.fromordinal(row.subject)
    return Facts(ReminderKind.ATTESTATION, rule.whom, month, number) if number else Superseded.DONE
