"""Names in any case and order give one name; what is no name is said to be none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.findings import Unreadable
from core.importing.names import Name, read_name, read_parts

WORD = st.text("абвгдежзиклмнопрстуфхцчшщыэюя", min_size=2, max_size=12).map(str.capitalize)
DOUBLE = st.one_of(WORD, st.builds("{}-{}".format, WORD, WORD))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ПРИМЕРОВА  Анна петровна", Name("Примерова", "Анна", "Петровна")),
        ("12. примерова-образцова анна петровна", Name("Примерова-Образцова", "Анна", "Петровна")),
        ("Примеров Али Гасан оглы", Name("Примеров", "Али", "Гасан оглы")),
        ("Примерова Лейла ГАСАН КЫЗЫ", Name("Примерова", "Лейла", "Гасан кызы")),
        ("Анна Петровна Примерова", Name("Примерова", "Анна", "Петровна")),
        ("Примеров\nИван", Name("Примеров", "Иван", None)),
        ("Примерова Алёна Фёдоровна", Name("Примерова", "Алёна", "Фёдоровна")),
    ],
)
def test_names_without_remarks(text: str, name: Name) -> None:
    found = read_name(text)

    assert (found.value, found.remark) == (name, "")


@pytest.mark.parametrize("text", ["Примерова А. Б.", "Примерова А.Б.", "А.Б. Примерова"])
def test_initials_are_taken_with_a_remark(text: str) -> None:
    found = read_name(text)

    assert found.value == Name("Примерова", "А.", "Б.")
    assert "инициалы" in found.remark


def test_latin_letters_that_look_alike_are_mended_with_a_remark() -> None:
    found = read_name("Примepoва Aнна")

    assert found.value == Name("Примерова", "Анна", None)
    assert "латинские" in found.remark


def test_what_stands_beside_the_name_is_left_out_with_a_remark() -> None:
    for text in ("Примерова Анна (д/о)", "Примерова Анна, внутр. совместитель", "Примерова Анна совм."):
        found = read_name(text)

        assert found.value == Name("Примерова", "Анна", None)
        assert "только имя" in found.remark


@pytest.mark.parametrize(
    "text", ["Примерова", "Итого: 25", "—", "а б в г д", "Примерова 5 Анна", "=1+1", "А" * 90 + " Б"]
)
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_name(text)

    assert str(refused.value).startswith("«")


def test_three_columns() -> None:
    assert read_parts(" примерова", "АННА", "").value == Name("Примерова", "Анна", None)
    with pytest.raises(Unreadable, match="нет имени"):
        read_parts("Примерова", "", "Петровна")


@given(DOUBLE, WORD, WORD.map(lambda word: f"{word}овна"), st.sampled_from([str, str.upper, str.lower]))
def test_any_case_gives_the_name_back(surname: str, given_name: str, patronymic: str, spell: object) -> None:
    assert callable(spell)
    found = read_name(f" {spell(surname)}  {spell(given_name)}\t{spell(patronymic)} ")

    assert found.value == Name(surname, given_name, patronymic)


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_unreadable(text: str) -> None:
    try:
        name = read_name(text).value
    except Unreadable:
        return
    assert name.surname
    assert name.given_name
