"""Doubled, old, forged and foreign presses and messages around announcements: answered, and nothing is sent twice."""

from sqlalchemy import select, update

from bot.handlers import reshow
from bot.screens.announcing_presses import Op
from core.announcements.chat.pointer import Pointer
from core.announcements.model import Awaits
from core.clock import SystemClock
from core.people import queries as people
from storage.models import Announcement, Chat, Delivery, Grant, Municipality
from tests.bot.conversation.announcing import (
    MENU,
    WORDS,
    appoint,
    begun,
    delivered,
    lowest,
    methodist,
    only,
    pressed,
    sent,
    tick,
    turn,
    written,
)
from tests.bot.conversation.house import House, until
from tests.bot.conversation.reader import Reader

FORGED = (
    "a:1:1:fly",
    "a:1:1",
    "a:99999999999:1:open",
    "a:77:1:open",
    "a:0:0:new:99",
    "a:0:0:begin:99:news",
    "a:1:2:kind:weather",
    "a:1:2:on:99:1:0",
    "a:1:2:on:1:x:0",
    "a:1:2:on",
    "a:1:2:use:9",
    "a:1:2:at",
    "a:1:2:plan:5:x0:0",
    "a:1:2:plan:5:w2:0",
    "a:1:2:plan:5:w0:9999999",
    "a:1:2:start:5:o0:0",
    "a:1:2:start:5",
    "a:1:2:often:5:w0",
    "ann:ack:0",
    "ann:ack:77",
    "ann:reg:1",
)
STALE = "Эта кнопка уже не действует — вот как сейчас."


async def test_two_quick_presses_make_one_draft(house: House) -> None:
    user = await methodist(house)
    await turn(user, "✏️ Новое объявление", "О чём объявление?")
    await pressed(user, "🎓 Курсы", times=2)
    await user.expect("Напишите объявление")
    assert await house.count(Announcement) == 1


async def test_two_quick_presses_send_once(house: House) -> None:
    await house.teacher(0)
    user = await methodist(house)
    await written(user)
    await user.press("📨 Отправить…")
    await turn(user, "Отправить сейчас", "Проверьте и подтвердите")
    assert await pressed(user, "✓ Отправить", times=3) == ["", "", ""]
    await until(lambda: delivered(house), 2)
    assert await house.count(Announcement) == 1
    shown = [one for one in user.messages if one.from_bot and "Объявление рассылается" in one.text]
    assert len(shown) == 1


async def test_a_switch_pressed_twice_is_pressed_once(house: House) -> None:
    user = await methodist(house)
    await written(user)
    assert await pressed(user, "☐ Кнопка «Ознакомлен(а)»", times=2) == ["", STALE]
    await user.expect("✓ Кнопка «Ознакомлен(а)»")
    assert (await only(house)).acknowledge


async def test_two_quick_presses_make_one_copy(house: House) -> None:
    user = await methodist(house)
    await written(user)
    await sent(user)
    report = await user.expect("Рассылается")
    await pressed(user, "🔁 Повторить", report, times=2)
    await user.expect("Это копия")
    assert await house.count(Announcement) == 2


async def test_what_a_colleague_has_changed_is_not_sent_unseen(house: House) -> None:
    await appoint(house, 0)
    first, second = await methodist(house), (await house.teacher(0)).user
    await written(first)
    await first.press("📨 Отправить…")
    confirm = await turn(first, "Отправить сейчас", "Проверьте и подтвердите")
    await second.press(MENU)
    await turn(second, "✏️ Приглашаем", "Черновик объявления")
    await turn(second, "✏️ Текст", "Напишите объявление")
    number = await second.send("Совсем другое")
    await second.expect("Совсем другое", after=number)
    assert await pressed(first, "✓ Отправить", confirm) == [STALE]
    await first.wait_for(lambda: "Совсем другое" in lowest(first).text)
    assert await house.count(Delivery) == 6, "invitations only"


