"""The second factor, and guessing strangers, on both databases."""

import pytest
from sqlalchemy import select, update

from core.accounts import actions, passwords, queries
from core.accounts.model import CHECKS_AN_HOUR, AskedInChat, Progress, SignedIn
from core.errors import AppError, NotFound
from core.people.model import Actor, Role
from core.people.queries import actor_of_account
from storage.models import Account, Chat, SignInCheck, WebSession
from storage.session import Database
from tests.clocks import SetClock

PASSWORD = "верная-лошадь-скрепка"


@pytest.fixture
async def account(db: Database, clock: SetClock) -> int:
    return await actions.create_staff(db, clock, "Проба", Role.ADMINISTRATOR, None, login="admin", password=PASSWORD)


async def link_chat(db: Database, account: int, unreachable: str | None = None) -> None:
    async with db.write() as session:
        session.add(Chat(account_id=account, channel="telegram", address="77", unreachable=unreachable))


async def enter(db: Database, clock: SetClock, **more: object) -> SignedIn | AskedInChat:
    return await actions.enter_by_password(db, clock, "Admin", PASSWORD, **more)  # type: ignore[arg-type]


async def ask(db: Database, clock: SetClock) -> tuple[str, SignInCheck]:
    asked = await enter(db, clock)
    assert isinstance(asked, AskedInChat)
    async with db.read() as session:
        check = (await session.scalars(select(SignInCheck).order_by(SignInCheck.id.desc()).limit(1))).one()
    return asked.secret, check


async def actor_of(db: Database, account: int) -> Actor:
    async with db.read() as session:
        return await actor_of_account(session, account)


async def progress(db: Database, clock: SetClock, secret: str) -> Progress:
    async with db.read() as session:
        return (await queries.check_view(session, clock, secret)).progress


async def test_the_right_number_lets_in_once(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account)
    secret, check = await ask(db, clock)
    with pytest.raises(AppError, match="check_waiting"):
        await actions.enter_by_check(db, clock, secret)
    actor = await actor_of(db, account)
    assert await actions.answer_check(db, clock, actor, check.id, check.number)
    assert await actions.answer_check(db, clock, actor, check.id, check.number), "a doubled press"
    assert await progress(db, clock, secret) is Progress.APPROVED
    assert (await actions.enter_by_check(db, clock, secret)).secret
    with pytest.raises(AppError, match="check_over"):
        await actions.enter_by_check(db, clock, secret)


async def test_a_new_question_ends_the_one_before(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account)
    first, check = await ask(db, clock)
    second, _ = await ask(db, clock)
    assert await progress(db, clock, first) is Progress.REFUSED
    assert await progress(db, clock, second) is Progress.WAITING
    with pytest.raises(AppError, match="check_over"):
        await actions.answer_check(db, clock, await actor_of(db, account), check.id, check.number)


async def test_an_approval_is_worth_nothing_after_its_time(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account)
    secret, check = await ask(db, clock)
    await actions.answer_check(db, clock, await actor_of(db, account), check.id, check.number)
    clock.advance(minutes=5)
    with pytest.raises(AppError, match="check_over"):
        await actions.enter_by_check(db, clock, secret)
    assert await progress(db, clock, "guessed") is Progress.OVER


async def test_nobody_answers_for_somebody_else(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account)
    _, check = await ask(db, clock)
    other = await actions.create_staff(db, clock, "Другой", Role.ADMINISTRATOR, None)
    with pytest.raises(NotFound):
        await actions.answer_check(db, clock, await actor_of(db, other), check.id, check.number)


async def test_unanswered_questions_come_to_an_end_for_an_hour(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account)
    for _ in range(CHECKS_AN_HOUR):
        await ask(db, clock)
    with pytest.raises(AppError, match="too_many_checks"):
        await enter(db, clock)
    link = await actions.make_sign_in_link(db, clock, account)
    assert (await actions.enter_by_link(db, clock, link)).secret, "the link works always"
    clock.advance(minutes=61)
    assert isinstance(await enter(db, clock), AskedInChat)


