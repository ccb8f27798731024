"""Roles and switching accounts off, on both databases."""

import asyncio

import pytest
from sqlalchemy import select

from core.accounts import actions as accounts
from core.accounts.queries import actor_of_session
from core.errors import AppError, Denied, NotFound
from core.invites import actions as invites
from core.people.model import Actor, Role
from core.people.queries import actor_of_account, actor_of_chat
from core.staff import actions, queries
from core.staff.model import Search
from storage.models import Account, Chat, Grant, Municipality
from storage.session import Database
from tests.clocks import SetClock


@pytest.fixture
async def towns(db: Database) -> list[int]:
    async with db.write() as session:
        made = [Municipality(code=one, name=one, timezone="Asia/Irkutsk", settings={}) for one in ("a", "b")]
        session.add_all(made)
        await session.flush()
        return [one.id for one in made]


async def staff(db: Database, clock: SetClock, role: Role, town: int | None, name: str = "Проба") -> Actor:
    account = await accounts.create_staff(db, clock, name, role, town)
    async with db.read() as session:
        return await actor_of_account(session, account)


async def grant_of(db: Database, account: int) -> int:
    async with db.read() as session:
        return (await session.scalars(select(Grant.id).where(Grant.account_id == account))).one()


async def names(db: Database, actor: Actor, town: int, search: Search) -> list[str]:
    async with db.read() as session:
        return [one.name for one in (await queries.listing(session, actor, town, search)).rows]


async def test_everything_of_a_switched_off_account_ends(db: Database, clock: SetClock, towns: list[int]) -> None:
    boss = await staff(db, clock, Role.ADMINISTRATOR, towns[0])
    one = await staff(db, clock, Role.METHODIST, towns[0])
    link = await accounts.make_sign_in_link(db, clock, one.account_id)
    used = await accounts.make_sign_in_link(db, clock, one.account_id)
    entered = await accounts.enter_by_link(db, clock, used)
    code = await invites.make_invite(db, clock, one.account_id)
    async with db.write() as session:
        session.add(Chat(account_id=one.account_id, channel="telegram", address="5"))
    await actions.switch(db, clock, boss, one.account_id, active=False)
    async with db.read() as session:
        assert await actor_of_session(session, clock, entered.secret) is None
        assert await actor_of_chat(session, "telegram", "5") is None, "a press in the chat is a stranger's"
    await actions.switch(db, clock, boss, one.account_id, active=True)
    async with db.read() as session:
        assert await actor_of_session(session, clock, entered.secret) is None
    with pytest.raises(AppError, match=r"sign_in\.refused"):
        await accounts.enter_by_link(db, clock, link)
    with pytest.raises(AppError, match=r"invite\.refused"):
        await invites.join(db, clock, "telegram", "6", code)


async def test_two_administrators_do_not_end_one_another(db: Database, clock: SetClock) -> None:
    first, second = [await staff(db, clock, Role.ADMINISTRATOR, None) for _ in range(2)]
    await asyncio.gather(
        actions.switch(db, clock, first, second.account_id, active=False),
        actions.switch(db, clock, second, first.account_id, active=False),
        return_exceptions=True,
    )
    async with db.read() as session:
        assert len(list(await session.scalars(select(Account.id).where(Account.active)))) == 1


async def test_the_last_administrator_stays(db: Database, clock: SetClock) -> None:
    only = await staff(db, clock, Role.ADMINISTRATOR, None)
    with pytest.raises(AppError, match="own_account"):
        await actions.switch(db, clock, only, only.account_id, active=False)
    with pytest.raises(AppError, match="last_administrator"):
        await actions.take_role(db, clock, only, only.account_id, await grant_of(db, only.account_id))
    other = await staff(db, clock, Role.ADMINISTRATOR, None)
    await actions.take_role(db, clock, other, only.account_id, await grant_of(db, only.account_id))


async def test_a_town_keeps_its_hands_off_others(db: Database, clock: SetClock, towns: list[int]) -> None:
    boss = await staff(db, clock, Role.ADMINISTRATOR, towns[0])
    foreign = await staff(db, clock, Role.METHODIST, towns[1])
    above = await staff(db, clock, Role.ADMINISTRATOR, None)
    for account in (foreign.account_id, above.account_id):
        with pytest.raises(NotFound):
            await actions.give_role(db, clock, boss, account, Role.METHODIST, towns[0])
        with pytest.raises(NotFound):
            await actions.switch(db, clock, boss, account, active=False)
        with pytest.raises(NotFound):
            await actions.make_link(db, clock, boss, account)
    for role, town in ((Role.ADMINISTRATOR, None), (Role.METHODIST, towns[1]), (Role.COORDINATOR, towns[0])):
        with pytest.raises(Denied):
            await actions.create(db, clock, boss, "Новый", role, town)
    with pytest.raises(Denied):
        await names(db, boss, towns[1], Search())


async def test_who_also_runs_everything_is_out_of_a_towns_hands(
    db: Database, clock: SetClock, towns: list[int]
) -> None:
    boss = await staff(db, clock, Role.ADMINISTRATOR, towns[0])
    above = await staff(db, clock, Role.ADMINISTRATOR, None)
    both = await staff(db, clock, Role.METHODIST, towns[0])
    await actions.give_role(db, clock, above, both.account_id, Role.ADMINISTRATOR, None)
    entered = await accounts.enter_by_link(db, clock, await accounts.make_sign_in_link(db, clock, both.account_id))
    async with db.read() as session:
        shown = await queries.card(session, clock, boss, both.account_id, towns[0])
        assert not shown.may_switch
    for attempt in (
        actions.switch(db, clock, boss, both.account_id, active=False),
        actions.make_link(db, clock, boss, both.account_id),
        actions.check_invite(db, boss, both.account_id),
        actions.end_session(db, clock, boss, both.account_id, shown.sessions[0].id),
    ):
        with pytest.raises(Denied):
            await attempt
    async with db.read() as session:
        assert await actor_of_session(session, clock, entered.secret) is not None


async def test_accounts_are_found_in_any_spelling(db: Database, clock: SetClock, towns: list[int]) -> None:
    boss = await staff(db, clock, Role.ADMINISTRATOR, towns[0], "Управляющая")
    await staff(db, clock, Role.METHODIST, towns[0], "Проба Ёлкина")
    off = await staff(db, clock, Role.METHODIST, towns[0], "Иная 100%")
    await actions.switch(db, clock, boss, off.account_id, active=False)
    town = towns[0]
    assert await names(db, boss, town, Search("ЕЛКИНА")) == ["Проба Ёлкина"]
    assert await names(db, boss, town, Search("100%")) == ["Иная 100%"]
    assert await names(db, boss, town, Search(role=Role.ADMINISTRATOR)) == ["Управляющая"]
    assert await names(db, boss, town, Search(role=Role.METHODIST, active=True)) == ["Проба Ёлкина"]
    assert await names(db, boss, town, Search(active=False)) == ["Иная 100%"]
    assert await names(db, boss, town, Search("никто")) == []
