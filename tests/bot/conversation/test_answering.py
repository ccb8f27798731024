"""A survey from its card to the feedback, driven by the words on the buttons."""

import json

from core.surveys.loading import parse_definition
from core.surveys.model import QuestionType
from storage.models import Answer, Ballot, ScaleResult
from tests.bot.conversation.house import FILES, SURNAME, House, until
from tests.bot.conversation.reader import TITLES, Reader, plainly

ENDS = {"everything": "Личный результат эта анкета не считает", "burnout": "телефон доверия"}


async def at_question(house: House, wanted: str, number: int = 0) -> Reader:
    """Somebody in the survey of everything, at the question with these words."""
    reader = await house.teacher(number)
    await reader.open("everything")
    while wanted not in reader.screen.text:
        await reader.step(_next(reader))
    return reader


def _next(reader: Reader) -> str:
    words = plainly(reader.screen)
    return "12" if words == "4" else words


ANSWERS = {
    "teaches": "yes",
    "hours": "12",
    "help": "some",
    "topics": "t1 t10",
    "word": "Вперёд & <b>вверх</b>",
    "story": "Первое\nВторое",
    "rate": "1.5",
    "mood": "10",
    "share": "40",
    "since": "2026-03-12",
    "rises": "06:30",
    "meeting": "2026-03-12T14:30",
    "order": "company quiet time",
    "light": "low",
    "books": "high",
    "shore": "right",
    "pier": "p3",
    "position": "subject_teacher",
    "lessons_next": "12",
    "why": "Так вышло",
    "river": "r12",
}


async def answer_the_new_kinds(reader: Reader) -> None:
    await reader.write("1,5")
    await reader.turn("10")
    await reader.write("40 %")
    await reader.write("12 марта 2026")
    await reader.write("6.30")
    await reader.write("12.3.26 в 14:30")
    for choice in ("▫ Компания", "▫ Тишина", "▫ Время", "Далее →"):
        await reader.turn(choice)
    here = reader.screen.message_id
    for answer in ("Мало", "Много", "Пропустить →"):
        assert "Насколько хватает вам всего?" in reader.screen.text
        await reader.turn(answer)
    assert reader.screen.message_id == here
    await reader.turn("Правый берег")
    await reader.turn("Третья пристань, Правый берег")
    assert "По нашим данным: Учу в школе" in reader.screen.text
    await reader.turn("✓ Верно")
    await reader.turn("✓ Верно")
    assert "Почему остров «Правый берег»?" in reader.screen.text
    await reader.write("Так вышло")
    await reader.write("кол")
    assert reader.screen.labels[:3] == ["Колва", "Колыма", "Все варианты"]
    await reader.turn("Колыма")


async def test_every_kind_of_question_is_answered_and_stored(house: House) -> None:
    reader = await house.teacher()
    await reader.open("everything")
    assert "Здравствуйте и спасибо" in reader.screen.text
    first = reader.screen.message_id
    await reader.turn("Далее →")
    assert "Вопрос 1 из 21" in reader.screen.text
    await reader.turn("Да")
    assert "Вопрос 2 из 22" in reader.screen.text
    assert "Уроки" in reader.screen.text
    assert reader.screen.message_id == first
    await reader.write("12 часов")
    await reader.turn("Достаточно")
    await reader.turn("☐ Тема третья")
    await reader.turn("▼ Ещё варианты")
    assert "Варианты 9–10 из 10" in reader.screen.text
    await reader.turn("☐ Тема десятая")
    assert "☑ Тема десятая" in reader.screen.labels
    await reader.turn("▲ Предыдущие варианты")
    assert "☑ Тема третья" in reader.screen.labels
    await reader.turn("☑ Тема третья")
    await reader.turn("☐ Тема первая")
    await reader.turn("Далее →")
    await reader.write("Вперёд & <b>вверх</b>")
    await reader.write("Первое\nВторое")
    await answer_the_new_kinds(reader)
    assert "Проверьте ответы" in reader.screen.text
    assert "Вперёд & <b>вверх</b>" in reader.screen.text
    assert await house.answers("everything") == ANSWERS
    assert await house.state("everything") == "begun"
    await reader.turn("Отправить")
    await reader.user.expect("Анкета отправлена. Спасибо!")
    await reader.user.expect("Личный результат эта анкета не считает")
    response = await house.response("everything")
    assert response is not None
    assert (response.state, await house.state("everything")) == ("submitted", "submitted")