async def test_a_chat_that_hears_nothing_does_not_open_the_door(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account, "blocked")
    with pytest.raises(AppError, match="chat_unreachable"):
        await enter(db, clock)
    await actions.set_second_factor(db, clock, await actor_of(db, account), PASSWORD, on=False)
    assert isinstance(await enter(db, clock), SignedIn)


async def test_a_new_password_ends_what_waits(db: Database, clock: SetClock, account: int) -> None:
    await link_chat(db, account)
    secret, check = await ask(db, clock)
    actor = await actor_of(db, account)
    await actions.answer_check(db, clock, actor, check.id, check.number)
    link = await actions.make_sign_in_link(db, clock, account)
    await actions.set_own_password(db, clock, actor, "admin", "другая фраза с утра", old=PASSWORD, agent="")
    with pytest.raises(AppError, match="check_refused"):
        await actions.enter_by_check(db, clock, secret)
    with pytest.raises(AppError, match=r"sign_in\.refused"):
        await actions.enter_by_link(db, clock, link)


async def test_under_attack_the_password_alone_is_not_enough(db: Database, clock: SetClock, account: int) -> None:
    before = await enter(db, clock)
    assert isinstance(before, SignedIn)
    assert before.mark
    for password, mark in ((PASSWORD, ""), (PASSWORD, "forged"), ("мимо", before.mark)):
        with pytest.raises(AppError, match="too_many"):
            await actions.enter_by_password(db, clock, "admin", password, mark=mark, wary=True)
    assert isinstance(await enter(db, clock, mark=before.mark, wary=True), SignedIn)
    await link_chat(db, account)
    assert isinstance(await enter(db, clock, wary=True), AskedInChat)


@pytest.mark.parametrize("known", [True, False])
async def test_an_unknown_login_takes_the_same_work(
    db: Database, clock: SetClock, account: int, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    verify = passwords._passwords.verify

    def counted(password: str, stored: str) -> bool:
        verified.append(stored)
        return verify(password, stored)

    monkeypatch.setattr(passwords._passwords, "verify", counted)
    with pytest.raises(AppError, match=r"sign_in\.refused"):
        await actions.enter_by_password(db, clock, "admin" if known else "nobody", "мимо")
    (stored,) = verified
    assert stored.startswith("$argon2")


async def test_the_last_use_is_noted_once_in_a_while(db: Database, clock: SetClock, account: int) -> None:
    entered = await enter(db, clock)

    async def seen(minutes: int) -> object:
        clock.advance(minutes=minutes)
        async with db.read() as session:
            here = await queries.open_session(session, clock, entered.secret)
        assert here is not None
        await actions.note_seen(db, clock, here)
        async with db.read() as session:
            return clock.now() - (await session.scalars(select(WebSession.seen_at))).one()

    assert str(await seen(4)) == "0:04:00"
    assert str(await seen(1)) == "0:00:00"
    clock.advance(days=3)
    async with db.read() as session:
        assert await queries.open_session(session, clock, entered.secret) is None


async def test_one_ends_only_own_sessions(db: Database, clock: SetClock, account: int) -> None:
    own, elsewhere = await enter(db, clock), await enter(db, clock, agent="Firefox")
    other = await actions.create_staff(db, clock, "Другой", Role.ADMINISTRATOR, None)
    async with db.read() as session:
        rows = await queries.sessions_of(session, clock, account, own.secret)
    assert [(one.agent, one.current) for one in rows] == [("Firefox", False), ("", True)]
    with pytest.raises(NotFound):
        await actions.leave_one(db, clock, await actor_of(db, other), rows[0].id)
    await actions.leave_others(db, clock, await actor_of(db, account), own.secret)
    async with db.read() as session:
        assert await queries.open_session(session, clock, elsewhere.secret) is None
        assert await queries.open_session(session, clock, own.secret) is not None


async def test_a_login_belongs_to_one(db: Database, clock: SetClock, account: int) -> None:
    other = await actions.create_staff(db, clock, "Другой", Role.ADMINISTRATOR, None)
    with pytest.raises(AppError, match=r"login\.taken"):
        await actions.set_password(db, clock, other, "ADMIN", "другая фраза с утра")
    async with db.write() as session:
        await session.execute(update(Account).where(Account.id == account).values(active=False))
    with pytest.raises(AppError, match=r"sign_in\.refused"):
        await enter(db, clock)
