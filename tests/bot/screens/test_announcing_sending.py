"""The last look before an announcement goes out: once, in quiet hours, again and again."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens import announcing_sending, announcing_series
from bot.screens.announcing_draft import draft
from bot.screens.announcing_plans import OFFERED, How, Plan, ends_after, kept, minute_of, read, unpacked
from bot.screens.announcing_presses import Op, Press, parse
from bot.screens.announcing_sending import Delay
from core.announcements.model import AnnouncementState
from core.errors import NotFound
from core.timing.repeating import Every, Repeat
from tests.bot.screens.checks import check, labels, words
from tests.bot.screens.test_announcement_screens import LARGE, LONG, NOW, ZONE, composed

LATER = NOW + timedelta(days=2)
DELAY = Delay(LATER, LATER + timedelta(hours=8), all_day=False)
OFF, ON = "☐ Отправить и в тихие часы", "☑ Отправить и в тихие часы"
PLANS = st.builds(
    Plan,
    st.integers(1, minute_of(datetime(2199, 12, 31, tzinfo=ZoneInfo("UTC")))),
    st.sampled_from(How),
    st.booleans(),
    st.none() | st.dates(),
)


def test_the_last_look_says_who_does_not_get_it_and_how_long_it_takes() -> None:
    now = words(check(announcing_sending.confirm_now(composed(), at_once=False, delay=None)))
    assert "Получат: 480 человек" in now
    assert "Ещё не вошли в бот и не получат: 100" in now
    assert "Отключили рубрику и не получат: 20" in now
    assert "на всех — около 16 секунд" in now
    assert "Щукина" not in now, "no surname out of the registry in words of the bot's own (SPEC §3)"


@pytest.mark.parametrize(("at_once", "said", "switch"), [(False, "Сейчас тихие часы", OFF), (True, "Уйдёт сразу", ON)])
def test_quiet_hours_are_asked_about(at_once: bool, said: str, switch: str) -> None:
    shown = check(announcing_sending.confirm_now(composed(), at_once, DELAY))
    assert said in words(shown)
    assert "послезавтра, в пятницу, 27 ноября, в 22:30" in words(shown), "both ways it says what the hours cost"
    assert switch in labels(shown)
    missed = composed(AnnouncementState.MISSED)
    assert switch not in labels(check(announcing_sending.confirm_now(missed, at_once, DELAY)))


def test_a_time_is_said_back() -> None:
    plan = Plan(minute_of(LATER))
    shown = check(announcing_sending.confirm_at(composed(), plan, None))
    assert "Уйдёт послезавтра, в пятницу, 27 ноября, в 14:30 по местному времени" in words(shown)
    assert "🔁 Повторять…" in labels(shown)
    assert OFF not in labels(shown)
    whole_day = Delay(LATER, LATER + timedelta(hours=8), all_day=True)
    silent = check(announcing_sending.confirm_at(composed(), plan, whole_day))
    assert "Это день без рассылок" in words(silent)
    missed = check(announcing_sending.confirm_at(composed(AnnouncementState.MISSED), plan, DELAY))
    assert "🔁 Повторять…" not in labels(missed)


@pytest.mark.parametrize("how", OFFERED)
def test_a_series_is_said_back_and_fits(how: How) -> None:
    plan = Plan(minute_of(LATER), how, until=date(2027, 5, 31))
    repeat = plan.repeat(ZONE, None)
    assert repeat is not None
    assert (repeat.first, repeat.at, repeat.until) == (date(2026, 11, 27), time(14, 30), date(2027, 5, 31))
    shown = check(announcing_series.confirm(composed(), plan, repeat, DELAY, LONG))
    assert "первый раз 27 ноября, последний — не позже 31 мая 2027 года" in words(shown)
    assert "← Назад" not in labels(check(announcing_series.often(composed(), plan)))
    assert "← Назад" in labels(check(announcing_series.often(composed(), replace(plan, how=How.KEPT))))
    check(announcing_series.over(composed()))


def test_a_draft_that_repeats_says_so_and_can_be_sent() -> None:
    repeat = Repeat(Every.WEEK, date(2026, 12, 1), time(9))
    shown = check(draft(composed(text="Коротко", repeat=repeat, at_once=True)))
    assert "Повтор ещё не запущен — каждую неделю, по вторникам" in words(shown)
    assert "Уйдёт и в тихие часы" in words(shown)
    assert "📨 Отправить…" in labels(shown)
    assert "🔁 Запустить повтор" in labels(check(announcing_sending.when(composed(repeat=repeat))))
    assert "🔁 Запустить повтор" not in labels(check(announcing_sending.when(composed())))


@given(PLANS)
def test_a_plan_is_read_as_it_was_written(plan: Plan) -> None:
    press = Press(LARGE, LARGE, Op.START, plan.args())
    assert len(str(press).encode()) <= 64
    found = parse(str(press))
    assert found is not None
    assert read(found) == plan
    assert unpacked(plan.packed()) == plan


@pytest.mark.parametrize(
    "args", [("5", "x0", "0"), ("5", "w2", "0"), ("5", "w", "0"), ("5", "w0", "9999999"), ("5", "w0")]
)
def test_a_forged_plan_is_no_plan(args: tuple[str, ...]) -> None:
    with pytest.raises(NotFound):
        read(Press(1, 1, Op.PLAN, args))


def test_what_the_draft_says_is_kept_with_its_first_day() -> None:
    """From the 31st on: begun in February, it still comes on the 31st of March."""
    repeat = Repeat(Every.MONTH, date(2026, 1, 31), time(9))
    plan = kept(repeat, ZONE, NOW, at_once=True)
    assert plan is not None
    assert plan.moment.astimezone(ZoneInfo(ZONE)).date() == date(2026, 11, 30)
    assert plan.repeat(ZONE, repeat) == repeat
    assert kept(Repeat(Every.DAY, date(2026, 1, 1), time(9), 1, date(2026, 1, 2)), ZONE, NOW, at_once=False) is None
    with pytest.raises(NotFound):
        plan.repeat(ZONE, None)


def test_last_days_are_offered_that_leave_some_time() -> None:
    assert ends_after(date(2026, 11, 20)) == (date(2026, 12, 31), date(2027, 5, 31))
    assert ends_after(date(2026, 12, 20)) == (date(2027, 5, 31), date(2027, 12, 31))