async def test_deficits_end_with_a_picture_and_what_comes_next(house: House) -> None:
    reader = await house.teacher()
    await reader.open("deficits")
    await reader.walk(lambda screen: "Да, очень нужна" if "Да, очень нужна" in screen.labels else plainly(screen))
    await reader.turn("Отправить")
    thanks = await reader.user.expect("Их видят методисты")
    assert thanks.labels == []
    picture = await reader.user.expect("Ваш результат")
    assert picture.photo is not None
    words = await reader.user.expect("Для вашего маршрута")
    assert "100 из 100, высокий дефицит" in words.text
    assert words.labels == ["К списку анкет"]
    assert reader.live == []
    assert await house.count(ScaleResult) >= 4


async def test_own_results_are_read_again_from_the_list(house: House) -> None:
    reader = await house.teacher()
    await reader.open("deficits")
    await reader.walk()
    await reader.turn("Отправить")
    first = await reader.user.expect("Ваш результат")
    await reader.user.press("К списку анкет")
    await reader.user.press(TITLES["deficits"])
    await reader.user.press("Мои результаты")
    again = await reader.user.expect("Ваш результат", after=first.message_id)
    assert again.photo is not None


async def test_burnout_with_skips_leaves_nothing_that_leads_back(house: House) -> None:
    reader = await house.teacher()
    await reader.open("burnout")
    skipped = 0
    while "Отправить" not in reader.screen.labels:
        if "Пропустить →" in reader.screen.labels and skipped < 3:
            skipped += 1
            await reader.turn("Пропустить →")
        else:
            await reader.turn(_next(reader))
    assert reader.screen.text.count("без ответа") == 3
    await reader.turn("Отправить")
    await reader.user.expect("восстановить её нельзя")
    picture = await reader.user.expect("не диагноз")
    assert picture.photo is not None
    words = await reader.user.expect("телефон доверия")
    assert "маршрут" not in words.text
    assert await house.response("burnout") is None
    assert (await house.count(Answer), await house.count(Ballot)) == (0, 1)
    assert await house.state("burnout") == "submitted"
    chat = await house.chat(reader.user)
    assert chat is not None
    assert chat.response_id is None


async def test_nothing_that_is_sent_names_the_person(house: House) -> None:
    reader = await house.teacher()
    for code in ("everything", "burnout"):
        await reader.open(code)
        await reader.walk()
        await reader.turn("Отправить")
        await reader.user.expect(ENDS[code])
    sent = json.dumps([call.params for call in house.standin.state.calls], ensure_ascii=False, default=str)
    assert "Анкета отправлена" in sent
    assert SURNAME not in sent


async def test_back_keeps_the_answers(house: House) -> None:
    reader = await at_question(house, "Хватает ли вам помощи?")
    await reader.turn("← Назад")
    assert "Ваш ответ" in reader.screen.text
    assert "12" in reader.screen.text
    await reader.turn("← Назад")
    assert "✓ Да" in reader.screen.labels
    await reader.turn("Далее →")
    await reader.turn("Далее →")
    assert "Хватает ли вам помощи?" in reader.screen.text
    assert await house.answers("everything") == {"teaches": "yes", "hours": "12"}


async def test_an_answer_can_be_taken_back(house: House) -> None:
    reader = await at_question(house, "Какие темы вам близки?")
    assert (await house.answers("everything"))["help"] == "low"
    await reader.turn("← Назад")
    await reader.turn("Убрать ответ")
    assert "help" not in await house.answers("everything")


async def test_an_answer_is_changed_from_the_summary(house: House) -> None:
    reader = await at_question(house, "Проверьте ответы")
    await reader.turn("3")
    assert "✓ Мало" in reader.screen.labels
    await reader.turn("Много")
    assert "→ Много" in reader.screen.text
    await reader.turn("3")
    await reader.turn("← К проверке")
    await reader.turn("2")
    await reader.write("20")
    assert "→ 20" in reader.screen.text
    assert (await house.answers("everything"))["hours"] == "20"


async def test_a_change_can_take_questions_away_and_bring_them_back(house: House) -> None:
    reader = await at_question(house, "Проверьте ответы")
    await reader.turn("1")
    await reader.turn("Нет")
    assert "Сколько часов" not in reader.screen.text
    await reader.turn("Отправить")
    await reader.user.expect("Анкета отправлена")
    assert "hours" not in await house.answers("everything")


async def test_what_is_missing_is_asked_for_before_sending(house: House) -> None:
    reader = await house.teacher()
    await reader.open("everything")
    await reader.turn("Далее →")
    await reader.turn("Нет")
    await reader.walk()
    await reader.turn("1")
    await reader.turn("Да")
    assert "нужен ответ" in reader.screen.text
    assert "Отправить" not in reader.screen.labels
    await reader.turn("К вопросу 2 →")
    await reader.write("7")
    assert "Отправить" in reader.screen.labels


