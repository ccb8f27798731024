"""The daily limit and its digest in the chat (SPEC §5)."""

from collections import Counter
from dataclasses import replace

from sqlalchemy import select, update

from bot.screens import digests
from bot.texts import plain
from core.announcements import actions as announcements
from core.announcements.model import ANNOUNCEMENT, Category, Content
from core.clock import SystemClock
from core.outgoing.actions import set_rules
from core.outgoing.model import AT_ANY_HOUR, DIGEST
from core.people import queries as people
from core.people.model import Actor
from storage.models import AnnouncementPress, Delivery
from tests.bot.conversation.house import House, until
from tests.bot.conversation.reader import Reader


async def methodist(house: House) -> Actor:
    async with house.db.read() as session:
        return await people.actor_of_account(session, house.accounts[1])


async def announce(house: House, *texts: str) -> list[int]:
    """Published one after another; at most one message a day goes to each person."""
    clock, actor = SystemClock(), await methodist(house)
    assert actor.municipality_id is not None
    await set_rules(house.db, clock, actor, actor.municipality_id, replace(AT_ANY_HOUR, daily_limit=1))
    ids = []
    for words in texts:
        content = Content(Category.NEWS, words)
        made = await announcements.create(house.db, clock, actor, actor.municipality_id, content)
        await announcements.publish(house.db, clock, actor, made, revision=1)
        ids.append(made)
    house.wake()
    return ids


async def states(house: House, account: int) -> dict[str, int]:
    async with house.looking.read() as session:
        rows = select(Delivery.state).where(Delivery.kind == ANNOUNCEMENT, Delivery.account_id == account)
        return dict(Counter(await session.scalars(rows)))


async def digest_time(house: House) -> None:
    """The hour of the digest has come."""
    async with house.db.write() as session:
        await session.execute(update(Delivery).where(Delivery.kind == DIGEST).values(not_before=SystemClock().now()))
    house.wake()


async def gathered(house: House, reader: Reader, *texts: str) -> list[int]:
    """The first one has come, the others are in the digest, whose time has come."""
    ids = await announce(house, *texts)
    account = house.accounts[0]
    await until(lambda: states(house, account), {"sent": 1, "merged": len(texts) - 1})
    await reader.user.expect(texts[0])
    await digest_time(house)
    return ids


async def test_what_is_over_the_limit_comes_as_one_message_and_is_opened_by_a_button(house: House) -> None:
    reader = await house.teacher()
    ids = await gathered(house, reader, "Первая новость", "<b>Вторая</b> новость\nПодробно о второй", "Третья новость")
    digest = await reader.user.expect("Подборка за день")
    assert "1. Вторая новость" in digest.text
    assert "Подробно" not in digest.text
    assert digest.labels == ["1. Вторая новость", "2. Третья новость"]
    await reader.user.press("1. Вторая новость")
    shown = await reader.user.expect("Подробно о второй")
    assert shown.message_id > digest.message_id

    async def opened() -> list[tuple[int, int, str]]:
        async with house.looking.read() as session:
            rows = select(AnnouncementPress.announcement_id, AnnouncementPress.account_id, AnnouncementPress.button)
            return [(*row,) for row in await session.execute(rows)]

    await until(opened, [(ids[1], house.accounts[0], "opened")])

    async def known() -> int | None:
        async with house.looking.read() as session:
            rows = select(Delivery.message_id).where(Delivery.subject == ids[1], Delivery.state == "merged")
            return await session.scalar(rows)

    await until(known, shown.message_id)


async def test_a_single_message_goes_by_itself(house: House) -> None:
    reader = await house.teacher()
    await gathered(house, reader, "Первая новость", "Вторая новость")
    await reader.user.expect("Вторая новость")
    await until(lambda: states(house, house.accounts[0]), {"sent": 2})
    assert not [one for one in reader.user.messages if "Подборка" in one.text]


async def test_long_digests_are_turned_over(house: House) -> None:
    reader = await house.teacher()
    await gathered(house, reader, *(f"Новость номер {number}." for number in range(11)))
    digest = await reader.user.expect("1. Новость номер 1.")
    assert digest.labels[-1] == "Дальше →"
    assert len(digest.labels) == digests.ON_A_PAGE + 1
    await reader.user.press("Дальше →")
    turned = await reader.user.expect("10. Новость номер 10.")
    assert turned.message_id == digest.message_id
    assert turned.labels == ["9. Новость номер 9.", "10. Новость номер 10.", "← Назад"]
    await reader.user.press("← Назад")
    await reader.user.expect("8. Новость номер 8.")


async def test_what_was_recalled_since_is_not_shown_any_more(house: House) -> None:
    reader = await house.teacher()
    ids = await gathered(house, reader, "Первая новость", "Вторая новость", "Третья новость")
    await reader.user.expect("Подборка за день")
    await announcements.recall(house.db, SystemClock(), await methodist(house), ids[1])
    await reader.user.press("1. Вторая новость")
    await reader.user.expect("Этого сообщения уже нет")


async def test_foreign_and_forged_lines_are_refused(house: House) -> None:
    reader, other = await house.teacher(), await house.teacher(1)
    await gathered(house, reader, "Первая новость", "Вторая новость", "Третья новость")
    digest = await reader.user.expect("Подборка за день")
    data = digest.button(digest.labels[0])
    assert data is not None
    for forged in (data.data or "", "digest:show:0", "digest:show:99999999999", "digest:page:1:1", "digest:page:"):
        answer = await other.user.answer(await other.user.press_raw(other.user.last, forged))
        assert answer["text"] == plain("not_found"), forged
