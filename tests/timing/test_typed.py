"""SPEC §5: a time «in words such as «завтра в 15:00»», and what is said back before anything is confirmed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import AppError
from core.timing.typed import read_last_day, read_moment, say_moment

ZONE = "Asia/Irkutsk"
WEDNESDAY = datetime(2026, 11, 25, 14, 30, tzinfo=ZoneInfo(ZONE))
ZONES = st.sampled_from(("Europe/Kaliningrad", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Irkutsk", "Asia/Kamchatka"))
MOMENTS = st.integers(0, 8_000_000).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))

PHRASES = {
    "завтра в 15:00": "2026-11-26 15:00",
    "Завтра в 15.00!": "2026-11-26 15:00",
    "завтра в 15-00": "2026-11-26 15:00",
    "завтра в 15 часов": "2026-11-26 15:00",
    "завтра в 9 утра": "2026-11-26 09:00",
    "завтра в 6 вечера": "2026-11-26 18:00",
    "завтра вечером в 7": "2026-11-26 19:00",
    "завтра в полдень": "2026-11-26 12:00",
    "завтра днём": "2026-11-26 13:00",
    "сегодня в 18": "2026-11-25 18:00",
    "вечером": "2026-11-25 18:00",
    "послезавтра утром": "2026-11-27 09:00",
    "в 15:00": "2026-11-25 15:00",
    "в 9:00": "2026-11-26 09:00",
    "через 2 часа": "2026-11-25 16:30",
    "через полчаса": "2026-11-25 15:00",
    "через полтора часа": "2026-11-25 16:00",
    "через час": "2026-11-25 15:30",
    "через 40 минут": "2026-11-25 15:10",
    "через 2 часа 30 минут": "2026-11-25 17:00",
    "через 3 дня": "2026-11-28 14:30",
    "через 3 дня в 10:00": "2026-11-28 10:00",
    "через неделю в 9": "2026-12-02 09:00",
    "в пятницу в 9": "2026-11-27 09:00",
    "в 9 в пятницу": "2026-11-27 09:00",
    "в среду в 16:00": "2026-11-25 16:00",
    "в среду в 9:00": "2026-12-02 09:00",
    "во вторник в 8:15": "2026-12-01 08:15",
    "в воскресенье вечером": "2026-11-29 18:00",
    "в следующий понедельник в 10:30": "2026-11-30 10:30",
    "15 декабря в 10:00": "2026-12-15 10:00",
    "15 декабря 2026 года в 10.00": "2026-12-15 10:00",
    "15.12 10:00": "2026-12-15 10:00",
    "15.12.2026 в 10.00": "2026-12-15 10:00",
    "15.12.26 10.05": "2026-12-15 10:05",
    "в пятницу, 27 ноября, в 9:00 по местному времени": "2026-11-27 09:00",
    "1 января в 12:00": "2027-01-01 12:00",
    "29 февраля в 10:00": "2028-02-29 10:00",
}
REFUSED = {
    "": "moment.unreadable",
    "когда-нибудь": "moment.unreadable",
    "завтра или послезавтра": "moment.unreadable",
    "завтра в 25:00": "moment.unreadable",
    "завтра в 15 утра": "moment.unreadable",
    "31 апреля в 10:00": "moment.unreadable",
    "через день": "moment.unreadable",
    "через 0 часов": "moment.unreadable",
    "завтра": "moment.no_time",
    "завтра в 5": "moment.which_half",
    "сегодня в 9": "moment.past",
    "24 ноября в 10:00": "moment.past",
    "15.12.2024 в 10:00": "moment.past",
    "в следующую пятницу в 9": "moment.ambiguous",
    "завтра, 15 декабря, в 10:00": "moment.other_weekday",
    "в четверг, 27 ноября, в 10:00": "moment.other_weekday",
}


def ahead_or_refused(words: str, now: datetime, zone: str) -> bool:
    try:
        return read_moment(words, now, zone) > now
    except AppError as error:
        return error.key.startswith("moment.")


@pytest.mark.parametrize(("words", "meant"), PHRASES.items())
def test_people_are_understood(words: str, meant: str) -> None:
    found = read_moment(words, WEDNESDAY, ZONE)
    assert found.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%d %H:%M") == meant


@pytest.mark.parametrize(("words", "key"), REFUSED.items())
def test_what_is_not_clear_is_not_guessed(words: str, key: str) -> None:
    with pytest.raises(AppError) as refused:
        read_moment(words, WEDNESDAY, ZONE)
    assert refused.value.key == key


def test_what_is_said_back_names_the_day_in_full() -> None:
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=ZoneInfo(ZONE))
    assert say_moment(friday, WEDNESDAY - timedelta(days=2), ZONE) == "в пятницу, 27 ноября, в 9:00"
    assert say_moment(friday, WEDNESDAY, ZONE) == "послезавтра, в пятницу, 27 ноября, в 9:00"
    tuesday = datetime(2027, 1, 12, 18, 5, tzinfo=ZoneInfo(ZONE))
    assert say_moment(tuesday, WEDNESDAY, ZONE) == "во вторник, 12 января 2027 года, в 18:05"


@example(now=datetime(2026, 1, 10, tzinfo=UTC), minutes=340 * 24 * 60, zone="Asia/Irkutsk")
@given(now=MOMENTS, minutes=st.integers(1, 600_000), zone=ZONES)
def test_what_is_said_back_is_read_as_the_same_moment(now: datetime, minutes: int, zone: str) -> None:
    moment = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    assert read_moment(say_moment(moment, now, zone), now, zone) == moment


@given(now=MOMENTS, words=st.sampled_from(sorted(PHRASES)), zone=ZONES)
def test_it_is_always_ahead(now: datetime, words: str, zone: str) -> None:
    assert ahead_or_refused(words, now, zone)


@given(now=MOMENTS, words=st.text(alphabet="0123456789 .:-,авчерздняпоствукмью", max_size=40))
def test_nonsense_raises_nothing_else(now: datetime, words: str) -> None:
    assert ahead_or_refused(words, now, ZONE)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("до 31 мая", date(2027, 5, 31)),
        ("31 мая включительно", date(2027, 5, 31)),
        ("по 31.12", date(2026, 12, 31)),
        ("До 30 июня 2027 года.", date(2027, 6, 30)),
        ("завтра", date(2026, 11, 26)),
    ],
)
def test_a_last_day_is_read(words: str, day: date) -> None:
    assert read_last_day(words, datetime(2026, 11, 25, 4, tzinfo=UTC), "Asia/Irkutsk") == day


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("", "moment.no_day"),
        ("до лета", "moment.no_day"),
        ("до 31 мая в 10:00", "moment.no_day"),
        ("до 31 мая вечером", "moment.no_day"),
        ("в пятницу", "moment.no_day"),
        ("до 31 апреля", "moment.no_day"),
        ("до 1 ноября", "moment.past"),
        ("до 1 мая 2020", "moment.past"),
    ],
)
def test_what_is_no_last_day_is_refused(words: str, key: str) -> None:
    with pytest.raises(AppError) as error:
        read_last_day(words, datetime(2026, 11, 25, 4, tzinfo=UTC), "Asia/Irkutsk")
    assert error.value.key == key
