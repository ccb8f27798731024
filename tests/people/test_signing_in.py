"""Links, passwords, sessions; and how far somebody's rights reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.accounts import actions as accounts
from core.errors import AppError, Denied
from core.people import queries, rules
from core.people.model import Role
from core.people.rules import GrantView, YoungTeacherRule
from storage.models import Account, WebSession
from storage.session import Database
from tests.clocks import SetClock

PASSWORD = "длинный пароль"


async def staff(db: Database, clock: SetClock) -> int:
    return await accounts.create_staff(db, clock, "Проба", Role.ADMINISTRATOR, None, login="admin", password=PASSWORD)


async def test_a_link_opens_once_and_soon(db: Database, clock: SetClock) -> None:
    account = await staff(db, clock)
    link = await accounts.make_sign_in_link(db, clock, account)
    token = await accounts.enter_by_link(db, clock, link)
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
    tokens = [await accounts.enter_by_password(db, clock, "admin", PASSWORD) for _ in range(2)]

    async def signed_in(token: str) -> bool:
        async with db.read() as session:
            return await queries.actor_of_session(session, clock, token) is not None

    await accounts.leave(db, tokens[0])
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


def test_grants_add_up_to_rights() -> None:
    actor = rules.actor(
        1,
        5,
        2,
        [
            GrantView(Role.METHODIST, 2, None, None),
            GrantView(Role.COORDINATOR, 2, 30, None),
            GrantView(Role.LEADER, 2, None, 7),
        ],
    )
    assert actor.manages(2)
    assert not actor.manages(3)
    assert (actor.organisations, actor.associations, actor.everywhere) == (frozenset({30}), frozenset({7}), False)
    assert Role.TEACHER in actor.roles


def test_a_methodist_of_nowhere_manages_nothing() -> None:
    actor = rules.actor(1, None, None, [GrantView(Role.METHODIST, None, None, None)])
    assert not actor.everywhere
    assert not actor.manages(1)


@given(st.integers(1940, 2030), st.none() | st.integers(1940, 2030))
def test_everybody_has_one_band_of_experience(year: int, first: int | None) -> None:
    band = rules.experience(first, year)
    assert (band == "unknown") == (first is None)


@pytest.mark.parametrize(
    ("birth", "first", "both", "either"),
    [
        (1992, 2024, True, True),
        (1991, 2024, False, True),  # 35 already
        (1992, 2022, False, True),  # in the fourth year
        (1980, 2010, False, False),
        (None, 2024, False, True),
        (1992, None, False, True),
    ],
)
def test_who_is_a_young_teacher_in_2026(birth: int | None, first: int | None, both: bool, either: bool) -> None:
    assert rules.is_young(birth, first, 2026, YoungTeacherRule()) is both
    assert rules.is_young(birth, first, 2026, YoungTeacherRule(both=False)) is either
