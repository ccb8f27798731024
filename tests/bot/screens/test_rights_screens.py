"""What a person may do with their data, as screens."""

from datetime import UTC, datetime

from bot.screens import rights
from tests.bot.screens.checks import check, labels, words

GIVEN = datetime(2026, 9, 1, 20, 0, tzinfo=UTC)


def test_the_consent_is_told_by_the_municipality_s_day() -> None:
    screen = check(rights.about_me("2", GIVEN, "Asia/Irkutsk"))
    assert "2 сентября 2026 (редакция 2)" in words(screen)
    assert labels(screen) == ["Что обо мне хранится", "Отозвать согласие", "Стереть всё обо мне"]


def test_without_a_consent_there_is_none_to_take_back() -> None:
    assert "Отозвать согласие" not in labels(check(rights.about_me(None, None, "Asia/Irkutsk")))


def test_every_question_has_a_way_back() -> None:
    for screen in (rights.withdraw(), rights.erase(), rights.erase_sure()):
        assert check(screen).rows[-1][0].action == rights.BACK


def test_farewells_take_the_keyboard_away() -> None:
    for screen in (rights.withdrawn(), rights.erased()):
        assert check(screen).menu == ()


def test_the_way_to_the_file_is_a_button_where_telegram_takes_the_address() -> None:
    assert check(rights.file("https://cabinet.example/my-data/abc", 15)).rows[0][0].url
    assert "http://localhost:8080/my-data/abc" in words(check(rights.file("http://localhost:8080/my-data/abc", 15)))
