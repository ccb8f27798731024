"""Made-up workbooks hold what their truth says, and the same seed gives the same ones."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from playground.workbooks import Layout, Sample, sample
from playground.workbooks.samples import DAY
from playground.workbooks.words import words

SCHOOLS, PEOPLE = 4, 60


def cells(made: Sample) -> dict[tuple[str, int], list[object]]:
    book = openpyxl.load_workbook(BytesIO(made.content))
    return {
        (sheet.title, number): [cell.value for cell in row]
        for sheet in book
        for number, row in enumerate(sheet.iter_rows(), start=1)
    }


@pytest.mark.parametrize("layout", Layout)
def test_everybody_is_in_the_truth_once(layout: Layout) -> None:
    made = sample(layout, SCHOOLS, PEOPLE, 7)
    assert len(made.truth) == PEOPLE
    assert len({(row["surname"], row["given_name"], row["patronymic"]) for row in made.truth}) == PEOPLE
    assert len({row["organisation"] for row in made.truth}) == SCHOOLS


@pytest.mark.parametrize("layout", [Layout.PLAIN, Layout.BY_SCHOOL, Layout.MESSY])
def test_the_truth_says_where_each_person_stands(layout: Layout) -> None:
    made = sample(layout, SCHOOLS, PEOPLE, 7)
    written = cells(made)
    for row in made.truth:
        name = str(written[row["sheet"], row["row"]][2 if layout is Layout.PLAIN else 1])
        assert name.casefold().split()[0] == row["surname"].casefold()


def test_one_seed_gives_one_workbook_and_another_seed_another() -> None:
    first, same, other = (sample(Layout.MESSY, SCHOOLS, PEOPLE, seed) for seed in (1, 1, 2))
    assert (first.truth, cells(first)) == (same.truth, cells(same))
    assert first.truth != other.truth


def test_the_old_program_writes_what_windows_of_its_time_could_read() -> None:
    lines = sample(Layout.OLD_PROGRAM, SCHOOLS, PEOPLE, 7).content.decode("cp1251").splitlines()
    assert lines[0].startswith("№;ОО;ФИО;Дата рождения;")


def test_years_of_work_are_counted_to_the_day_asked_for() -> None:
    early, late = (sample(Layout.PLAIN, SCHOOLS, PEOPLE, 7, today=day) for day in (date(2022, 1, 1), DAY))
    assert (
        max(row["first_work_year"] for row in early.truth) <= 2022 < max(row["first_work_year"] for row in late.truth)
    )


def test_schools_that_the_profile_lacks_are_made_up() -> None:
    made = sample(Layout.PLAIN, 20, 100, 7)
    assert "МБОУ «Средняя общеобразовательная школа № 31»" in {row["organisation"] for row in made.truth}


def test_too_few_people_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        sample(Layout.PLAIN, 20, 79, 7)


def test_shorthand_is_for_words_of_the_reference() -> None:
    made = sample(Layout.PLAIN, 20, 2_000, 7)
    titles = {row["position"] for row in made.truth}, {subject for row in made.truth for subject in row["subjects"]}
    assert set(words()["positions"]) <= titles[0]
    assert set(words()["subjects"]) <= titles[1]
