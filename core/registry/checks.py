"""What can only be checked against the database: what a record refers to, and whether its name is free."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from core.registry import reach
from core.registry.kinds import BY_CODE
from core.registry.model import Field, Owner, Problem, Type, Wrong
from core.registry.queries import values_of
from core.registry.work import Work
from storage.models import Association, MentorBankEntry, Organisation, Position, Subject
from storage.searching import searchable

NAMES: Mapping[type[Any], str] = {
    Organisation: "short_name",
    Association: "name",
    Position: "title",
    Subject: "title",
}
"""Of kinds of which two of one name could not be told apart in lists of choices."""
LIKELY = 10
"""Records that say the same but for what they refer to; there are hardly two."""


async def check(work: Work, values: Mapping[str, Any], stored: Mapping[str, Any], record_id: int | None) -> None:
    """Raises Wrong. `stored` are the values before: what was chosen then may be archived by now."""
    wrong: dict[str, Problem] = {}
    for field in work.kind.fields:
        chosen = _ids(field, values) - _ids(field, stored)
        if chosen and not await _present(work, field, chosen):
            wrong[field.name] = Problem("registry.no_such_choice")
    if await _stands_in_bank(work, values, record_id):
        wrong["year"] = Problem("registry.year_taken")
    if await name_taken(work, values, record_id):
        wrong[NAMES[work.kind.model]] = Problem("registry.name_taken")
    if wrong:
        raise Wrong(wrong)


def _ids(field: Field, values: Mapping[str, Any]) -> set[int]:
    value = values.get(field.name)
    if not field.target or value is None:
        return set()
    return {*value} if field.type is Type.RECORDS else {value}


async def _present(work: Work, field: Field, chosen: Collection[int]) -> bool:
    """Whether all of them are there, in this municipality and not put away."""
    target = BY_CODE[field.target]
    query = select(func.count()).where(target.model.id.in_(sorted(chosen)), target.model.archived_at.is_(None))
    if target.owner is not Owner.EVERYBODY:
        query = query.where(target.model.municipality_id == work.place)
    return (await work.session.execute(query)).scalar_one() == len(chosen)


async def belongs_somewhere(work: Work, values: Mapping[str, Any]) -> bool:
    """Whether everything that the record cannot be without is present."""
    needed = [one for one in work.kind.fields if one.type is Type.RECORD and one.required]
    return all([await _present(work, one, _ids(one, values)) for one in needed])


async def _stands_in_bank(work: Work, values: Mapping[str, Any], record_id: int | None) -> bool:
    """A person stands in the bank of a year once; archived entries count, for they can come back."""
    if work.kind.model is not MentorBankEntry:
        return False
    query = select(MentorBankEntry.id).where(
        MentorBankEntry.teacher_id == values["teacher_id"], MentorBankEntry.year == values["year"]
    )
    return await work.session.scalar(query) not in {None, record_id}


async def name_taken(work: Work, values: Mapping[str, Any], record_id: int | None) -> bool:
    """Capitals and ё make no other name; one in the archive does not count."""
    kind, name = work.kind, NAMES.get(work.kind.model)
    if name is None:
        return False
    query = select(kind.model.id, getattr(kind.model, name)).where(kind.model.archived_at.is_(None))
    if kind.owner is not Owner.EVERYBODY:
        query = query.where(kind.model.municipality_id == work.place)
    wanted = searchable(values[name])
    rows = await work.session.execute(query)
    return any(one != record_id and searchable(other) == wanted for one, other in rows)


async def same(work: Work, values: Mapping[str, Any]) -> int | None:
    """A present record that says exactly this: a form that was sent twice adds one record."""
    kind = work.kind
    plain = [one.name for one in kind.fields if one.type not in {Type.CODES, Type.RECORDS}]
    query = reach.source(kind, kind.model).where(kind.model.archived_at.is_(None))
    query = query.where(*(getattr(kind.model, name).is_not_distinct_from(values[name]) for name in plain))
    if work.place is not None:
        query = query.where(reach.town(kind) == work.place)
    for row in await work.session.scalars(query.order_by(kind.model.id).limit(LIKELY)):
        if await values_of(work.session, kind, row) == values:
            return int(row.id)
    return None
