"""Numbers, days, ranks, tables and filtered lists in the chat: what is refused, what is changed, what is confirmed."""

import pytest

from tests.bot.conversation.house import House
from tests.bot.conversation.reader import Reader, plainly


async def at_question(house: House, wanted: str) -> Reader:
    """In the survey of everything, at the question with these words, all before it answered."""
    reader = await house.teacher()
    await reader.open("everything")
    while wanted not in reader.screen.text:
        await reader.step(plainly(reader.screen))
    return reader


async def stored(house: House, name: str) -> object:
    return (await house.answers("everything")).get(name)


REFUSED = (
    ("Сколько уходит на подготовку?", "rate", "много", "Нужно число, например 12 или 1,5"),
    ("Сколько уходит на подготовку?", "rate", "61", "От 0 до 60 часов"),
    ("Как настроение?", "mood", "11", "Нужно число от 0 до 10"),
    ("Какая доля времени", "share", "41", "от 0 до 100 с шагом 4"),
    ("С какого дня", "since", "31.02.2026", "Не получилось понять дату"),
    ("С какого дня", "since", "1 января 2999", "ещё не наступил"),
    ("Когда вы встаёте?", "rises", "25:00", "Не получилось понять время"),
    ("Когда была встреча?", "meeting", "вчера", "Не получилось понять дату и время"),
)


@pytest.mark.parametrize(("question", "name", "words", "why"), REFUSED)
async def test_what_does_not_fit_is_explained(house: House, question: str, name: str, words: str, why: str) -> None:
    reader = await at_question(house, question)
    message = await reader.write(words)
    assert why in message.text
    assert question in message.text
    assert await stored(house, name) is None


async def test_a_number_of_a_row_is_pressed_or_typed(house: House) -> None:
    reader = await at_question(house, "Как настроение?")
    await reader.turn("7")
    assert await stored(house, "mood") == "7"
    await reader.turn("← Назад")
    assert "✓ 7" in reader.screen.labels
    await reader.write("3")
    assert await stored(house, "mood") == "3"


async def test_today_is_one_press(house: House) -> None:
    reader = await at_question(house, "С какого дня")
    assert reader.screen.labels[:2] == ["Вчера", "Сегодня"]
    await reader.turn("Сегодня")
    since = await stored(house, "since")
    await reader.turn("← Назад")
    await reader.turn("Вчера")
    assert str(await stored(house, "since")) < str(since)


async def test_a_rank_is_put_together_taken_apart_and_begun_anew(house: House) -> None:
    reader = await at_question(house, "Что важнее?")
    await reader.turn("▫ Время")
    await reader.turn("▫ Тишина")
    assert await stored(house, "order") == "time quiet"
    await reader.turn("1. Время")
    assert await stored(house, "order") == "quiet"
    await reader.turn("Начать заново")
    assert await stored(house, "order") is None
    for choice in ("▫ Компания", "▫ Время", "▫ Тишина"):
        await reader.turn(choice)
    assert "1. Компания\n2. Время\n3. Тишина" in reader.screen.text
    await reader.turn("Далее →")
    assert await stored(house, "order") == "company time quiet"


async def test_an_unfinished_rank_is_asked_for_before_sending(house: House) -> None:
    reader = await at_question(house, "Что важнее?")
    await reader.turn("▫ Время")
    data = str(reader.screen.buttons[0][0].data)
    answer = await reader.user.answer(await reader.user.press_raw(reader.screen, data.rsplit(":", 2)[0] + ":ok"))
    assert "место нужно каждому" in answer["text"]
    await reader.see("⚠️ Расставьте, пожалуйста, все варианты")
    assert "Что важнее?" in reader.screen.text


async def test_two_quick_presses_take_one_place(house: House) -> None:
    reader = await at_question(house, "Что важнее?")
    data = str(reader.screen.buttons[1][0].data)
    for query in [await reader.user.press_raw(reader.screen, data) for _ in range(2)]:
        await reader.user.answer(query)
    await reader.see("Осталось расставить: 2")
    assert await stored(house, "order") == "time"


async def test_a_table_is_answered_in_one_message(house: House) -> None:
    reader = await at_question(house, "Насколько хватает вам всего?")
    first = reader.screen.message_id
    assert "▸ Света\n▫ Книг\u00a0—\n▫ Мела\u00a0—" in reader.screen.text
    await reader.turn("Много")
    assert "✓ Света\u00a0— Много\n▸ Книг\n▫ Мела\u00a0—" in reader.screen.text
    assert "Пропустить →" not in reader.screen.labels
    await reader.turn("Мало")
    await reader.turn("← Назад")
    assert "▸ Книг\u00a0— Мало" in reader.screen.text
    assert reader.screen.message_id == first


async def test_another_place_takes_away_what_is_no_longer_offered(house: House) -> None:
    reader = await at_question(house, "Какая пристань рядом?")
    await reader.turn("Вторая пристань")
    await reader.walk()
    await reader.turn("Следующие →")
    await reader.turn("17")
    assert "Где вы живёте?" in reader.screen.text
    await reader.turn("Правый берег")
    assert "Какая пристань рядом?\n→ без ответа" in reader.screen.text
    await reader.turn("18")
    assert reader.screen.labels[0] == "Третья пристань, Правый берег"


async def test_a_choice_that_is_no_longer_offered_is_refused(house: House) -> None:
    reader = await at_question(house, "Какая пристань рядом?")
    data = str(reader.screen.buttons[0][0].data)
    forged = data.rsplit(":", 1)[0] + ":3"
    answer = await reader.user.answer(await reader.user.press_raw(reader.screen, forged))
    assert "этого варианта здесь уже нет" in answer["text"]
    assert await stored(house, "pier") is None


async def test_where_nothing_is_offered_one_goes_on(house: House) -> None:
    reader = await at_question(house, "Где вы живёте?")
    await reader.turn("Остров")
    assert "выбирать здесь не из чего" in reader.screen.text
    await reader.turn("Далее →")
    await reader.turn("✓ Верно")
    await reader.turn("✓ Верно")
    assert "Пропустить →" not in reader.screen.labels
    await reader.write("Люблю воду")
    assert await stored(house, "why") == "Люблю воду"


async def test_what_is_known_can_be_answered_otherwise(house: House) -> None:
    reader = await at_question(house, "Чем вы заняты?")
    await reader.turn("Работаю в детском саду")
    assert await stored(house, "position") == "preschool"
    assert "Вероятный ответ: 4" in reader.screen.text
    await reader.write("9")
    assert await stored(house, "lessons_next") == "9"


async def test_an_old_confirmation_changes_nothing(house: House) -> None:
    reader = await at_question(house, "Чем вы заняты?")
    old = str(reader.screen.buttons[0][0].data)
    await reader.turn("Работаю в детском саду")
    answer = await reader.user.answer(await reader.user.press_raw(reader.screen, old))
    assert "уже не действует" in answer["text"]
    assert await stored(house, "position") == "preschool"


async def test_words_that_no_choice_has_keep_the_list(house: House) -> None:
    reader = await at_question(house, "Какая река вам ближе?")
    assert "часть названия" in reader.screen.text
    message = await reader.write("Волга")
    assert "со словами «Волга» нет" in message.text
    assert message.labels[0] == "Амга"
    await reader.write("а")
    await reader.turn("Все варианты")
    await reader.turn("▼ Ещё варианты")
    await reader.turn("Лена")
    assert await stored(house, "river") == "r13"
