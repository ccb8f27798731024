"""Files: the same numbers as on the page, labels where they belong, and nothing that runs."""

import csv
import io
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import AppError, Denied, NotFound
from core.results.exports.making import Format, render, tables
from core.results.exports.names import LONGEST, unique_names
from core.results.exports.spss import LONGEST_TEXT, write_sav
from core.results.model import ResultCut
from core.tables.csvfile import write_csv
from core.tables.table import Kind, Table, Variable
from core.tables.workbook import write_xlsx
from storage.session import Database
from tests.campaigns.world import World
from tests.clocks import SetClock
from tests.results.world import answer_all, look, one, town

pyreadstat = pytest.importorskip("pyreadstat")
AT = datetime(2026, 11, 23, 11, 0)  # noqa: DTZ001 - of the head of a file


@pytest.fixture
async def answered(sqlite_db: Database, clock: SetClock) -> tuple[World, int]:
    world = await town(sqlite_db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, world.teachers["school-1"][:4])
    return world, campaign


async def file(world: World, campaign: int, format_: Format) -> bytes:
    async with world.db.read() as session:
        _, made = await tables(session, world.methodist, campaign, format_, world.clock.now())
    return render(format_, made, "Итоги")


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def read_sav(content: bytes, folder: Path) -> tuple[dict[str, list[Any]], Any]:
    path = folder / "read.sav"
    path.write_bytes(content)
    data, meta = pyreadstat.read_sav(path, output_format="dict")
    return {name: list(values) for name, values in data.items()}, meta


async def test_a_workbook_holds_answers_in_words_figures_and_the_codes(answered: tuple[World, int]) -> None:
    found = sheets(await file(*answered, Format.XLSX))
    assert list(found) == ["О файле", "Ответы", "Распределения", "По группам", "Кодировка"]
    head, *rows = found["Ответы"]
    first = dict(zip(head, rows[0], strict=True))
    assert len(rows) == 4
    assert (first["Фамилия"], first["Должность"], first["Стаж"]) == ("Примерова0", "директор", "Больше 20 лет")
    assert first["Планировать уроки"] == "Не нужна"
    assert first["Все темы: Работа с родителями"] == "да"
    assert first["Все темы: Здоровье"] == "нет"
    assert first["По важности: Здоровье"] == 3
    assert first["Удобный день"] == datetime(2026, 11, 25)  # noqa: DTZ001 - Excel knows no zones
    assert first["Удобное время"] == time(14, 30)
    assert first["Ставка"] == 1.5
    assert first["Методика, уровень"] == "высокий"
    assert first["Когда отправлена"] == AT
    assert dict(zip(head, rows[3], strict=True))["Все темы: Здоровье"] is None, "not answered is not unmarked"
    codes = {(row[0], row[3]): row[4] for row in found["Кодировка"][1:]}
    assert codes["topic", 3] == "Здоровье"


async def test_the_workbook_and_the_page_agree(answered: tuple[World, int]) -> None:
    found = sheets(await file(*answered, Format.XLSX))
    shares = {(row[3], row[5]): (row[7], row[8], row[9]) for row in found["Распределения"][1:]}
    page = await look(*answered)
    for result in page.all:
        for option in result.options:
            if result.figures.n:
                value = result.figures.values.get(option.key)
                count, n = result.figures.counts.get(option.key), result.figures.n
                expected = None if value is None else round(value, 1)
                assert shares[result.name, option.label] == (expected, count, n)
    assert shares["hours", "Среднее"] == (22.5, None, 4)
    groups = {(row[0], row[1], row[3], row[5]): row[7] for row in found["По группам"][1:]}
    for row in one(await look(*answered, ResultCut.SUBJECT), "hours").rows:
        assert row.figures.mean is not None
        assert groups["По предметам", row.title, "hours", "Среднее"] == round(row.figures.mean, 1)


