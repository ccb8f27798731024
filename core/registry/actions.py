"""Adding and changing records of the registry, putting them away and bringing them back. Each one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.errors import AppError, Denied
from core.people.accounts import account_of
from core.people.model import Actor
from core.registry import checks, fields, reach, rules
from core.registry.depending import depends
from core.registry.leaving import end_part
from core.registry.model import Kind, Owner, Type, Wrong
from core.registry.queries import values_of
from core.registry.work import Work
from storage.models import Teacher, TeacherSubject
from storage.session import Store

Sent = Mapping[str, str | Sequence[str]]
"""As a form sends it: name of field → its value, or all of its values."""


async def add(store: Store, clock: Clock, actor: Actor, municipality_id: int, kind: Kind, typed: Sent) -> int:
    """Returns the id of the new record; the same form sent twice adds one. A teacher also gets an account.

    Raises Denied, NotFound for an unknown municipality, Wrong with what is wrong with each field.
    """
    if kind.view or not reach.may_edit(kind, actor, municipality_id):
        raise Denied
    async with store.write() as session:
        place = None if kind.owner is Owner.EVERYBODY else municipality_id
        work = Work(session, clock.now(), actor, kind, place)
        await work.alone()
        values = await _checked(work, _lists(typed))
        known = await checks.same(work, values)
        if known is not None:
            return known
        await checks.check(work, values, {}, None)
        row = await _insert(work, values)
        work.note(row, "added", {name: (None, value) for name, value in values.items() if _says_something(value)})
        return int(row.id)


async def change(store: Store, clock: Clock, actor: Actor, kind: Kind, record_id: int, typed: Sent, mark: str) -> None:
    """Settled fields stay as they are. `mark` is of the values that the form showed.

    Raises NotFound, Denied, AppError `registry.archived`, `registry.changed_meanwhile`, Wrong.
    """
    async with store.write() as session:
        row, work = await _managed(session, clock, actor, kind, record_id)
        if row.archived_at is not None:
            raise AppError("registry.archived")
        await work.alone()
        before = await values_of(session, kind, row)
        settled = {one.name: [str(before[one.name])] for one in kind.fields if one.settled}
        after = await _checked(work, {**_lists(typed), **settled})
        if after == before:
            return
        if mark != fields.mark(kind, before):
            raise AppError("registry.changed_meanwhile")
        await checks.check(work, after, before, row.id)
        await _update(work, row, after)
        work.note(row, "changed", {name: (before[name], after[name]) for name in after if after[name] != before[name]})


async def archive(store: Store, clock: Clock, actor: Actor, kind: Kind, record_id: int) -> None:
    """Puts the record away; twice is once. With a teacher end their sessions, open invites and offices.

    Raises NotFound, Denied, AppError `registry.in_use` with `people` who still depend on it.
    """
    _check_owns(kind)
    async with store.write() as session:
        row, work = await _managed(session, clock, actor, kind, record_id)
        await work.alone()
        if row.archived_at is not None:
            return
        for _code, people in await depends(session, kind, record_id):
            raise AppError("registry.in_use", people=people)
        row.archived_at = work.now
        if isinstance(row, Teacher):
            await end_part(work, row)
        work.note(row, "archived", {"archived": (False, True)})


async def restore(store: Store, clock: Clock, actor: Actor, kind: Kind, record_id: int) -> None:
    """Brings the record back; twice is once. Offices do not come back with a teacher.

    Raises NotFound, Denied, AppError `registry.owner_archived` when what it belongs to is put away itself,
    `registry.name_taken` when another one is called so by now.
    """
    _check_owns(kind)
    async with store.write() as session:
        row, work = await _managed(session, clock, actor, kind, record_id)
        await work.alone()
        if row.archived_at is None:
            return
        values = await values_of(session, kind, row)
        if not await checks.belongs_somewhere(work, values):
            raise AppError("registry.owner_archived")
        if await checks.name_taken(work, values, row.id):
            raise AppError("registry.name_taken")
        row.archived_at = None
        work.note(row, "restored", {"archived": (True, False)})


async def note_export(store: Store, clock: Clock, actor: Actor, municipality_id: int, kind: Kind) -> None:
    """Somebody takes a list away. Raises Denied for whom there is no such list."""
    if not reach.sees(kind, actor):
        raise Denied
    async with store.write() as session:
        details = {"kind": kind.code}
        audit.note(session, clock.now(), actor, "registry.exported", municipality_id=municipality_id, details=details)


def _check_owns(kind: Kind) -> None:
    """A view of rows that another kind keeps puts none of them away."""
    if kind.view:
        raise Denied


async def _managed(session: AsyncSession, clock: Clock, actor: Actor, kind: Kind, record_id: int) -> tuple[Any, Work]:
    """The row, locked. Raises NotFound and Denied as `reach.managed` does."""
    row, place = await reach.managed(session, actor, kind, record_id)
    return row, Work(session, clock.now(), actor, kind, place)


def _lists(typed: Sent) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in typed.items()}


def _says_something(value: Any) -> bool:
    return value is not None and value is not False and value != []


async def _checked(work: Work, typed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Raises Wrong with everything that can be said without other records."""
    values, wrong = fields.read(work.kind, typed)
    wrong = {**rules.problems(work.kind, values, await work.today()), **wrong}
    if wrong:
        raise Wrong(wrong)
    return values


async def _insert(work: Work, values: Mapping[str, Any]) -> Any:
    kind, session = work.kind, work.session
    row = kind.model(**{one.name: values[one.name] for one in kind.fields if one.type is not Type.RECORDS})
    if kind.owner is Owner.MUNICIPALITY:
        row.municipality_id = work.place
    if kind.coded:
        # Profiles name theirs; one that was added by hand is only ever meant by its id.
        row.code = f"{kind.noun}-{secrets.token_hex(6)}"
    session.add(row)
    await session.flush()
    if isinstance(row, Teacher):
        await _teach(work, row.id, values["subjects"])
        await account_of(session, work.now, row.id, row.municipality_id)
    return row


async def _update(work: Work, row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "subjects":
            setattr(row, name, value)
    if "subjects" in values:
        await work.session.execute(delete(TeacherSubject).where(TeacherSubject.teacher_id == row.id))
        await _teach(work, row.id, values["subjects"])
    await work.session.flush()


async def _teach(work: Work, teacher_id: int, subjects: Sequence[int]) -> None:
    work.session.add_all(TeacherSubject(teacher_id=teacher_id, subject_id=one) for one in subjects)
    await work.session.flush()
