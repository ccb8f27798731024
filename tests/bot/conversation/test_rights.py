"""One's own data from the chat: the way to the file, taking the consent back, being erased."""

from storage.models import Account, Chat, Consent, Participation, Response, Teacher
from tests.bot.conversation.house import SURNAME, House, until
from tests.bot.conversation.reader import Reader

ABOUT = "🔒 О моих данных"


async def begun(house: House) -> Reader:
    """A teacher who has answered the first question of a named survey and gone on to their data."""
    reader = await house.teacher()
    await reader.open("everything")
    await reader.user.press(ABOUT)
    await reader.user.expect("Согласие вы дали")
    return reader


async def test_the_file_is_not_sent_but_the_way_to_it(house: House) -> None:
    reader = await begun(house)
    await reader.user.press("Что обо мне хранится")
    message = await reader.user.expect("откроется страница")
    (button,) = message.buttons[0]
    assert (button.url or "").startswith("https://cabinet.example/my-data/")
    assert SURNAME not in " ".join(one.text for one in reader.user.messages if one.from_bot)


async def test_taking_the_consent_back(house: House) -> None:
    reader = await begun(house)
    assert await house.count(Response) == 1
    await reader.user.press("Отозвать согласие")
    await reader.user.expect("Отозвать согласие?")
    await reader.user.press("Не отзывать")
    await reader.user.expect("Согласие вы дали")
    assert await house.count(Response) == 1
    await reader.user.press("Отозвать согласие")
    await reader.user.press("Отозвать и выйти")
    await reader.user.expect("Согласие отозвано, ваши ответы стёрты")
    assert reader.user.keyboard == []
    assert await house.count(Response) == 0
    assert await house.chat(reader.user) is None
    number = await reader.user.send("Здравствуйте")
    await reader.user.expect("нужна ссылка-приглашение", after=number)
    assert await house.count(Consent) == 1


async def test_coming_back_asks_for_the_consent_again(house: House) -> None:
    reader = await begun(house)
    await reader.user.press("Отозвать согласие")
    await reader.user.press("Отозвать и выйти")
    await reader.user.expect("Согласие отозвано")
    number = await reader.user.start(await house.invite())
    await reader.user.expect("Согласие на обработку персональных данных", after=number)


async def test_being_erased_is_asked_twice(house: House) -> None:
    reader = await begun(house)
    people = await house.count(Teacher)
    await reader.user.press("Стереть всё обо мне")
    await reader.user.expect("Отменить это нельзя")
    await reader.user.press("Да, стереть")
    message = await reader.user.expect("Последний вопрос")
    assert await house.count(Teacher) == people
    presses = [await reader.user.press_raw(message, "rights:erase:yes") for _ in range(2)]
    for press in presses:
        await reader.user.answer(press)
    await reader.user.expect("Всё, что мы о вас хранили, стёрто")
    assert await house.count(Teacher) == people - 1
    assert await house.count(Response) == 0
    assert house.accounts[0] not in await _accounts(house)


async def _accounts(house: House) -> list[int]:
    from sqlalchemy import select

    async with house.looking.read() as session:
        return list(await session.scalars(select(Account.id)))


async def test_whoever_has_not_agreed_can_be_erased_as_well(house: House) -> None:
    user = await house.newcomer()
    await user.press("Не сейчас")
    await user.press(ABOUT)
    message = await user.expect("Из реестра вашей организации")
    assert "Отозвать согласие" not in message.labels
    await user.press("Стереть всё обо мне")
    await user.press("Да, стереть")
    await user.press("Стереть навсегда")
    await user.expect("стёрто")

    async def chats() -> int:
        return await house.count(Chat)

    await until(chats, 0)
    assert await house.count(Participation) < 6, "the others are still asked"
