"""Coming in: the consent stands alone, the menu fits the role, nothing personal is said."""

import re

from bot.screens import people
from bot.texts import sources
from bot.texts.consent import CONSENT_VERSION, consent_text
from core.people.model import Actor, Role
from tests.bot.screens.checks import check, labels, words

TEACHER = Actor(1, 2, 3, roles=frozenset({Role.TEACHER}))
METHODIST = Actor(4, None, 3, municipalities=frozenset({3}), roles=frozenset({Role.METHODIST}))
OPERATOR = "Муниципальное казённое учреждение " + "«Центр развития образования» " * 12


def test_the_consent_is_a_document_of_its_own() -> None:
    document = consent_text(OPERATOR)
    screen = check(people.consent(document, CONSENT_VERSION))
    assert labels(screen) == ["Согласиться", "Не сейчас"]
    assert screen.menu is None
    said = words(screen)
    assert OPERATOR.strip() in said
    assert "Редакция 1" in said
    assert "{{" not in document


def test_the_consent_names_all_that_the_law_asks_for() -> None:
    document = consent_text("Оператор")
    for needed in ("152-ФЗ", "Для чего", "Какие данные", "Что с ними делают", "На какой срок", "Как отозвать"):
        assert needed in document


def test_html_in_the_consent_stays_words() -> None:
    assert "<b>жирно</b>" in words(check(people.consent("# Согласие\n<b>жирно</b>", "1")))


def test_the_menu_fits_the_role() -> None:
    for make in (people.menu, people.welcome):
        for waiting in (0, 1, 2, 5):
            check(make(TEACHER, waiting))
    assert "Вас ждут 2 анкеты" in words(people.menu(TEACHER, 2))
    assert people.menu(TEACHER, 0).menu == (("📋 Анкеты", "🔔 Что присылать"), ("❓ Помощь", "🔒 О моих данных"))
    assert people.labels(METHODIST)[-1] == ("📣 Объявления", "🗂 Кабинет методиста")


def test_the_other_screens_fit() -> None:
    screens = (
        people.invite_needed(),
        people.consent_put_off(),
        people.help_(TEACHER),
        people.unknown_words(TEACHER),
        people.not_words(TEACHER),
    )
    for screen in screens:
        check(screen)


def test_the_way_into_the_admin_is_a_button_where_telegram_takes_the_address() -> None:
    button = check(people.cabinet("https://cabinet.example/enter/abc", 15)).rows[0][0]
    assert button.url == "https://cabinet.example/enter/abc"
    local = check(people.cabinet("http://localhost:8080/enter/abc", 15))
    assert not local.rows
    assert "http://localhost:8080/enter/abc" in words(local)


def test_the_bot_says_you_without_a_capital() -> None:
    """«Вы» inside a sentence is officialese; at its beginning it is grammar."""
    solemn = re.compile(r"[а-яё,] В(?:ы|ас|ам|ами|аш[а-я]*)\b")
    assert [key for key, sentence in sources().items() if solemn.search(sentence)] == []
