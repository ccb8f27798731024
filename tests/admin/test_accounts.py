"""Accounts of staff: who may give, take and switch off what, and that it takes effect at once."""

import re

from sqlalchemy import select

from core.accounts import actions as accounts
from core.people.model import Role
from storage.models import Account, AuditEntry, Grant, Invite
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.clocks import SetClock


async def grants(db: Database, account: int) -> set[tuple[str, int | None]]:
    async with db.read() as session:
        rows = await session.execute(select(Grant.role, Grant.municipality_id).where(Grant.account_id == account))
        return {(role, town) for role, town in rows}


async def town_administrator(db: Database, clock: SetClock, town: int, name: str = "Управляющий") -> int:
    return await accounts.create_staff(db, clock, name, Role.ADMINISTRATOR, town)


async def test_staff_is_listed_and_teachers_are_found(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.administrator)
    page = words(await browser.get("/accounts"))
    assert "Методист" in page
    assert "Примерова-0" in page, "the coordinator is staff"
    assert "Примерова-7" not in page
    found = words(await browser.get("/accounts?text=ПРИМЕРОВА-7"))
    assert "Примерова-7" in found
    assert "без роли" in found


async def test_a_new_member_of_staff_comes_in_by_the_link(
    sign_in: SignIn, world: World, sqlite_db: Database, stranger: Browser
) -> None:
    browser = await sign_in(world.administrator)
    page = await browser.get("/accounts/new")
    form_id = re.search(r'name="form_id" value="([^"]+)"', page.text)
    assert form_id is not None
    typed = {"name": "Новый <b>методист</b>", "role": "methodist", "form_id": form_id[1]}
    first = await browser.post("/accounts/new", typed)
    second = await browser.post("/accounts/new", typed)
    assert first.headers["location"] == second.headers["location"], "a doubled press makes one account"
    card = await browser.follow(first)
    assert "Новый <b>методист</b>" in words(card)
    assert "&lt;b&gt;" in card.text
    handed = await browser.post(f"{first.headers['location']}/link")
    address = re.search(r"http://admin\.test(/enter/[\w-]+)", handed.text)
    assert address is not None
    assert (await stranger.post(address[1])).status_code == 303
    assert "Новый <b>методист</b>" in words(await stranger.get("/account"))
    account = int(first.headers["location"].rsplit("/", 1)[1])
    assert await grants(sqlite_db, account) == {("methodist", world.town)}


async def test_a_name_must_be_there(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.administrator)
    await browser.get("/accounts/new")
    answer = await browser.post("/accounts/new", {"name": "  ", "role": "methodist"})
    assert answer.status_code == 422
    assert "Напишите, как называть" in words(answer)


async def test_roles_are_given_and_taken(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.administrator)
    place = f"/accounts/{world.teacher}"
    await browser.get(place)
    for _ in range(2):
        assert "Роль добавлена" in words(
            await browser.follow(await browser.post(f"{place}/roles", {"role": "methodist"}))
        )
    assert await grants(sqlite_db, world.teacher) == {("methodist", world.town)}
    async with sqlite_db.read() as session:
        grant = await session.scalar(select(Grant.id).where(Grant.account_id == world.teacher))
        entry = await session.scalar(select(AuditEntry).where(AuditEntry.action == "grant.given"))
        assert entry is not None
        assert entry.changes == {"role": [None, "methodist"]}
        teacher = (await session.get_one(Account, world.teacher)).teacher_id
        assert entry.subject == f"teacher:{teacher}"
    assert "Роль снята" in words(await browser.follow(await browser.post(f"{place}/roles/{grant}/end")))
    assert await grants(sqlite_db, world.teacher) == set()


async def test_switching_off_takes_effect_at_once(
    sign_in: SignIn, world: World, sqlite_db: Database, stranger: Browser, clock: SetClock
) -> None:
    victim = await sign_in(world.methodist)
    link = await accounts.make_sign_in_link(sqlite_db, clock, world.methodist)
    browser = await sign_in(world.administrator)
    await browser.get(f"/accounts/{world.methodist}")
    off = await browser.follow(await browser.post(f"/accounts/{world.methodist}/switch", {"active": "no"}))
    assert "Учётная запись отключена" in words(off)
    assert (await victim.get("/account")).status_code == 303
    assert (await stranger.post(f"/enter/{link}")).status_code == 401
    on = await browser.follow(await browser.post(f"/accounts/{world.methodist}/switch", {"active": "yes"}))
    assert "снова действует" in words(on)
    assert (await victim.get("/account")).status_code == 303, "the old session stays ended"


