"""The registry goes out in the municipality's own layout and comes in again unchanged."""

import io
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import Denied
from core.importing import exporting, queries
from core.importing.cells import DEFAULT, places, variables
from core.importing.encoding import mapping_of
from core.importing.model import (
    AwardRead,
    Column,
    ColumnUse,
    Course,
    ImportKind,
    Layout,
    Person,
    SheetUse,
    Verdict,
)
from core.importing.reading import read_sheets
from core.people.model import Category, Education, Level, TrainingKind
from core.spreadsheets.cells import cell_text
from storage.models import ImportMemory, Teacher
from tests.importing.world import DIRECTOR, FIRST, MATHS, PHYSICS, SECOND, SOMEBODY, TEACHER, World

TODAY = date(2026, 11, 23)
EVIL = "=HYPERLINK(0)"
RICH = replace(
    SOMEBODY,
    subjects=(MATHS, PHYSICS),
    workload=Decimal("1.5"),
    education=Education.HIGHER,
    total_first_year=2001,
    first_work_year=2003,
    category=Category.FIRST,
    category_date=date(2022, 3, 12),
    courses=(
        Course("Цифровые инструменты: урок, дом", "Институт", TrainingKind.ADVANCED, 72, date(2023, 5, 20), True),
        Course("Без часов", "", TrainingKind.ADVANCED, None, date(2021, 1, 1)),
        Course("Менеджмент", "Академия", TrainingKind.RETRAINING, 520, date(2019, 6, 1)),
    ),
    awards=(
        AwardRead("Почётная грамота", Level.FEDERAL, date(2020, 1, 1)),
        AwardRead("Грамота", Level.MUNICIPAL, None),
    ),
)


async def exported(world: World, *, by_sheet: bool = False, only: list[int] | None = None) -> bytes:
    async with world.db.read() as session:
        return await exporting.export(
            session, world.methodist, world.town, by_sheet=by_sheet, organisation_ids=only, today=TODAY
        )


class Raw:
    """A sheet as core.spreadsheets.tables gives it."""

    def __init__(self, sheet: Any) -> None:
        self.title, self.hidden, self.faults = sheet.title, False, ()
        self.rows = (
            (number, {at: text for at, cell in enumerate(row, 1) if (text := cell_text(cell))})
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        )


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


async def comes_back(world: World, content: bytes) -> None:
    """Everybody is read and nobody changed."""
    async with world.db.read() as session:
        memory = await session.get(ImportMemory, (world.town, ImportKind.STAFF))
    mapping = mapping_of(memory.mapping if memory else {})
    sheets = [Raw(one) for one in opened(content).worksheets]
    name = f"export {len(world.files)}".encode()
    world.files[name] = list(read_sheets(sheets, ImportKind.STAFF, mapping, TODAY))
    run = await world.read_file(name)
    async with world.db.read() as session:
        view = await queries.run(session, world.methodist, run)
        found, _ = await queries.problems(session, world.methodist, run, page=None, fatal=True)
        changed, _ = await queries.rows(session, world.methodist, run, Verdict.CHANGED, 1)
        people = len((await session.scalars(select(Teacher.id))).all())
    assert [one.message for one in found] == []
    assert [one.changes for one in changed] == []
    assert view.counts == {Verdict.LEFT: people}


@pytest.mark.parametrize("by_sheet", [False, True])
async def test_out_and_in_changes_nothing(world: World, *, by_sheet: bool) -> None:
    others = (replace(SOMEBODY, surname=name, organisation=SECOND, position=DIRECTOR) for name in ("Вторая", "Третья"))
    await world.load(RICH, *others)
    content = await exported(world, by_sheet=by_sheet)
    assert len(opened(content).worksheets) == 1 + by_sheet
    await comes_back(world, content)


LAYOUTS = [
    (("№ п/п", "number"), ("Ф.И.О. педагога", "full_name"), ("Кв. категория", "category"), ("Стаж", "experience")),
    (
        ("Фамилия", "surname"),
        ("Имя", "given_name"),
        ("Отчество", "patronymic"),
        ("Наименование ОО", "organisation"),
        ("Телефон", "ignored"),
        ("Нагрузка, час", "workload"),
        ("Стаж / общий", "total_experience"),
        ("Стаж / педагогический", "experience"),
        ("Квалификационная категория / категория", "category"),
        ("Квалификационная категория / дата присвоения", "category_date"),
        ("КПК", "training"),
        ("Курсы / часы", "training"),
    ),
    DEFAULT.columns,
]


