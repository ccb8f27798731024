"""Who may see and do what."""

import pytest

from core.accounts import actions as accounts
from storage.models import Grant
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import PASSWORD, World
from tests.clocks import SetClock


async def test_a_teacher_is_told_kindly(stranger: Browser, world: World, sqlite_db: Database, clock: SetClock) -> None:
    await accounts.set_password(sqlite_db, clock, world.teacher, "teacher", PASSWORD)
    answer = await stranger.post("/sign-in", {"login": "teacher", "password": PASSWORD})
    assert answer.status_code == 403
    assert "ждут вас в чате с ботом" in words(answer)
    assert (await stranger.get("/account")).status_code == 303


async def test_whoever_loses_the_role_loses_the_pages(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    from sqlalchemy import delete

    browser = await sign_in(world.coordinator)
    async with sqlite_db.write() as session:
        await session.execute(delete(Grant).where(Grant.account_id == world.coordinator))
    answer = await browser.get("/")
    assert answer.status_code == 403
    assert "для сотрудников" in words(answer)


@pytest.mark.parametrize("path", ["/", "/campaigns", "/indicators", "/account"])
async def test_a_coordinator_sees_the_common_pages(sign_in: SignIn, world: World, path: str) -> None:
    assert (await (await sign_in(world.coordinator)).get(path)).status_code == 200


@pytest.mark.parametrize(
    "path", ["/campaigns/new", "/campaigns/new/deficits", "/campaigns/new/deficits/recipients", "/system"]
)
async def test_a_coordinator_makes_no_campaigns(sign_in: SignIn, world: World, path: str) -> None:
    browser = await sign_in(world.coordinator)
    assert (await browser.get(path)).status_code == 403
    assert "Новое анкетирование" not in words(await browser.get("/campaigns"))


async def test_a_coordinator_cannot_post_a_campaign(sign_in: SignIn, world: World) -> None:
    assert (await (await sign_in(world.coordinator)).post("/campaigns/new/deficits")).status_code == 403


async def test_the_system_page_is_for_administrators(sign_in: SignIn, world: World) -> None:
    assert (await (await sign_in(world.methodist)).get("/system")).status_code == 403
    browser = await sign_in(world.administrator)
    page = await browser.get("/system")
    assert "Отправка сообщений" in words(page)
    assert 'href="/system"' in page.text
    assert 'href="/system"' not in (await (await sign_in(world.methodist)).get("/account")).text


async def test_an_administrator_chooses_the_municipality(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.administrator)
    answer = await browser.post("/municipality", {"municipality_id": world.other_town})
    assert "Другой город" in words(await browser.follow(answer))
    assert "Муниципалитет Другой город" in words(await browser.get("/account"))


async def test_a_methodist_cannot_choose_a_foreign_municipality(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    assert (await browser.post("/municipality", {"municipality_id": world.other_town})).status_code == 404
    browser.cookies.set("municipality", str(world.other_town), domain="admin.test")
    assert "Другой город" not in words(await browser.get("/account"))
