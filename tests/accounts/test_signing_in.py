"""Links, passwords, sessions."""

import pytest
from sqlalchemy import select

from core.accounts import actions as accounts
from core.accounts import queries
from core.accounts.model import SignedIn
from core.errors import AppError, Denied
from core.people.model import Role
from storage.models import Account, WebSession
from storage.session import Database
from tests.clocks import SetClock

PASSWORD = "длинный пароль"


async def staff(db: Database, clock: SetClock) -> int:
    return await accounts.create_staff(db, clock, "Проба", Role.ADMINISTRATOR, None, login="admin", password=PASSWORD)


async def enter(db: Database, clock: SetClock) -> str:
    entered = await accounts.enter_by_password(db, clock, "admin", PASSWORD)
    assert isinstance(entered, SignedIn)
    return entered.secret


async def test_a_link_opens_once_and_soon(db: Database, clock: SetClock) -> None:
    account = await staff(db, clock)
    link = await accounts.make_sign_in_link(db, clock, account)
    token = (await accounts.enter_by_link(db, clock, link)).secret
    async with db.read() as session:
        actor = await queries.actor_of_session(session, clock, token)
        assert actor is not None
        assert (actor.account_id, actor.everywhere) == (account, True)
        assert [row.token_hash for row in await session.scalars(select(WebSession))] != [token]
    late = await accounts.make_sign_in_link(db, clock, account)
    clock.advance(minutes=16)
    for refused in (link, late, "guessed"):
        with pytest.raises(AppError, match=r"sign_in\.refused"):
            await accounts.enter_by_link(db, clock, refused)


async def test_password_and_login_must_both_be_right(db: Database, clock: SetClock) -> None:
    await staff(db, clock)
    assert await accounts.enter_by_password(db, clock, "admin", PASSWORD)
    for login, password in (("admin", "другой пароль"), ("nobody", PASSWORD), ("nobody", "nobody has this password")):
        with pytest.raises(AppError, match=r"sign_in\.refused"):
            await accounts.enter_by_password(db, clock, login, password)
    with pytest.raises(AppError, match=r"password\.short"):
        await accounts.set_password(db, clock, 1, "admin", "короткий"[:9])


async def test_a_session_ends_by_time_by_leaving_and_with_the_account(db: Database, clock: SetClock) -> None:
    account = await staff(db, clock)
    tokens = [await enter(db, clock) for _ in range(2)]

    async def signed_in(token: str) -> bool:
        async with db.read() as session:
            return await queries.actor_of_session(session, clock, token) is not None

    await accounts.leave(db, clock, tokens[0])
    assert [await signed_in(token) for token in tokens] == [False, True]
    async with db.write() as session:
        (await session.get_one(Account, account)).active = False
    assert not await signed_in(tokens[1])
    async with db.write() as session:
        (await session.get_one(Account, account)).active = True
    assert await signed_in(tokens[1])
    clock.advance(days=15)
    assert not await signed_in(tokens[1])


async def test_a_teacher_gets_no_link_to_the_admin(db: Database, clock: SetClock) -> None:
    async with db.write() as session:
        account = Account(name="Проба", created_at=clock.now())
        session.add(account)
        await session.flush()
    with pytest.raises(Denied):
        await accounts.make_sign_in_link(db, clock, account.id)
