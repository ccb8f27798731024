"""Signing in by password is confirmed in the chat: the number on the screen is pressed among others."""

import pytest
from sqlalchemy import select, update

from core.accounts import actions as accounts
from core.accounts.model import AskedInChat, Progress, SignedIn
from core.accounts.queries import actor_of_session, check_view
from core.clock import SystemClock
from core.errors import AppError
from playground.telegram.client import ChatUser
from storage.models import AuditEntry, Chat, Delivery, SignInCheck
from tests.bot.conversation.house import House, until

LOGIN, PASSWORD = "metodist", "верная лошадь скрепка"
METHODIST = 1
"""The second of the house's accounts."""
CLOCK = SystemClock()


async def joined(house: House) -> ChatUser:
    await accounts.set_password(house.db, CLOCK, house.accounts[METHODIST], LOGIN, PASSWORD)
    return (await house.teacher(METHODIST)).user


async def ask(house: House) -> str:
    """The password is given in a browser; its secret."""
    asked = await accounts.enter_by_password(house.db, CLOCK, LOGIN, PASSWORD)
    assert isinstance(asked, AskedInChat), "the password alone opens nothing"
    house.wake()
    return asked.secret


async def number(house: House, secret: str) -> str:
    async with house.looking.read() as session:
        return str((await check_view(session, CLOCK, secret)).number)


async def progress(house: House, secret: str) -> Progress:
    async with house.looking.read() as session:
        return (await check_view(session, CLOCK, secret)).progress


async def test_the_right_number_lets_in_the_browser_that_asked(house: House) -> None:
    user = await joined(house)
    secret = await ask(house)
    message = await user.expect("Вы входите в кабинет?")
    shown = await number(house, secret)
    assert len(message.labels) == 4
    assert shown in message.labels
    await user.press(shown)
    await user.expect("Вход подтверждён")
    entered = await accounts.enter_by_check(house.db, CLOCK, secret)
    assert isinstance(entered, SignedIn)
    async with house.looking.read() as session:
        actor = await actor_of_session(session, CLOCK, entered.secret)
    assert actor is not None
    assert actor.account_id == house.accounts[METHODIST]
    for spent in (secret, "another browser"):
        with pytest.raises(AppError, match=r"sign_in\.check_over"):
            await accounts.enter_by_check(house.db, CLOCK, spent)


async def test_a_wrong_number_refuses(house: House) -> None:
    user = await joined(house)
    secret = await ask(house)
    message = await user.expect("Вы входите в кабинет?")
    shown = await number(house, secret)
    wrong = next(one for one in message.labels if one.isdigit() and one != shown)
    await user.press(wrong)
    await user.expect("Вход не состоялся")
    assert await progress(house, secret) is Progress.REFUSED


async def test_not_me_refuses_and_stands_in_the_audit(house: House) -> None:
    user = await joined(house)
    secret = await ask(house)
    await user.expect("Вы входите в кабинет?")
    await user.press("Это не я")
    await user.expect("кто-то знает ваш пароль")
    assert await progress(house, secret) is Progress.REFUSED
    async with house.looking.read() as session:
        assert await session.scalar(select(AuditEntry.id).where(AuditEntry.action == "sign_in.disowned"))


async def test_an_old_question_a_doubled_and_a_forged_press_are_harmless(house: House) -> None:
    user = await joined(house)
    first = await ask(house)
    old = await user.expect("Вы входите в кабинет?")
    second = await ask(house)
    fresh = await user.expect("Вы входите в кабинет?", after=old.message_id)
    await user.answer(await user.press_raw(old, old.buttons[0][0].data or ""))
    assert await progress(house, first) is Progress.REFUSED, "a new question takes the place of the old one"
    other = (await house.teacher(0)).user
    pressed = fresh.button(await number(house, second))
    assert pressed is not None
    answer = await other.answer(await other.press_raw(other.last, pressed.data or ""))
    assert "не для вас" in answer["text"]
    assert await progress(house, second) is Progress.WAITING
    await user.answer(await user.press_raw(fresh, "signin:999999999999:10"))
    for _ in range(2):
        await user.answer(await user.press_raw(fresh, pressed.data or ""))
    assert await progress(house, second) is Progress.APPROVED


async def test_who_cannot_be_asked_is_sent_to_the_administrator(house: House) -> None:
    await joined(house)
    async with house.db.write() as session:
        await session.execute(
            update(Chat).where(Chat.account_id == house.accounts[METHODIST]).values(unreachable="blocked")
        )
    with pytest.raises(AppError, match=r"sign_in\.chat_unreachable"):
        await accounts.enter_by_password(house.db, CLOCK, LOGIN, PASSWORD)


async def test_a_tired_person_is_not_flooded(house: House) -> None:
    await joined(house)
    for _ in range(5):
        await ask(house)
    with pytest.raises(AppError, match=r"sign_in\.too_many_checks"):
        await ask(house)


async def test_no_secret_is_in_the_message_or_its_row(house: House) -> None:
    user = await joined(house)
    secret = await ask(house)
    message = await user.expect("Вы входите в кабинет?")
    assert secret not in f"{message.text} {[one.data for row in message.buttons for one in row]}"

    async def sent() -> str | None:
        async with house.looking.read() as session:
            return await session.scalar(select(Delivery.state).where(Delivery.kind == "sign_in_check"))

    await until(sent, "sent")
    async with house.looking.read() as session:
        row = await session.scalar(select(Delivery).where(Delivery.kind == "sign_in_check"))
        check = await session.scalar(select(SignInCheck))
    assert row is not None
    assert check is not None
    assert row.params == {}
    assert row.urgent
    assert check.token_hash != secret
