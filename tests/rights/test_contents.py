"""What is stored about a person, as a file for themselves: complete, and in words."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import AppError
from core.people.model import LinkPurpose
from core.rights import actions, contents
from core.rights.model import PersonData
from storage.models import AuditEntry, Base, SignInLink
from storage.session import Database
from tests.clocks import SetClock
from tests.rights.person import SURNAME, lived


def test_every_table_and_column_that_knows_people_is_told_or_left_out_with_a_reason() -> None:
    """A new table that refers to people fails here until it is written down."""
    listed = {one.table: one for one in contents.tables()}
    for table in Base.metadata.sorted_tables:
        if not {key.column.table.name for key in table.foreign_keys} & {"teachers", "accounts"}:
            continue
        if table.name in contents.elsewhere():
            assert contents.elsewhere()[table.name]
            continue
        one = listed[table.name]
        told = {*one.columns, *one.keys, *contents.left_out(), "municipality_id"}
        assert {column.name for column in table.columns} - told == set(), table.name
    assert "teachers" in listed


def test_nothing_is_listed_that_does_not_exist() -> None:
    tables = Base.metadata.tables
    for one in contents.tables():
        assert set(one.columns) | set(one.keys) <= set(tables[one.table].columns.keys()), one.table
    assert set(contents.elsewhere()) <= set(tables)


async def _data(db: Database, clock: SetClock) -> PersonData:
    world = await lived(db, clock)
    token = await actions.make_data_link(db, clock, world.teachers[0])
    return await actions.open_data_link(db, clock, token)


async def test_the_file_tells_everything_in_words(db: Database, clock: SetClock) -> None:
    data = await _data(db, clock)
    assert data.name.startswith(SURNAME)
    found = {section.title: section for section in data.sections}
    assert {"Карточка в реестре", "Обучение", "Наставничество", "Согласия", "Журнал действий"} <= set(found)
    assert "учитель математики" in found["Карточка в реестре"].rows[0]
    assert found["Наставничество"].rows[0][:2] == ("вы", "коллега")
    assert ("Волна", "Школа", "отправлена")[0] == found["Участие в анкетировании"].rows[0][0]
    assert all(len(row) == len(one.columns) for one in data.sections for row in one.rows)
    [answers] = [one for one in data.sections if one.title.startswith("Волна")]
    assert len(answers.rows) > 10, "the named survey; the anonymous one can be found nowhere"


async def test_hashes_and_colleagues_are_not_in_it(db: Database, clock: SetClock) -> None:
    told = str(await _data(db, clock))
    assert "Примерова" not in told, "the other teacher's name"
    assert "password" not in told


async def test_the_link_opens_once_and_not_for_long(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me = world.teachers[0]
    token = await actions.make_data_link(db, clock, me)
    await actions.open_data_link(db, clock, token)
    late = await actions.make_data_link(db, clock, me)
    clock.advance(minutes=15)
    for refused in (token, late, "guessed"):
        with pytest.raises(AppError, match=r"rights\.link_refused"):
            await actions.open_data_link(db, clock, refused)
    async with db.read() as session:
        shown = await session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "person.shown"))
        assert list(shown) == [f"teacher:{me.teacher_id}"]


async def test_a_link_into_the_admin_does_not_open_it(db: Database, clock: SetClock) -> None:
    from core.people.rules import token_hash

    world = await lived(db, clock)
    async with db.write() as session:
        session.add(
            SignInLink(
                token_hash=token_hash("admin"),
                account_id=world.teachers[0].account_id,
                purpose=LinkPurpose.ADMIN,
                expires_at=clock.now() + timedelta(minutes=5),
            )
        )
    with pytest.raises(AppError, match=r"rights\.link_refused"):
        await actions.open_data_link(db, clock, "admin")
