"""SPEC §5: repeated announcements and quiet hours, from the chat alone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.announcements import actions, queries
from core.announcements.model import AnnouncementState
from core.clock import SystemClock
from core.people import queries as people
from core.timing.repeating import Every, Repeat
from playground.telegram.client import ChatMessage, ChatUser
from tests.bot.conversation.announcing import ZONE, delivered, methodist, only, pressed, quiet, turn, written
from tests.bot.conversation.house import House, until

STALE = "Эта кнопка уже не действует — вот как сейчас."
OFF, ON = "☐ Отправить и в тихие часы", "☑ Отправить и в тихие часы"


async def timed(user: ChatUser, words: str) -> ChatMessage:
    """A draft whose time has been said."""
    await written(user)
    await user.press("📨 Отправить…")
    await turn(user, "Назначить время", "когда отправить")
    number = await user.send(words)
    return await user.expect("Проверьте и подтвердите", after=number)


def local_today() -> date:
    return SystemClock().now().astimezone(ZoneInfo(ZONE)).date()


def plain(message: ChatMessage) -> str:
    return message.text.replace("\u00a0", " ")


async def test_every_week_up_to_a_day_that_is_written(house: House) -> None:
    user = await methodist(house)
    confirm = await timed(user, "завтра в 15:00")
    assert "Уйдёт завтра" in confirm.text
    first = local_today() + timedelta(days=1)
    await turn(user, "🔁 Повторять…", "Как часто отправлять?")
    series = await turn(user, "Каждую неделю", "Будет уходить само")
    assert "каждую неделю, по " in plain(series)
    assert "в 15:00, первый раз" in plain(series)
    assert "без окончания" in series.text
    assert "Получат: 1 человек" in series.text
    last = first + timedelta(days=100)
    number = await user.send(f"до {last:%d.%m.%Y}")
    said = await user.expect("последний — не позже", after=number)
    assert "Без окончания" in said.labels
    await turn(user, "✓ Запустить повтор", "Объявление повторяется")
    row = await only(house)
    assert row.state == AnnouncementState.REPEATING
    assert Repeat.from_json(row.repeat) == Repeat(Every.WEEK, first, time(15), 1, last)
    assert row.send_at == datetime.combine(first, time(15), ZoneInfo(ZONE))
    stopped = await turn(user, "Не отправлять", "Повтор ещё не запущен")
    assert "каждую неделю" in stopped.text
    await user.press("📨 Отправить…")
    again = await turn(user, "🔁 Запустить повтор", "Будет уходить само")
    assert "последний — не позже" in again.text
    await turn(user, "✓ Запустить повтор", "Объявление повторяется")
    assert Repeat.from_json((await only(house)).repeat) == Repeat(Every.WEEK, first, time(15), 1, last)


async def test_two_quick_presses_start_one_series(house: House) -> None:
    user = await methodist(house)
    await timed(user, "завтра в 15:00")
    await turn(user, "🔁 Повторять…", "Как часто отправлять?")
    every_day = await turn(user, "Каждый день", "Будет уходить само")
    assert await pressed(user, "✓ Запустить повтор", every_day, times=2) == ["", ""]
    await user.expect("Объявление повторяется")
    row = await only(house)
    assert (row.state, row.revision) == (AnnouncementState.REPEATING, 3)
    assert await delivered(house, "queued") == 0


async def test_a_confirmation_that_was_overtaken_starts_nothing_else(house: House) -> None:
    user = await methodist(house)
    await timed(user, "завтра в 15:00")
    await turn(user, "🔁 Повторять…", "Как часто отправлять?")
    shown = await turn(user, "Каждый день", "Будет уходить само")
    daily = shown.button("✓ Запустить повтор")
    await turn(user, "🔁 Повторять иначе…", "Как часто отправлять?")
    await turn(user, "Каждые две недели", "раз в")
    await turn(user, "✓ Запустить повтор", "Объявление повторяется")
    assert daily is not None
    query = await user.press_raw(user.last, daily.data or "")
    assert (await user.answer(query))["text"] == STALE
    repeat = Repeat.from_json((await only(house)).repeat)
    assert repeat is not None
    assert (repeat.every, repeat.step) == (Every.WEEK, 2)


async def test_a_month_is_repeated_on_its_31st(house: House) -> None:
    user = await methodist(house)
    year = local_today().year + 1
    await timed(user, f"31 января {year} в 10:00")
    await turn(user, "🔁 Повторять…", "Как часто отправлять?")
    series = await turn(user, "Каждый месяц", "Будет уходить само")
    assert "каждый месяц, 31-го числа, в коротком месяце — в последний день, в 10:00" in plain(series)
    chosen = await turn(user, "До 31 мая", f"не позже 31 мая {year} года")
    assert "До 31 мая" not in chosen.labels
    number = await user.send("до пятницы вечером")
    refused = await user.expect("Не получилось понять день", after=number)
    assert f"не позже 31 мая {year} года" in refused.text
    number = await user.send(f"до 1 января {year}")
    await user.expect("Последний день раньше первого раза", after=number)
    await turn(user, "✓ Запустить повтор", "Объявление повторяется")
    wanted = Repeat(Every.MONTH, date(year, 1, 31), time(10), 1, date(year, 5, 31))
    assert Repeat.from_json((await only(house)).repeat) == wanted


async def test_back_to_once_leaves_no_repetition(house: House) -> None:
    user = await methodist(house)
    await timed(user, "завтра в 15:00")
    await turn(user, "🔁 Повторять…", "Как часто отправлять?")
    await turn(user, "Каждый день", "Будет уходить само")
    await turn(user, "🔁 Повторять иначе…", "Как часто отправлять?")
    await turn(user, "Один раз", "Уйдёт завтра")
    await turn(user, "✓ Назначить", "Объявление назначено")
    row = await only(house)
    assert (row.state, row.repeat) == (AnnouncementState.SCHEDULED, {})


async def test_what_is_urgent_goes_in_quiet_hours_too(house: House) -> None:
    await house.teacher(0)
    user = await methodist(house)
    await quiet(house)
    await written(user)
    await user.press("📨 Отправить…")
    confirm = await turn(user, "Отправить сейчас", "Сейчас тихие часы. Первые сообщения уйдут")
    assert OFF in confirm.labels
    loud = await turn(user, OFF, "Ждать не будем")
    assert "Уйдёт сразу" in loud.text
    assert "первые сообщения ушли бы" in loud.text
    await turn(user, ON, "Сейчас тихие часы. Первые сообщения уйдут")
    await turn(user, OFF, "Ждать не будем")
    assert not (await only(house)).at_once, "nothing is chosen before it is confirmed"
    await user.press("✓ Отправить (2)")
    await until(lambda: delivered(house), 2)
    assert (await only(house)).at_once


async def test_quiet_hours_are_offered_only_where_they_delay(house: House) -> None:
    user = await methodist(house)
    await quiet(house)
    confirm = await timed(user, "через 8 часов")
    assert OFF not in confirm.labels
    number = await user.send("через 2 часа")
    late = await user.expect("В это время тихие часы, поэтому сообщения уйдут", after=number)
    assert OFF in late.labels
    await turn(user, OFF, "Ждать не будем")
    await turn(user, "🔁 Повторять…", "Как часто отправлять?")
    series = await turn(user, "Каждый день", "Будет уходить само")
    assert "Ждать не будем" in series.text
    quieter = await turn(user, ON, "В тихие часы и дни без рассылок сообщения ждут")
    assert "Если это срочно" in quieter.text
    await turn(user, OFF, "Ждать не будем")
    await turn(user, "✓ Запустить повтор", "Объявление повторяется")
    async with house.looking.read() as session:
        actor = await people.actor_of_account(session, house.accounts[1])
        detail = await queries.detail(session, actor, (await only(house)).id)
    assert detail.content.at_once
    assert detail.content.repeat is not None


async def test_a_draft_that_ceased_to_repeat_is_sent_once(house: House) -> None:
    """A repetition made elsewhere does not go along with what is sent once."""
    user = await methodist(house)
    await written(user)
    async with house.looking.read() as session:
        actor = await people.actor_of_account(session, house.accounts[1])
        found = await queries.detail(session, actor, (await only(house)).id)
    over = Repeat(Every.DAY, date(2020, 1, 1), time(9), 1, date(2020, 2, 1))
    content = replace(found.content, repeat=over)
    await actions.change(house.db, SystemClock(), actor, found.row.id, content, revision=found.revision)
    await user.press("📣 Объявления")
    await turn(user, "✏️ Приглашаем", "Повтор ещё не запущен")
    await user.press("📨 Отправить…")
    await turn(user, "🔁 Запустить повтор", "Это повторение уже закончилось")
    await turn(user, "← Назад", "Когда отправить?")
    await turn(user, "Отправить сейчас", "Проверьте и подтвердите")
    await turn(user, "✓ Отправить", "Рассылается")
    assert (await only(house)).repeat == {}
