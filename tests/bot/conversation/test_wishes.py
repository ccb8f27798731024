"""«Что присылать»: what a person mutes, in the chat."""

import pytest
from sqlalchemy import select

from bot.screens import wishes
from core.announcements.model import Category
from storage.models import Mute
from tests.bot.conversation.house import House
from tests.bot.conversation.reader import Reader


async def muted(house: House) -> set[tuple[int, str]]:
    async with house.looking.read() as session:
        return {
            (account, category) for account, category in await session.execute(select(Mute.account_id, Mute.category))
        }


async def pressed(reader: Reader, label: str) -> None:
    await reader.user.answer(await reader.user.press(label))


async def test_a_category_is_switched_off_and_on_in_one_message(house: House) -> None:
    reader = await house.teacher()
    await reader.user.press("🔔 Что присылать")
    screen = await reader.user.expect("Отметьте, о чём вам писать")
    assert "За день приходит не больше 3 сообщений" in screen.text
    await pressed(reader, "☑ 🏆 Конкурсы")
    assert await muted(house) == {(house.accounts[0], "contests")}
    await pressed(reader, "☐ 🏆 Конкурсы")
    assert await muted(house) == set()
    await pressed(reader, "☑ 🏆 Конкурсы")
    assert await muted(house) == {(house.accounts[0], "contests")}
    assert reader.user.last.message_id == screen.message_id
    assert [label for label in reader.user.last.labels if "Важное" in label] == []


async def test_one_press_under_an_announcement_mutes_and_one_takes_it_back(house: House) -> None:
    reader = await house.teacher()
    above = reader.user.last
    for _ in range(2):
        await reader.user.answer(await reader.user.press_raw(above, f"{wishes.MUTE}{Category.NEWS}"))
    await reader.user.expect("Больше не присылаем: 📰 Новости")
    assert await muted(house) == {(house.accounts[0], "news")}
    await pressed(reader, "Вернуть")
    await reader.user.expect("Снова присылаем: 📰 Новости")
    assert await muted(house) == set()
    await reader.user.press("Выбрать, что присылать")
    assert "☑ 📰 Новости" in (await reader.user.expect("Отметьте, о чём вам писать")).labels


@pytest.mark.parametrize("data", ["wishes:mute:important", "wishes:off:weather", "wishes:on:", "wishes:back:important"])
async def test_what_no_button_says_changes_nothing(house: House, data: str) -> None:
    reader = await house.teacher()
    await reader.user.answer(await reader.user.press_raw(reader.user.last, data))
    assert await muted(house) == set()
