"""Where a school says its name outside the columns."""

import pytest

from core.importing.organisations import heads_rows, named_in, of_title, organisation_key


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("МБОУ «СОШ № 5»", "МБОУ «СОШ № 5»"),
        ("Сведения о педагогических работниках МБОУ «СОШ № 5» на 01.09.2023", "МБОУ «СОШ № 5»"),
        ("Список педагогов МБДОУ «Детский сад № 12» по состоянию на 2023 год", "МБДОУ «Детский сад № 12»"),
        ("Зиминский лицей", "Зиминский лицей"),
        ("МБУ ДО «Дом детского творчества»", "МБУ ДО «Дом детского творчества»"),
        ("Сведения о педагогических работниках", ""),
        ("Управление образования города", ""),
        ("по состоянию на 25.11.2026 г.", ""),
        ("", ""),
    ],
)
def test_a_name_in_a_line(line: str, name: str) -> None:
    assert named_in(line) == name


def test_titles_of_sheets() -> None:
    assert of_title("СОШ № 5") == "СОШ № 5"
    assert [of_title(title) for title in ("Лист1", "Sheet2", "Педагоги", "5", "Кадры")] == [""] * 5


def test_a_name_alone_heads_rows_and_a_sentence_does_not() -> None:
    assert heads_rows("МБОУ «СОШ № 5»")
    assert not heads_rows("Итого по школе")
    assert not heads_rows("Примерова Анна Петровна")


@pytest.mark.parametrize(
    "names",
    [
        ("МБОУ «СОШ № 5»", "СОШ №5", "сош 5", 'МБОУ "Средняя общеобразовательная школа № 5"'),
        ("МБДОУ «Детский сад № 12»", "Детский сад 12", "д/с № 12", "ДОУ 12"),
        ("МБОУ «Зиминский лицей»", "Зиминский лицей"),
    ],
)
def test_names_of_one_organisation_have_one_key(names: tuple[str, ...]) -> None:
    assert len({organisation_key(name) for name in names}) == 1


def test_different_schools_have_different_keys() -> None:
    assert organisation_key("СОШ № 5") != organisation_key("СОШ № 15")
    assert organisation_key("СОШ № 5") != organisation_key("ООШ № 5")
