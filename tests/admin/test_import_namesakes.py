"""A row that fits two people of the registry: somebody says whose it is."""

import pytest
from sqlalchemy import select, update

from storage.models import Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_imports import plain_names, sent, table, teachers, until_read
from tests.admin.world import World

ROW = "Школа № 1;Двойникова Анна;;педагог-психолог;высшая"


@pytest.fixture
async def twins(sqlite_db: Database, world: World) -> list[int]:
    """Two people of one school with one name."""
    await plain_names(sqlite_db)
    async with sqlite_db.write() as session:
        ids = (await session.scalars(select(Teacher.id).where(Teacher.organisation_id == world.school))).all()[:2]
        for teacher in await session.scalars(select(Teacher).where(Teacher.id.in_(ids))):
            teacher.surname, teacher.given_name, teacher.birth_year = "Двойникова", "Анна", 1970 + teacher.id
    return sorted(ids)


async def category(db: Database, teacher_id: int) -> str:
    async with db.read() as session:
        return (await session.get_one(Teacher, teacher_id)).category


async def test_the_row_goes_to_whom_it_was_said_to_belong(
    sign_in: SignIn, sqlite_db: Database, world: World, twins: list[int]
) -> None:
    methodist = await sign_in(world.methodist)
    place = await sent(methodist, table(ROW))
    page = words(await methodist.get(f"{place}/namesakes"))
    assert all(f"{1970 + one} года рождения" in page for one in twins)
    foreign = {"place.1": "кадры!2", "person.1": str(world.teachers[-1])}
    refused = await methodist.post(f"{place}/namesakes", foreign)
    assert "Выбранного уже нет в списке" in words(await methodist.follow(refused))
    await methodist.post(f"{place}/namesakes", {**foreign, "person.1": str(twins[1])})
    assert "Изменятся 1" in words(await until_read(methodist, place))
    await methodist.post(f"{place}/apply")
    assert [await category(sqlite_db, one) for one in twins] == ["none", "highest"]


async def test_it_may_be_somebody_new(sign_in: SignIn, sqlite_db: Database, world: World, twins: list[int]) -> None:
    methodist, before = await sign_in(world.methodist), await teachers(sqlite_db)
    place = await sent(methodist, table(ROW))
    await methodist.post(f"{place}/namesakes", {"place.1": "кадры!2", "person.1": "0"})
    assert "Добавятся 1" in words(await until_read(methodist, place))
    await methodist.post(f"{place}/apply")
    assert await teachers(sqlite_db) == before + 1


async def test_a_card_that_changed_meanwhile_is_compared_anew(
    sign_in: SignIn, sqlite_db: Database, world: World, twins: list[int]
) -> None:
    methodist: Browser = await sign_in(world.methodist)
    place = await sent(methodist, table(ROW))
    await methodist.post(f"{place}/namesakes", {"place.1": "кадры!2", "person.1": str(twins[0])})
    await until_read(methodist, place)
    async with sqlite_db.write() as session:
        await session.execute(update(Teacher).where(Teacher.id == twins[0]).values(category="first"))
    answer = await methodist.post(f"{place}/apply")
    assert "сведения о педагогах изменились" in words(await methodist.follow(answer))
    assert await category(sqlite_db, twins[0]) == "first"
    assert "Изменятся 1" in words(await until_read(methodist, place))