async def test_pause_and_go_on_from_the_list(house: House) -> None:
    reader = await at_question(house, "Сколько часов в неделю?")
    await reader.turn("Продолжить позже")
    assert "Ответы сохранены" in reader.screen.text
    number = await reader.user.send("15")
    await reader.user.expect("Я понимаю кнопки", after=number)
    assert "hours" not in await house.answers("everything")
    card = await reader.card("everything")
    assert "на вопросе 2 из 22" in card.text
    await reader.turn("Продолжить")
    assert "Сколько часов в неделю?" in reader.screen.text
    assert len(reader.live) == 1
    await reader.write("15")
    assert (await house.answers("everything"))["hours"] == "15"


async def test_going_on_elsewhere_leaves_one_live_keyboard(house: House) -> None:
    """A second device shows the same chat; there the survey is opened from the list again."""
    reader = await at_question(house, "Хватает ли вам помощи?")
    left = reader.screen
    await reader.open("everything")
    assert reader.screen.message_id > left.message_id
    await reader.user.wait_for(lambda: len(reader.live) == 1)
    answer = await reader.user.answer(await reader.user.press_raw(left, left.buttons[0][0].data or ""))
    assert "ниже" in answer["text"]
    assert "help" not in await house.answers("everything")


async def test_two_surveys_at_once_do_not_mix_typed_words(house: House) -> None:
    reader = await at_question(house, "Сколько часов в неделю?")
    await reader.open("burnout")
    number = await reader.user.send("15")
    message = await reader.user.expect("Здесь отвечают кнопками", after=number)
    assert "Как вы на работе" in message.text
    assert "hours" not in await house.answers("everything")


BAD_NUMBERS = (
    ("сорок", "Нужно целое число"),
    ("1,5", "без дробной части"),
    ("41", "От 1 до 40 часов"),
    ("9" * 18, "Нужно число от"),
)


async def test_bad_numbers_are_explained_above_the_same_question(house: House) -> None:
    reader = await at_question(house, "Сколько часов в неделю?")
    for words, why in BAD_NUMBERS:
        message = await reader.write(words)
        assert why in message.text
        assert "Сколько часов в неделю?" in message.text
        assert "hours" not in await house.answers("everything")
    await reader.write("12")
    assert (await house.answers("everything"))["hours"] == "12"


async def test_words_where_buttons_answer_are_told_so(house: House) -> None:
    reader = await at_question(house, "Хватает ли вам помощи?")
    message = await reader.write("Хватает")
    assert "Здесь отвечают кнопками" in message.text
    assert "Хватает ли вам помощи?" in message.text
    await reader.turn("Много")
    assert (await house.answers("everything"))["help"] == "high"


async def test_too_many_marks_are_explained_in_the_message(house: House) -> None:
    reader = await at_question(house, "Какие темы вам близки?")
    answer = await reader.user.answer(await reader.user.press("Далее →"))
    assert "нужен ответ" in answer["text"]
    await reader.see("⚠️ На этот вопрос нужен ответ")
    for topic in ("первая", "вторая", "третья", "четвёртая"):
        await reader.turn(f"☐ Тема {topic}")
    await reader.turn("Далее →")
    assert "Не больше трёх тем" in reader.screen.text
    await reader.turn("☑ Тема вторая")
    await reader.turn("Далее →")
    assert (await house.answers("everything"))["topics"] == "t1 t3 t4"


async def test_the_menu_stays_within_reach_of_a_typed_question(house: House) -> None:
    reader = await at_question(house, "Ваш девиз?")
    await reader.user.press("❓ Помощь")
    await reader.user.expect("Как всё устроено")
    assert "word" not in await house.answers("everything")
    await reader.write("Вперёд")
    assert (await house.answers("everything"))["word"] == "Вперёд"


def test_the_survey_of_everything_has_every_kind() -> None:
    definition = parse_definition(FILES["everything"].read_text(encoding="utf-8"), "everything.yaml")
    assert {one.type for one in definition.questions} == set(QuestionType) - {QuestionType.CALCULATE}


async def test_a_submitted_survey_stays_submitted(house: House) -> None:
    reader = await at_question(house, "Проверьте ответы")
    summary = reader.screen
    await reader.turn("Отправить")
    await reader.user.expect("Личный результат эта анкета не считает")
    for data in (summary.button("Отправить"), summary.button("1")):
        assert data is not None
        answer = await reader.user.answer(await reader.user.press_raw(summary, data.data or ""))
        assert "уже отправлена" in answer["text"]

    async def state() -> str | None:
        return await house.state("everything")

    await until(state, "submitted")
    answer = await reader.user.answer(
        await reader.user.press_raw(summary, f"surveys:begin:{house.campaigns['everything']}")
    )
    assert "уже отправлена" in answer["text"]
