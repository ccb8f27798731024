"""A methodist in front of the chat, writing announcements."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.jobs import progress
from core.announcements import actions
from core.clock import SystemClock
from core.outgoing.actions import set_rules
from core.outgoing.model import SendingRules
from core.people import queries as people
from core.people.model import Role
from playground.telegram.client import ChatMessage, ChatUser
from storage.models import Account, Announcement, Delivery, Grant
from tests.bot.conversation.house import House

ZONE = "Asia/Irkutsk"
MENU = "📣 Объявления"
WORDS = "Приглашаем на <семинар> «Речь & игра»."
BOLD = [{"type": "bold", "offset": 0, "length": 10}, {"type": "spoiler", "offset": 14, "length": 9}]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


async def methodist(house: House, number: int = 1) -> ChatUser:
    user = (await house.teacher(number)).user
    await user.press(MENU)
    await user.expect("Здесь появятся ваши объявления")
    return user


async def begun(user: ChatUser, category: str = "🎓 Курсы") -> None:
    """At the request for the text."""
    await user.press("✏️ Новое объявление")
    await user.press(category)
    await user.expect("Напишите объявление одним сообщением")


async def written(user: ChatUser, words: str = WORDS) -> ChatMessage:
    await begun(user)
    number = await user.send(words)
    return await user.expect("Черновик объявления", after=number)


async def turn(user: ChatUser, label: str, fragment: str) -> ChatMessage:
    """Presses and waits until that message or a newer one says this."""
    pressed_one = next((one for one in reversed(user.messages) if one.button(label)), lowest(user))
    await user.press(label)
    return await user.expect(fragment, after=pressed_one.message_id - 1)


def lowest(user: ChatUser) -> ChatMessage:
    return next(one for one in reversed(user.messages) if one.labels)


async def only(house: House) -> Announcement:
    async with house.looking.read() as session:
        return (await session.scalars(select(Announcement))).one()


async def tick(house: House) -> None:
    """What the clock does: the end of what is done, and the message in the author's chat."""
    await actions.settle(house.db, SystemClock())
    await progress.job(house.db, SystemClock(), house.transport).run()


async def delivered(house: House, state: str = "sent") -> int:
    async with house.looking.read() as session:
        rows = select(func.count()).where(Delivery.kind == "announcement", Delivery.state == state)
        return await session.scalar(rows) or 0


async def sent(user: ChatUser) -> None:
    """From the draft on the screen to everybody."""
    await user.press("📨 Отправить…")
    await turn(user, "Отправить сейчас", "Проверьте и подтвердите")
    await turn(user, "✓ Отправить", "Рассылается")


async def appoint(house: House, number: int) -> None:
    """One more methodist."""
    async with house.db.write() as session:
        account = await session.get_one(Account, house.accounts[number])
        session.add(Grant(account_id=account.id, role=Role.METHODIST, municipality_id=account.municipality_id))


async def quiet(house: House) -> None:
    """Quiet hours begin; they are over in some hours."""
    now = SystemClock().now().astimezone(ZoneInfo(ZONE))
    async with house.looking.read() as session:
        actor = await people.actor_of_account(session, house.accounts[1])
        town = (await session.get_one(Account, house.accounts[1])).municipality_id
    begin, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=5)).time()
    rules = SendingRules(quiet_from=begin.replace(minute=0), quiet_to=end.replace(minute=0))
    assert town is not None
    await set_rules(house.db, SystemClock(), actor, town, rules)


async def pressed(user: ChatUser, label: str, message: ChatMessage | None = None, times: int = 1) -> list[str]:
    """What the bot answers to presses of a button, also of a message that has changed since."""
    shown = message or lowest(user)
    button = shown.button(label)
    assert button is not None, shown.labels
    queries = [await user.press_raw(shown, button.data or "") for _ in range(times)]
    return [str((await user.answer(query))["text"]) for query in queries]
