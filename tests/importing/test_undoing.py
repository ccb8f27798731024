"""The last import can be taken back: everything is as it was, but for what somebody has used or changed since."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update

from core.errors import AppError
from core.importing import actions, queries
from core.importing.model import AwardRead, Course, ImportState, Person, Reason, Verdict
from core.importing.undoing import Undone
from core.people.model import Category, Channel, Education, Role, TrainingKind
from storage.models import Account, AuditEntry, Award, Chat, Grant, Invite, Teacher, TeacherMove, TrainingRecord
from tests.importing.world import FIRST, MATHS, PHYSICS, SECOND, SOMEBODY, World

COURSE = Course("Цифровые инструменты", "Институт", TrainingKind.ADVANCED, 72, date(2023, 5, 20))
PLAIN = replace(SOMEBODY, subjects=(MATHS,), workload=Decimal(1))
RICHER = replace(
    PLAIN,
    subjects=(MATHS, PHYSICS),
    workload=Decimal("1.5"),
    education=Education.HIGHER,
    category=Category.FIRST,
    category_date=date(2024, 3, 12),
    courses=(COURSE,),
    awards=(AwardRead("Почётная грамота", "federal", None),),
)
NEW = replace(SOMEBODY, surname="Новикова", subjects=(PHYSICS,), courses=(COURSE,))


async def undo(world: World, run: int) -> Undone:
    return await actions.undo(world.db, world.clock, world.methodist, run)


async def teacher(world: World, surname: str) -> int:
    async with world.db.read() as session:
        return (await session.scalars(select(Teacher.id).where(Teacher.surname == surname))).one()


async def reasons(world: World, run: int) -> list[tuple[str, str]]:
    async with world.db.read() as session:
        return [(one.label, one.reason) for one in (await queries.run(session, world.methodist, run)).kept]


@pytest.mark.parametrize(
    "persons",
    [
        (RICHER,),
        (RICHER, NEW),
        (replace(RICHER, organisation=SECOND),),
        (replace(PLAIN, position="директор"), replace(NEW, birth_year=None)),
    ],
)
async def test_the_registry_is_as_before(world: World, persons: tuple[Person, ...]) -> None:
    await world.load(PLAIN)
    before = await world.tables()
    run = await world.load(*persons)
    assert await world.tables() != before
    done = await undo(world, run)
    assert await world.tables() == before
    assert (done.removed, done.restored, done.kept) == (len(persons) - 1, 1, 0)


async def test_the_first_import_of_all_leaves_an_empty_registry(world: World) -> None:
    before = await world.tables()
    run = await world.load(RICHER, NEW)
    assert await undo(world, run) == Undone(removed=2)
    assert await world.tables() == before


async def test_twice_is_once(world: World) -> None:
    await world.load(PLAIN)
    run = await world.load(RICHER, NEW)
    first = await undo(world, run)
    after = await world.tables()
    assert await undo(world, run) == first
    assert await world.tables() == after
    with pytest.raises(AppError, match="not_ready"):
        await world.apply(run)


async def test_only_the_last_one(world: World) -> None:
    first = await world.load(PLAIN)
    second = await world.load(RICHER)
    with pytest.raises(AppError, match="not_last"):
        await undo(world, first)
    await undo(world, second)
    with pytest.raises(AppError, match="not_last"):
        await undo(world, first)


async def test_what_was_only_read_cannot_be_undone(world: World) -> None:
    with pytest.raises(AppError, match="not_applied"):
        await undo(world, await world.read(PLAIN))


async def test_whoever_has_joined_stays(world: World) -> None:
    run = await world.load(NEW, PLAIN)
    async with world.db.write() as session:
        joined = await session.scalar(select(Account.id).where(Account.teacher_id == await teacher(world, "Новикова")))
        session.add(Chat(account_id=joined, channel=Channel.TELEGRAM, address="1"))
    assert await undo(world, run) == Undone(removed=1, kept=1)
    assert await reasons(world, run) == [("Новикова Анна Борисовна", "человек уже подключился")]
    await teacher(world, "Новикова")


async def test_an_invite_that_nobody_has_used_keeps_nobody(world: World) -> None:
    run = await world.load(NEW)
    async with world.db.write() as session:
        account = (await session.scalars(select(Account).where(Account.teacher_id.is_not(None)))).one()
        now = world.clock.now()
        session.add(Invite(account_id=account.id, code_hash="x", created_at=now, expires_at=now))
    assert await undo(world, run) == Undone(removed=1)


async def test_a_card_that_was_edited_stays(world: World) -> None:
    run = await world.load(NEW, PLAIN)
    async with world.db.write() as session:
        await session.execute(update(Teacher).where(Teacher.surname == "Новикова").values(birth_year=1999))
        session.add(
            AuditEntry(
                at=world.clock.now(), action="award.added", subject=f"teacher:{await teacher(world, 'Примерова')}"
            )
        )
    assert await undo(world, run) == Undone(kept=2)
    assert {reason for _, reason in await reasons(world, run)} == {"после загрузки сведения изменили"}


async def test_values_changed_since_stay_and_others_go_back(world: World) -> None:
    await world.load(PLAIN)
    run = await world.load(RICHER)
    async with world.db.write() as session:
        await session.execute(update(Teacher).values(category=Category.HIGHEST))
        await session.execute(update(TrainingRecord).values(hours=108))
    assert await undo(world, run) == Undone(restored=1, kept=1)
    async with world.db.read() as session:
        row = (await session.scalars(select(Teacher))).one()
        assert (row.category, row.category_date, row.workload) == (Category.HIGHEST, None, Decimal(1))
        assert await session.scalar(select(TrainingRecord.hours)) == 108
        assert (await session.scalars(select(Award))).all() == []


async def test_a_move_that_was_followed_by_another_stays(world: World) -> None:
    await world.load(PLAIN)
    run = await world.load(replace(PLAIN, organisation=SECOND))
    async with world.db.write() as session:
        await session.execute(update(Teacher).values(organisation_id=world.organisations[FIRST]))
    assert await undo(world, run) == Undone(kept=1)
    async with world.db.read() as session:
        assert len((await session.scalars(select(TeacherMove))).all()) == 1


async def test_the_right_to_coordinate_ends_with_the_move_and_comes_back_with_it(world: World) -> None:
    await world.load(PLAIN)
    async with world.db.write() as session:
        account = (await session.scalars(select(Account).where(Account.teacher_id.is_not(None)))).one()
        session.add(Grant(account_id=account.id, role=Role.COORDINATOR, organisation_id=world.organisations[FIRST]))
    run = await world.load(replace(PLAIN, organisation=SECOND))
    async with world.db.read() as session:
        assert (await session.scalars(select(Grant))).all() == []
    await undo(world, run)
    async with world.db.read() as session:
        assert [one.organisation_id for one in await session.scalars(select(Grant))] == [world.organisations[FIRST]]


async def test_somebody_brought_back_from_the_archive_goes_there_again(world: World) -> None:
    await world.load(PLAIN)
    async with world.db.write() as session:
        await session.execute(update(Teacher).values(archived_at=world.clock.now()))
    before = await world.tables()
    run = await world.load(PLAIN)
    async with world.db.read() as session:
        assert await session.scalar(select(Teacher.archived_at)) is None
    await undo(world, run)
    assert await world.tables() == before


async def test_the_audit_tells_the_next_one_nothing_of_who_was_taken_out(world: World) -> None:
    run = await world.load(NEW)
    gone = await teacher(world, "Новикова")
    await undo(world, run)
    async with world.db.read() as session:
        entries = list(await session.scalars(select(AuditEntry)))
    assert not [one for one in entries if one.subject == f"teacher:{gone}"]
    assert "Новикова" not in str([one.changes for one in entries])
    assert {"import.applied", "import.undone"} <= {one.action for one in entries}


async def test_whoever_was_deleted_meanwhile_is_no_hindrance(world: World) -> None:
    await world.load(PLAIN)
    run = await world.load(RICHER, NEW)
    async with world.db.write() as session:
        await session.execute(delete(Teacher).where(Teacher.surname == "Примерова"))
    assert await undo(world, run) == Undone(removed=1)


async def test_it_can_be_loaded_again(world: World) -> None:
    run = await world.load(RICHER)
    await undo(world, run)
    async with world.db.read() as session:
        view = await queries.run(session, world.methodist, run)
    assert (view.state, view.can_undo, view.counts) == (ImportState.UNDONE, False, {Verdict.ADDED: 1})
    await world.load(RICHER)


def test_every_reason_has_words() -> None:
    assert set(queries.REASONS) == set(Reason)
