"""The page «Кому не доходит»."""

import pytest
from sqlalchemy import delete, select, update

from storage.models import Account, Chat
from storage.session import Database
from tests.admin.browser import words
from tests.admin.conftest import SignIn
from tests.admin.world import World


@pytest.fixture(autouse=True)
async def closed(world: World, sqlite_db: Database) -> None:
    """Chats of two people of the school and of one of the kindergarten."""
    for place, reason in ((2, "blocked"), (4, "deactivated"), (3, "gone")):
        accounts = select(Account.id).where(Account.teacher_id == world.teachers[place])
        async with sqlite_db.write() as session:
            await session.execute(update(Chat).where(Chat.account_id.in_(accounts)).values(unreachable=reason))


async def test_a_methodist_reads_who_why_and_what_to_do(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    page = await browser.get("/unreachable")
    said = words(page)
    assert "3 человека" in said
    assert "Остановил(а) бота" in said
    assert "нажать «Перезапустить»" in said
    assert f"/invites/{world.school}/sheet?person={world.teachers[4]}" in page.text
    assert f"sheet?person={world.teachers[2]}" not in page.text
    assert "не подключил" not in said
    narrowed = words(await browser.get("/unreachable", params={"organisation": world.kindergarten}))
    assert "Примерова-3" in narrowed
    assert "Примерова-2" not in narrowed
    assert (await browser.get("/unreachable", params={"organisation": "x"})).status_code == 404


async def test_a_coordinator_reads_of_the_own_organisation(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    left_out = select(Account.id).where(Account.teacher_id == world.teachers[6])
    async with sqlite_db.write() as session:
        await session.execute(delete(Chat).where(Chat.account_id.in_(left_out)))
    browser = await sign_in(world.coordinator)
    said = words(await browser.get("/unreachable"))
    assert "Примерова-2" in said
    assert "Примерова-4" in said
    assert "Примерова-3" not in said
    assert "Ещё не подключился 1 человек" in said
    assert (await browser.get(f"/invites/{world.school}/sheet?person={world.teachers[4]}")).status_code == 200


async def test_another_municipality_knows_nothing_of_it(sign_in: SignIn, world: World) -> None:
    other = await sign_in(world.other_methodist)
    assert "До всех, кто подключился, сообщения доходят" in words(await other.get("/unreachable"))