async def test_what_a_colleague_has_sent_takes_no_more_words(house: House) -> None:
    await appoint(house, 0)
    first, second = await methodist(house), (await house.teacher(0)).user
    await written(first)
    await turn(first, "✏️ Текст", "Напишите объявление")
    await second.press(MENU)
    await turn(second, "✏️ Приглашаем", "Черновик объявления")
    await sent(second)
    number = await first.send("Ещё мысль")
    await first.expect("Это объявление уже отправлено", after=number)
    assert (await only(house)).text == "Приглашаем на &lt;семинар&gt; «Речь &amp; игра»."


async def test_a_teacher_cannot_press_what_is_a_methodists(house: House) -> None:
    user = await methodist(house)
    await written(user)
    row, teacher = await only(house), (await house.teacher(0)).user
    for op in Op:
        query = await teacher.press_raw(teacher.last, f"a:{row.id}:{row.revision}:{op}")
        assert (await teacher.answer(query))["text"] == "Эта кнопка уже не действует."
    assert (await only(house)).revision == row.revision
    assert await house.count(Announcement) == 1
    assert all(MENU not in labels for labels in teacher.keyboard)


async def test_forged_presses_change_nothing(house: House) -> None:
    user = await methodist(house)
    draft, before = await written(user), await only(house)
    for data in FORGED:
        answer = await user.answer(await user.press_raw(draft, data))
        assert answer["text"] in ("Эта кнопка уже не действует.", "Этого уже нет или оно не для вас."), data
    after = await only(house)
    assert (after.revision, after.state, after.audience) == (before.revision, "draft", {})


async def test_another_municipality_is_out_of_reach(house: House) -> None:
    async with house.db.write() as session:
        other = Municipality(code="other", name="Другой", timezone="Europe/Moscow", settings={})
        session.add(other)
        await session.flush()
        await session.execute(update(Grant).values(municipality_id=other.id))
    user = (await house.teacher(1)).user
    await user.press(MENU)
    await user.expect("Здесь появятся ваши объявления")
    await written(user)
    async with house.db.write() as session:
        await session.execute(update(Announcement).values(municipality_id=1))
    assert await pressed(user, "☐ Кнопка «Ознакомлен(а)»") == ["Этого уже нет или оно не для вас."]


async def test_words_go_where_the_newer_question_is(house: House) -> None:
    user = await methodist(house)
    reader = Reader(user)
    await reader.open("everything")
    await user.press(MENU)
    await turn(user, "✏️ Новое объявление", "О чём объявление?")
    assert "Анкета подождёт" in (await turn(user, "📰 Новости", "Напишите объявление")).text
    number = await user.send("В субботу выставка")
    await user.expect("В субботу выставка", after=number)
    number = await user.send("И ещё слова")
    await user.expect("Выберите кнопку под ним", after=number)
    question = next(one for one in user.messages if "Далее →" in one.labels)
    answers = await pressed(user, "Далее →", question)
    assert answers == ["Черновик объявления сохранён. Теперь ваши сообщения — ответы на анкету."]
    async with house.looking.read() as session:
        chat = (await session.scalars(select(Chat).where(Chat.address == str(user.user_id)))).one()
    assert chat.announcement_id is None
    assert "субботу" in (await only(house)).text


async def test_what_does_not_fit_is_asked_for_again(house: House) -> None:
    user = await methodist(house)
    await written(user)
    await turn(user, "📎 Вложение", "Пришлите фото или документ")
    number = await user.send("просто слова")
    await user.expect("Пришлите, пожалуйста, фото или документ.", after=number)
    await turn(user, "Отмена", "Черновик объявления")
    await turn(user, "🔗 Ссылка", "куда она ведёт")
    number = await user.send("без адреса")
    await user.expect("Не получилось понять кнопку", after=number)
    number = await user.send("Плохой адрес javascript://a.b")
    await user.expect("Адрес кнопки не похож", after=number)
    await turn(user, "Отмена", "Черновик объявления")
    await user.press("📨 Отправить…")
    await turn(user, "Назначить время", "когда отправить")
    number = await user.send("завтра в 5")
    await user.expect("5 утра или вечера?", after=number)
    number = await user.send("завтра в 5 утра")
    await user.expect("Проверьте и подтвердите", after=number)
    live = [one for one in user.messages if any("Отмена" in label for label in one.labels)]
    assert live == []


