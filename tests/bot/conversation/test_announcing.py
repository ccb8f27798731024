"""SPEC §5: a methodist announces from the chat alone, from the first word to the report."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from core.announcements.model import AnnouncementState
from core.audiences import actions as audiences
from core.audiences.model import Audience
from core.clock import SystemClock
from core.people import queries as people
from core.people.model import OrganisationKind
from storage.models import Announcement, Attachment, Municipality, Organisation
from tests.bot.conversation.announcing import (
    BOLD,
    PNG,
    WORDS,
    ZONE,
    begun,
    delivered,
    methodist,
    only,
    quiet,
    sent,
    tick,
    turn,
    written,
)
from tests.bot.conversation.house import House, until


async def test_from_the_first_word_to_the_report(house: House) -> None:
    teacher = (await house.teacher(0)).user
    user = await methodist(house)
    await begun(user)
    number = await user.send(WORDS, entities=BOLD)
    draft = await user.expect("Черновик объявления", after=number)
    assert WORDS in draft.text
    assert "Получат: 2" in draft.text
    await turn(user, "☐ Кнопка «Ознакомлен(а)»", "✓ Кнопка «Ознакомлен(а)»")
    await user.press("📨 Отправить…")
    confirm = await turn(user, "Отправить сейчас", "Проверьте и подтвердите")
    assert "Получат: 2 человека" in confirm.text
    await user.press("✓ Отправить (2)")
    await user.expect("Объявление рассылается. Его получат 2 человека")
    got = await teacher.expect("Приглашаем на <семинар>")
    assert got.entities[0]["type"] == "bold"
    assert {one["type"] for one in got.entities} == {"bold"}
    await user.expect("Рассылается")
    await until(lambda: delivered(house), 2)
    query = await teacher.press("✓ Ознакомлен(а)")
    assert (await teacher.answer(query))["text"] == "Спасибо! Отметили, что вы ознакомились."
    await teacher.wait_for(lambda: "✅ Ознакомлен(а)" in teacher.last.labels)
    await tick(house)
    report = await user.expect("✓ Отправлено")
    assert "Дошло: 2 из 2" in report.text
    assert "Ознакомились: 1" in report.text
    assert (await only(house)).state == AnnouncementState.DONE


async def test_a_photo_for_some_at_a_time_in_words(house: House) -> None:
    async with house.db.write() as session:
        await session.execute(update(Organisation).values(short_name="Лицей <b>"))
    user = await methodist(house)
    await begun(user)
    number = await user.send_file("doska.png", PNG, "image/png", "Набор на курс", as_photo=True)
    draft = await user.expect("Черновик объявления", after=number)
    assert "Набор на курс" in draft.text
    assert "📷 Фото" in draft.text
    await turn(user, "🔗 Ссылка", "куда она ведёт")
    number = await user.send("Программа курса example.org/kurs")
    await user.expect("🔗 Программа курса", after=number)
    await turn(user, "👥 Адресаты", "Получат: 1 из 2")
    await turn(user, "Организации", "Отдельные организации")
    chosen = await turn(user, "☐ Лицей <b>", "Педагоги и руководители: Лицей <b>")
    assert "☑ Лицей <b>" in chosen.labels
    await user.press("← К адресатам")
    await turn(user, "✓ Готово", "Черновик объявления")
    await user.press("📨 Отправить…")
    await turn(user, "Назначить время", "когда отправить")
    number = await user.send("завтра в 15:00")
    confirm = await user.expect("Проверьте и подтвердите", after=number)
    tomorrow = (SystemClock().now().astimezone(ZoneInfo(ZONE)) + timedelta(days=1)).date()
    assert "Уйдёт завтра, в" in confirm.text
    assert ", в 15:00 по местному времени" in confirm.text
    await turn(user, "✓ Назначить", "Объявление назначено")
    row = await only(house)
    assert row.state == AnnouncementState.SCHEDULED
    assert row.send_at == datetime(tomorrow.year, tomorrow.month, tomorrow.day, 15, tzinfo=ZoneInfo(ZONE))
    assert await house.count(Attachment) == 1
    await turn(user, "Не отправлять", "Черновик объявления")
    assert (await only(house)).send_at is None


async def test_it_looks_beforehand_as_it_will_arrive(house: House) -> None:
    teacher = (await house.teacher(0)).user
    user = await methodist(house)
    await begun(user, "📰 Новости")
    number = await user.send_file("plan <b>.pdf", b"%PDF-1.4", "application/pdf", "План на год")
    await user.expect("📎 plan <b>.pdf", after=number)
    await user.press("👁 Показать, как придёт")
    await user.wait_for(lambda: "Черновик объявления" in user.last.text and user.last.message_id > number + 2)
    look = next(one for one in reversed(user.messages) if one.document and one.from_bot)
    assert (look.text, look.labels) == ("План на год", ["🔕 Не присылать такое"])
    assert (await user.answer(await user.press_raw(look, look.buttons[0][0].data or "")))["text"].startswith("Так это")
    await sent(user)
    got = await teacher.expect("План на год")
    assert (got.text, got.labels) == (look.text, look.labels)
    assert got.document is not None
    assert got.document["name"] == "plan <b>.pdf"


async def test_it_pauses_goes_on_and_stops(house: House) -> None:
    await house.teacher(0)
    user = await methodist(house)
    await quiet(house)
    await written(user)
    await user.press("📨 Отправить…")
    confirm = await turn(user, "Отправить сейчас", "Проверьте и подтвердите")
    assert "Сейчас тихие часы. Первые сообщения уйдут" in confirm.text
    await turn(user, "✓ Отправить (2)", "Отправлено 0 из 2")
    await turn(user, "⏸ Пауза", "Приостановлено")
    assert await delivered(house, "held") == 2
    await turn(user, "▶️ Продолжить", "Рассылается")
    assert await delivered(house, "queued") == 2
    await turn(user, "⏹ Остановить", "Продолжить потом нельзя")
    await turn(user, "Нет, оставить", "всё остаётся как было")
    await turn(user, "⏹ Остановить", "Продолжить потом нельзя")
    await turn(user, "Остановить", "Рассылка остановлена")
    await tick(house)
    assert "Не отправлено: 2" in (await user.expect("⏹ Остановлено")).text
    assert (await only(house)).state == AnnouncementState.STOPPED
    assert await delivered(house) == 0


async def test_what_was_sent_is_corrected_and_recalled(house: House) -> None:
    teacher = (await house.teacher(0)).user
    user = await methodist(house)
    await written(user, "Встреча в среду")
    await sent(user)
    await teacher.expect("Встреча в среду")
    await until(lambda: delivered(house), 2)
    await turn(user, "✏️ Исправить", "сразу заменит прежний у всех, кто получил объявление: 2 человека")
    number = await user.send("Встреча в четверг")
    await user.expect("Исправляем в 2 чатах", after=number)
    corrected = await teacher.expect("Встреча в четверг")
    assert corrected.edited
    await turn(user, "↩️ Отозвать", "Отозвать объявление?")
    await turn(user, "Отозвать у всех", "убираем его из чатов")
    await teacher.wait_for(lambda: all("Встреча в четверг" not in one.text for one in teacher.messages))
    await tick(house)
    await turn(user, "Как идёт рассылка", "↩️ Отозвано")
    await turn(user, "← Все объявления", "↩️ Встреча в четверг\nотозвано")


async def test_a_draft_left_overnight_goes_on(house: House) -> None:
    user = await methodist(house)
    await written(user, "Набросок")
    await user.press("Отложить")
    await user.expect("Черновик сохранён")
    await user.press("📣 Объявления")
    await turn(user, "✏️ Набросок", "Черновик объявления")
    await turn(user, "✏️ Текст", "Напишите объявление")
    number = await user.send("Готовый текст")
    assert "Готовый текст" in (await user.expect("Черновик объявления", after=number)).text
    await turn(user, "🗑 Удалить", "Вернуть его будет нельзя")
    await user.press("Удалить черновик")
    await user.expect("Черновик удалён")
    assert await house.count(Announcement) == 0


async def test_an_audience_is_searched_for_saved_ones_are_offered(house: House) -> None:
    user = await methodist(house)
    async with house.db.write() as session:
        town = (await session.scalars(select(Municipality))).one()
        for number in range(10):
            school = Organisation(
                municipality_id=town.id, code=f"x{number}", name=f"Гимназия {number}", short_name=f"Гимназия {number}"
            )
            school.kind = "school"
            session.add(school)
        actor = await people.actor_of_account(session, house.accounts[1])
    schools = Audience(kinds=frozenset({OrganisationKind.SCHOOL}))
    await audiences.save(house.db, SystemClock(), actor, town.id, "Все школы", schools, shared=False)
    await written(user)
    await turn(user, "👥 Адресаты", "Получат: 1 из 2")
    await turn(user, "Организации", "Можно написать часть названия")
    number = await user.send("гимназия 7")
    found = await user.expect("Нашлось: 1.", after=number)
    assert found.labels == ["☐ Гимназия 7", "← К адресатам"]
    chosen = await turn(user, "☐ Гимназия 7", "Таких людей нет.")
    assert "☑ Гимназия 7" in chosen.labels
    await turn(user, "Убрать выбор", "Все педагоги и руководители")
    await turn(user, "⭐ Сохранённые", "Сохранённые адресаты")
    await turn(user, "Все школы", "Педагоги и руководители школ")
    assert Audience.from_json((await only(house)).audience) == schools
    await turn(user, "Снова все", "Все педагоги и руководители")
    assert (await only(house)).audience == {}