@pytest.mark.parametrize("columns", LAYOUTS)
@pytest.mark.parametrize("by_sheet", [False, True])
async def test_it_comes_back_in_the_layout_of_the_last_file(
    world: World, columns: tuple[tuple[str, str], ...], *, by_sheet: bool
) -> None:
    uses = tuple(ColumnUse(number, text, Column(use)) for number, (text, use) in enumerate(columns, 1))
    await world.apply(await world.read_file(world.file(RICH, sheets=[SheetUse("Лист1", 2, uses)])))
    content = await exported(world, by_sheet=by_sheet)
    headings = [cell.value for cell in opened(content).worksheets[0][1]]
    assert set(headings) >= {text.replace(" / ", " ") for text, _ in columns}
    await comes_back(world, content)


async def test_no_cell_and_no_heading_is_a_formula(world: World) -> None:
    uses = (
        ColumnUse(1, "ФИО", Column.FULL_NAME),
        ColumnUse(2, EVIL, Column.IGNORED),
        ColumnUse(3, "КПК", Column.TRAINING),
    )
    evil = replace(RICH, courses=(Course(EVIL, EVIL, TrainingKind.ADVANCED, 8, date(2023, 5, 20)),))
    await world.apply(await world.read_file(world.file(evil, sheets=[SheetUse("Лист1", 2, uses)])))
    book = opened(await exported(world))
    texts = [cell for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(EVIL in str(cell.value) for cell in texts)
    assert {cell.data_type for cell in texts} == {"s"}


async def test_one_organisation_and_an_empty_form(world: World) -> None:
    await world.load(RICH, replace(SOMEBODY, surname="Вторая", organisation=SECOND))
    (sheet,) = opened(await exported(world, only=[world.organisations[SECOND]])).worksheets
    assert sheet.max_row == 2
    (sheet,) = opened(await exported(world, only=[])).worksheets
    assert sheet.max_row == 1


async def test_a_stranger_gets_nothing(world: World) -> None:
    async with world.db.read() as session:
        with pytest.raises(Denied):
            await exporting.export(
                session, world.stranger, world.town, by_sheet=False, organisation_ids=None, today=TODAY
            )


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from([str(one) for one in Column])), max_size=12))
def test_every_layout_has_a_name_and_an_organisation_and_each_meaning_once(columns: list[tuple[str, str]]) -> None:
    found = places(Layout(tuple(columns)))
    uses = [one.use for one in found if one.use is not None]
    assert len(uses) == len(set(uses))
    assert Column.ORGANISATION in uses
    assert {Column.FULL_NAME, Column.SURNAME} & set(uses)
    assert len(variables(found)) == len(found) >= len(columns)


def _anybody(seed: int) -> Person:
    """Made up anyhow within what the registry can hold."""
    rng = random.Random(seed)
    letters = "абвгдежзиклмнопрст"
    name = "".join(rng.choice(letters) for _ in range(7))
    category = rng.choice(list(Category))
    return Person(
        "Лист1",
        3,
        rng.choice([FIRST, SECOND]),
        f"Примеров{name}",
        rng.choice(["Анна", "Пётр", "Анна-Мария"]),
        rng.choice([None, "Петрович", "Ильинична"]),
        rng.choice([None, 1960, 1999]),
        rng.choice([TEACHER, DIRECTOR]),
        rng.choice([(), (MATHS,), (MATHS, PHYSICS)]),
        rng.choice([None, Decimal("0.25"), Decimal("1.78"), Decimal(2)]),
        rng.choice([None, *Education]),
        rng.choice([None, 1985, 2026]),
        rng.choice([None, 1990, 2025]),
        category,
        None if category is Category.NONE else rng.choice([None, date(2024, 2, 29)]),
        tuple(_course(rng) for _ in range(rng.randrange(4))),
        tuple(
            AwardRead(rng.choice(["Грамота", "Знак «Отличник», 1 степень"]), rng.choice(list(Level)), date(year, 5, 5))
            for year in rng.sample(range(2000, 2025), rng.randrange(3))
        ),
    )


def _course(rng: random.Random) -> Course:
    return Course(
        rng.choice(["ФГОС: 2021", "Работа с «трудными»; часть 1", "Курс, 72 ч."]),
        rng.choice(["", "ИРО", "АНО «Центр»"]),
        rng.choice(list(TrainingKind)),
        rng.choice([None, 16, 520]),
        date(rng.randrange(2010, 2026), rng.randrange(1, 13), 28),
        rng.random() < 0.5,
    )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8, unique=True), st.booleans())
async def test_anybody_comes_back(world: World, seeds: list[int], by_sheet: bool) -> None:
    people = {one.surname: one for one in map(_anybody, seeds)}
    run = await world.read(*people.values())
    async with world.db.read() as session:
        view = await queries.run(session, world.methodist, run)
    if view.counts.get(Verdict.ADDED):
        await world.apply(run)
    await comes_back(world, await exported(world, by_sheet=by_sheet))
