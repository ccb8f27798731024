"""Invite, consent, menu: what a person meets before the first survey."""

from core.surveys.model import SurveyPrivacy
from storage.models import Consent, Response
from tests.bot.conversation.house import House, until
from tests.standin.pictures import png

MENU = [["📋 Анкеты", "🔔 Что присылать"], ["❓ Помощь", "🔒 О моих данных"]]


async def test_from_the_link_through_the_consent_to_the_menu(house: House) -> None:
    user = await house.newcomer()
    document = await user.expect("Согласие на обработку персональных данных")
    assert document.labels == ["Согласиться", "Не сейчас"]
    assert "Редакция 1" in document.text
    assert user.keyboard == []
    assert await house.count(Consent) == 0
    await user.press("Согласиться")
    await user.expect("Вас ждут 3 анкеты")
    assert user.keyboard == MENU
    assert await house.count(Consent) == 1
    kept = next(one for one in user.messages if one.message_id == document.message_id)
    assert "152-ФЗ" in kept.text
    assert kept.labels == []


async def test_without_the_consent_nothing_else_is_offered(house: House) -> None:
    user = await house.newcomer()
    await user.press("Не сейчас")
    await user.expect("торопиться некуда")
    for words in ("📋 Анкеты", "/start", "любые слова"):
        number = await user.send(words)
        await user.expect("Согласие на обработку", after=number)
        assert user.keyboard == []
    for data in (f"surveys:begin:{house.campaigns['deficits']}", "surveys:list", "s:1:1:1:a:1"):
        answer = await user.answer(await user.press_raw(user.last, data))
        assert "Сначала нужно ваше согласие" in answer["text"]
    assert await house.count(Response) == 0
    assert await house.count(Consent) == 0
    await user.press("Согласиться")
    await user.expect("Вы вошли")


async def test_the_put_off_consent_can_be_read_again(house: House) -> None:
    user = await house.newcomer()
    await user.press("Не сейчас")
    await user.press("Прочитать согласие")
    await user.expect("Редакция 1")


async def test_a_second_press_on_the_consent_is_one_consent(house: House) -> None:
    user = await house.newcomer()
    document = await user.expect("Редакция 1")
    presses = [await user.press_raw(document, "consent:give:1") for _ in range(2)]
    for press in presses:
        await user.answer(press)
    assert await house.count(Consent) == 1
    assert len([one for one in user.messages if "Вы вошли" in one.text]) == 1


async def test_codes_that_do_not_work_are_all_answered_alike(house: House) -> None:
    used = await house.invite()
    first = await house.standin.user("Первый")
    await first.start(used)
    await first.expect("Согласие")
    said = set()
    for code in (used, "wrong", "A" * 24):
        stranger = await house.standin.user("Другой")
        number = await stranger.start(code)
        said.add((await stranger.expect("ссылка", after=number)).text)
    assert len(said) == 1


async def test_after_many_wrong_codes_also_the_right_one_waits(house: House) -> None:
    code = await house.invite()
    guesser = await house.standin.user("Подбирающий")
    number = 0
    for attempt in range(10):
        number = await guesser.start(f"wrong-{attempt}")
        await guesser.expect("не подошла", after=number)
    said = set()
    for attempt in ("wrong", code):
        number = await guesser.start(attempt)
        said.add((await guesser.expect("сделаем перерыв", after=number)).text)
    assert len(said) == 1
    assert await house.chat(guesser) is None
    owner = await house.standin.user("Владелец")
    await owner.start(code)
    await owner.expect("Согласие на обработку")


async def test_a_code_in_wrong_hands_is_replaced(house: House) -> None:
    thief = await house.standin.user("Чужой")
    await thief.start(await house.invite())
    await thief.expect("Согласие на обработку")
    stolen = await house.invite()
    owner = await house.standin.user("Владелец")
    await owner.start(await house.invite())
    await owner.expect("Согласие на обработку")
    assert await house.chat(thief) is None
    number = await thief.start(stolen)
    await thief.expect("не подошла", after=number)


async def test_a_stranger_is_told_what_is_needed(house: House) -> None:
    stranger = await house.standin.user("Незнакомый")
    await stranger.start()
    message = await stranger.expect("нужна ссылка-приглашение от вашей организации")
    await stranger.send("📋 Анкеты")
    await stranger.wait_for(lambda: len([one for one in stranger.messages if one.from_bot]) == 2)
    answer = await stranger.answer(await stranger.press_raw(message, "s:1:1:1:a:1"))
    assert "ссылка-приглашение" in answer["text"]


async def test_the_link_welcomes_its_owner_back_and_stays_whole_for_others(house: House) -> None:
    code = await house.invite()
    user = await house.standin.user("Педагог")
    await user.start(code)
    await user.press("Согласиться")
    await user.expect("Вы вошли")
    number = await user.start(code)
    await user.expect("Чем помочь", after=number)
    number = await user.start(await house.invite(1))
    await user.expect("для другого человека", after=number)


async def test_help_and_what_is_stored(house: House) -> None:
    reader = await house.teacher()
    await reader.user.press("❓ Помощь")
    await reader.user.expect("Как всё устроено")
    await reader.user.press("🔒 О моих данных")
    await reader.user.expect("Из реестра вашей организации")
    number = await reader.user.send("Спасибо вам")
    await reader.user.expect("Я понимаю кнопки", after=number)
    number = await reader.user.send_file("кот.png", png(8, 8), "image/png", as_photo=True)
    await reader.user.expect("прочитать не могу", after=number)
    answer = await reader.user.answer(await reader.user.press_raw(reader.lowest, "long:gone:9"))
    assert "уже не действует" in answer["text"]


async def test_staff_get_a_link_into_the_cabinet_and_others_do_not(house: House) -> None:
    reader = await house.teacher(1)
    await reader.user.press("🗂 Кабинет методиста")
    message = await reader.user.expect("Ссылка для входа")
    (button,) = message.buttons[0]
    assert (button.url or "").startswith("https://cabinet.example/enter/")
    other = await house.teacher(0)
    await other.user.send("🗂 Кабинет методиста")
    await other.user.expect("вам недоступно")


async def test_a_person_who_stops_the_bot_is_noted_and_can_return(house: House) -> None:
    reader = await house.teacher()

    async def unreachable() -> str | None:
        chat = await house.chat(reader.user)
        return chat.unreachable if chat else "no chat"

    await reader.user.block()
    await until(unreachable, "blocked")
    await reader.user.unblock()
    await until(unreachable, None)


async def test_the_card_tells_the_privacy_before_the_first_question(house: House) -> None:
    reader = await house.teacher()
    assert house.definitions["burnout"].privacy is SurveyPrivacy.ANONYMOUS
    await reader.card("burnout")
    assert "Анкета анонимная" in reader.screen.text
    assert "Около 4 минут" in reader.screen.text
    await reader.turn("← Все анкеты")
    assert await house.count(Response) == 0
