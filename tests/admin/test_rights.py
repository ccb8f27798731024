"""Personal data on the pages: by a link for oneself, and by an administrator for others."""

import json

from sqlalchemy import select

from core.accounts import actions as accounts
from core.people import queries
from core.rights import actions
from storage.models import Account, AuditEntry, Chat, Consent, Grant, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.clocks import SetClock


async def data_link(db: Database, clock: SetClock, account: int) -> str:
    async with db.read() as session:
        actor = await queries.actor_of_account(session, account)
    return f"/my-data/{await actions.make_data_link(db, clock, actor)}"


async def test_one_s_own_data_by_the_link(
    stranger: Browser, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    address = await data_link(sqlite_db, clock, world.teacher)
    for _ in range(2):
        assert "Показать страницей" in words(await stranger.get(address)), "looking does not use it up"
    answer = await stranger.post(address, {"as": "page"})
    assert answer.status_code == 200
    assert "Примерова" in words(answer)
    assert "учитель математики" in words(answer)
    assert answer.headers["cache-control"] == "no-store"
    again = await stranger.post(address, {"as": "page"})
    assert again.status_code == 401
    assert "уже использована" in words(again)


async def test_the_file_for_programs(stranger: Browser, world: World, sqlite_db: Database, clock: SetClock) -> None:
    answer = await stranger.post(await data_link(sqlite_db, clock, world.teacher), {"as": "json"})
    assert "attachment" in answer.headers["content-disposition"]
    assert json.loads(answer.text)["sections"][0]["title"] == "Карточка в реестре"


async def test_guessing_is_throttled(stranger: Browser) -> None:
    statuses = {(await stranger.post("/my-data/guess", {"as": "page"})).status_code for _ in range(101)}
    assert statuses == {401, 429}


async def test_the_link_opens_no_door_into_the_admin(
    stranger: Browser, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    address = await data_link(sqlite_db, clock, world.methodist)
    answer = await stranger.post(address.replace("/my-data/", "/enter/"))
    assert answer.status_code == 401
    token = await accounts.make_sign_in_link(sqlite_db, clock, world.methodist)
    assert (await stranger.post(f"/my-data/{token}", {"as": "page"})).status_code == 401


async def test_an_administrator_writes_down_a_withdrawal(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    async with sqlite_db.write() as session:
        session.add(Consent(account_id=world.teacher, version="1", given_at=clock.now()))
        teacher = (await session.get_one(Account, world.teacher)).teacher_id
    browser = await sign_in(world.administrator)
    page = await browser.get(f"/people/{teacher}/rights")
    assert "редакция 1" in words(page)
    answer = await browser.follow(await browser.post(f"/people/{teacher}/rights/withdraw"))
    assert "Отзыв согласия записан" in words(answer)
    assert "Действующего согласия нет" in words(answer)
    async with sqlite_db.read() as session:
        assert await session.scalar(select(Chat).where(Chat.account_id == world.teacher)) is None
        noted = select(AuditEntry.account_id).where(AuditEntry.action == "consent.withdrawn")
        assert await session.scalar(noted) == world.administrator


async def test_an_administrator_erases_and_types_the_surname(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    teacher = world.teachers[3]
    browser = await sign_in(world.administrator)
    await browser.get(f"/people/{teacher}/rights")
    wrong = await browser.post(f"/people/{teacher}/rights/erase", {"surname": "Другая"})
    assert wrong.status_code == 422
    assert "Фамилия не совпала" in words(wrong)
    answer = await browser.post(f"/people/{teacher}/rights/erase", {"surname": "Примерова-3"})
    assert answer.status_code == 303
    async with sqlite_db.read() as session:
        assert await session.get(Teacher, teacher) is None
    assert (await browser.get(f"/people/{teacher}/rights")).status_code == 404


async def test_the_data_of_somebody_else_stand_in_the_audit(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.administrator)
    await browser.get(f"/people/{world.teachers[2]}/rights")
    answer = await browser.post(f"/people/{world.teachers[2]}/rights/data", {"as": "page"})
    assert "Примерова-2" in words(answer)
    async with sqlite_db.read() as session:
        noted = select(AuditEntry.subject).where(AuditEntry.action == "person.shown")
        assert await session.scalar(noted) == f"teacher:{world.teachers[2]}"


async def test_others_may_not(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    async with sqlite_db.write() as session:
        session.add(Grant(account_id=world.other_methodist, role="administrator", municipality_id=world.other_town))
    for account, refused in ((world.methodist, 403), (world.coordinator, 404), (world.other_methodist, 404)):
        browser = await sign_in(account)
        place = f"/people/{world.teachers[2]}/rights"
        assert (await browser.get(place)).status_code == refused
        for step, data in (("data", {}), ("withdraw", {}), ("erase", {"surname": "Примерова-2"})):
            assert (await browser.post(f"{place}/{step}", data)).status_code == refused
    async with sqlite_db.read() as session:
        assert await session.get(Teacher, world.teachers[2]) is not None