async def test_a_press_counts_for_those_who_got_it_and_once(house: House) -> None:
    teacher = (await house.teacher(0)).user
    user = await methodist(house)
    await written(user)
    await turn(user, "☐ Кнопка «Ознакомлен(а)»", "✓ Кнопка")
    await sent(user)
    got = await teacher.expect(WORDS)
    said = "Спасибо! Отметили, что вы ознакомились."
    assert await pressed(teacher, "✓ Ознакомлен(а)", got, times=2) == [said, said]
    await tick(house)
    assert "Ознакомились: 1" in (await user.expect("✓ Отправлено")).text
    await turn(user, "↩️ Отозвать", "Отозвать объявление?")
    await turn(user, "Отозвать у всех", "убираем его из чатов")
    assert await pressed(teacher, "✓ Ознакомлен(а)", got) == ["Это объявление отозвано."]


async def test_the_report_is_shown_once_also_after_a_restart(house: House) -> None:
    await house.teacher(0)
    user = await methodist(house)
    await written(user)
    await sent(user)
    await until(lambda: delivered(house), 2)
    await tick(house)
    report = await user.expect("✓ Отправлено")
    for _ in range(3):
        await tick(house)
    assert [one.edits for one in user.messages if one.message_id == report.message_id] == [report.edits]
    assert len([one for one in user.messages if "✓ Отправлено" in one.text]) == 1


async def test_a_draft_is_shown_again_after_a_crash(house: House) -> None:
    user = await methodist(house)
    await written(user)
    number = user.messages[-1].message_id
    await reshow(str(user.user_id), db=house.db, clock=SystemClock(), transport=house.transport)
    assert WORDS in (await user.expect("Черновик объявления", after=number)).text


async def test_two_drafts_do_not_mix(house: House) -> None:
    """What one methodist types belongs to what is open in that methodist's chat."""
    await appoint(house, 0)
    first, second = await methodist(house), (await house.teacher(0)).user
    await begun(first)
    await second.press(MENU)
    await begun(second, "📰 Новости")
    numbers = await first.send("Первое"), await second.send("Второе")
    await first.expect("Первое", after=numbers[0])
    await second.expect("Второе", after=numbers[1])
    async with house.looking.read() as session:
        rows = (await session.scalars(select(Announcement).order_by(Announcement.id))).all()
    assert [(one.text, one.created_by) for one in rows] == [
        ("Первое", house.accounts[1]),
        ("Второе", house.accounts[0]),
    ]


def test_what_a_chat_remembers_fits_its_column() -> None:
    for at in (Pointer(7), Pointer(7, Awaits.TEXT), Pointer(7, Awaits.LAST_DAY, 10**16, 123_456_789)):
        assert Pointer.read(7, at.written()) == at
    long = Pointer(7, Awaits.ATTACHMENT, message=10**30)
    assert Pointer.read(7, long.written()) == Pointer(7, Awaits.ATTACHMENT)


async def test_an_actor_who_is_no_methodist_any_more_is_not_asked(house: House) -> None:
    user = await methodist(house)
    await begun(user)
    async with house.db.write() as session:
        for grant in await session.scalars(select(Grant)):
            await session.delete(grant)
        actor = await people.actor_of_account(session, house.accounts[1])
    assert not actor.is_staff
    number = await user.send("Слова")
    await user.expect("Я понимаю кнопки", after=number)
    assert (await only(house)).text == ""