async def test_nobody_locks_everybody_out(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.administrator)
    place = f"/accounts/{world.administrator}"
    await browser.get(place)
    own = await browser.follow(await browser.post(f"{place}/switch", {"active": "no"}))
    assert "Себя отключить нельзя" in words(own)
    async with sqlite_db.read() as session:
        grant = await session.scalar(select(Grant.id).where(Grant.account_id == world.administrator))
    last = await browser.follow(await browser.post(f"{place}/roles/{grant}/end"))
    assert "последний администратор" in words(last)
    assert await grants(sqlite_db, world.administrator) == {("administrator", None)}


async def test_an_administrator_of_a_town_stays_inside_it(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    chief = await town_administrator(sqlite_db, clock, world.town)
    browser = await sign_in(chief)
    await browser.get(f"/accounts/{world.methodist}")
    assert "вся программа" not in words(await browser.get("/accounts"))
    refused = await browser.post(f"/accounts/{world.methodist}/roles", {"role": "everywhere"})
    assert refused.status_code == 403
    for foreign in (world.other_methodist, world.administrator, 10_000):
        place = f"/accounts/{foreign}"
        assert (await browser.get(place)).status_code == 404
        for step, data in (
            ("roles", {"role": "methodist"}),
            ("switch", {"active": "no"}),
            ("link", {}),
            ("invite", {}),
            ("roles/1/end", {}),
            ("sessions/1/end", {}),
        ):
            assert (await browser.post(f"{place}/{step}", data)).status_code == 404, step
    async with sqlite_db.read() as session:
        assert (await session.get_one(Account, world.other_methodist)).active


async def test_wider_rights_cannot_be_borrowed(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    """Somebody who works in two towns: the administrator of one of them can neither come in as them nor stop them."""
    async with sqlite_db.write() as session:
        session.add(Grant(account_id=world.methodist, role=Role.METHODIST, municipality_id=world.other_town))
    browser = await sign_in(await town_administrator(sqlite_db, clock, world.town))
    place = f"/accounts/{world.methodist}"
    assert (await browser.get(place)).status_code == 200
    for step, data in (("link", {}), ("invite", {}), ("switch", {"active": "no"})):
        assert (await browser.post(f"{place}/{step}", data)).status_code == 403, step
    async with sqlite_db.read() as session:
        theirs = select(Grant.id).where(Grant.account_id == world.methodist)
        there = await session.scalar(theirs.where(Grant.municipality_id == world.other_town))
    assert (await browser.post(f"{place}/roles/{there}/end")).status_code == 403
    assert len(await grants(sqlite_db, world.methodist)) == 2


async def test_others_have_no_business_here(sign_in: SignIn, world: World) -> None:
    for account in (world.methodist, world.coordinator):
        browser = await sign_in(account)
        assert (await browser.get("/accounts")).status_code == 403
        assert (await browser.get("/accounts/new")).status_code == 403
        assert (await browser.post("/accounts/new", {"name": "Я", "role": "everywhere"})).status_code == 403
        assert (await browser.get(f"/accounts/{world.teacher}")).status_code == 404


async def test_an_invite_links_the_bot_and_ends_the_one_before(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    browser = await sign_in(world.administrator)
    place = f"/accounts/{world.methodist}"
    await browser.get(place)
    for _ in range(2):
        assert "Приглашение в бот" in words(await browser.post(f"{place}/invite"))
    async with sqlite_db.read() as session:
        invites = list(await session.scalars(select(Invite).where(Invite.account_id == world.methodist)))
    assert sorted(one.revoked_at is None for one in invites) == [False, True]


async def test_a_browser_of_somebody_else_is_signed_out(sign_in: SignIn, world: World) -> None:
    victim = await sign_in(world.methodist)
    browser = await sign_in(world.administrator)
    card = await browser.get(f"/accounts/{world.methodist}")
    found = re.search(r'action="(/accounts/\d+/sessions/\d+/end)"', card.text)
    assert found is not None
    assert "Вход в том браузере завершён" in words(await browser.follow(await browser.post(found[1])))
    assert (await victim.get("/account")).status_code == 303