async def test_no_cell_and_no_heading_is_a_formula(answered: tuple[World, int]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(await file(*answered, Format.XLSX)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    assert any(cell.value == "=1+1" for cell in cells), "kept as it was written, as a text"
    text = (await file(*answered, Format.CSV)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert "'=1+1" in rows[0]
    assert not [cell for row in (head, *rows) for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_whatsoever_becomes_a_formula_in_csv(heading: str, cell: str) -> None:
    written = write_csv(Table("Т", [Variable("a", heading, Kind.TEXT)], [[cell]])).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(written, newline=""), delimiter=";"):
        assert not row or not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


async def test_csv_opens_by_a_double_click(answered: tuple[World, int]) -> None:
    content = await file(*answered, Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    head, first, *_ = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    row = dict(zip(head, first, strict=True))
    assert (row["Ставка"], row["Удобный день"], row["Методика, от 0 до 100"]) == ("1,5", "25.11.2026", "50")


async def test_spss_reads_codes_with_labels_and_gaps_as_missing(answered: tuple[World, int], tmp_path: Path) -> None:
    data, meta = read_sav(await file(*answered, Format.SAV), tmp_path)
    assert meta.column_names_to_labels["topic"] == "Главная тема"
    assert meta.variable_value_labels["topic"] == {1: "Работа с родителями", 2: "=Цифровые инструменты", 3: "Здоровье"}
    assert meta.variable_measure["plans"] == "ordinal"
    assert meta.variable_measure["topic"] == "nominal"
    assert data["topic"] == [1, 1, 2, 3]
    assert data["plans"] == [1, 3, 2, None]
    assert data["topics_parents"] == [1, 0, 0, None]
    assert data["order_digital"] == [2, 1, None, None]
    assert data["rate"] == [1.5, None, None, None]
    assert data["day"] == [date(2026, 11, 25), date(2026, 11, 2), date(2026, 12, 24), None]
    assert data["hour"][0] == time(14, 30)
    assert data["double"] == [36, 48, 36, 60]
    assert data["scale_method"] == [50, 100, 50, None]
    assert meta.variable_value_labels["level_method"] == {1: "низкий", 2: "высокий"}


async def test_only_methodists_take_files_away(answered: tuple[World, int]) -> None:
    world, campaign = answered
    async with world.db.read() as session:
        for actor, error in ((world.coordinator("school-1"), Denied), (world.stranger, NotFound)):
            with pytest.raises(error):
                await tables(session, actor, campaign, Format.CSV, world.clock.now())


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(st.characters(exclude_categories=["C", "Z"]), max_size=400)),
            st.one_of(st.none(), st.floats(-1e12, 1e12)),
            st.one_of(st.none(), st.integers(-200, 400)),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_written_for_spss_is_read_again(rows: list[tuple[Any, ...]]) -> None:
    import tempfile

    variables = [
        Variable("слово", "Слово", Kind.TEXT),
        Variable("число", "Число", Kind.NUMBER),
        Variable("код", "Код", Kind.CODE, {1: "один"}),
    ]
    with tempfile.TemporaryDirectory() as folder:
        data, _ = read_sav(write_sav(Table("Т", variables, rows), "Т"), Path(folder))
    assert data["слово"] == [row[0] or "" for row in rows]
    assert data["число"] == [row[1] for row in rows]
    assert data["код"] == [row[2] for row in rows]


@pytest.mark.parametrize("size", [1, 8, 252, 253, 255, 256, 257, 504, 505, 511, 765, 5000, LONGEST_TEXT, 40_000])
def test_long_texts_come_through_spss_in_one_piece(size: int, tmp_path: Path) -> None:
    text = "".join(chr(97 + place * 7 % 26) for place in range(size))
    variables = [Variable("a", "А", Kind.TEXT), Variable("b", "Б", Kind.NUMBER)]
    data, _ = read_sav(write_sav(Table("Т", variables, [[text, 1], [None, 2]]), "Т"), tmp_path)
    assert data == {"a": [text[:LONGEST_TEXT], ""], "b": [1, 2]}


def test_without_the_extra_one_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(AppError, match=r"results\.no_spss"):
        write_sav(Table("Т", [Variable("a", "А", Kind.NUMBER)], [[1]]), "Т")


@given(st.lists(st.text(max_size=90), max_size=30))
def test_names_for_spss_are_sound_and_unique(wanted: list[str]) -> None:
    names = unique_names(wanted)
    assert len({name.upper() for name in names}) == len(wanted)
    for name in names:
        assert 0 < len(name.encode()) <= LONGEST
        assert name[0].isalpha()
        assert not name.endswith(".")
        assert name.upper() not in {"ALL", "AND", "BY", "NOT", "OR", "TO", "WITH"}


def test_a_text_longer_than_a_cell_is_cut_and_not_left_out() -> None:
    content = write_xlsx([Table("Т", [Variable("a", "А", Kind.TEXT)], [["я" * 40_000]])])
    assert len(sheets(content)["Т"][1][0]) == 32_767
