"""Lists of the registry as files: what is in them, and that nothing in them runs."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from admin.registry.rooms import ROOMS
from core.registry.columns import columns_of
from storage.models import Association, AuditEntry, Award, Organisation, Programme, Teacher, TrainingRecord
from storage.session import Database
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.registry.folk import add, rows

FORMULA = "=1+1"


def sheet(content: bytes) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book[book.sheetnames[0]].iter_rows()]


def cells(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet(content)]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.code)
async def test_every_list_is_given_out(sign_in: SignIn, world: World, sqlite_db: Database, room: Any) -> None:
    browser = await sign_in(world.methodist)
    book = await browser.get(f"{room.path}/export.xlsx")
    text = await browser.get(f"{room.path}/export.csv")
    assert [book.status_code, text.status_code] == [200, 200]
    assert book.headers["content-disposition"].startswith("attachment")
    heads = cells(book.content)[0]
    assert len(heads) == len(columns_of(room.kind))
    assert heads == lines(text.content)[0]
    noted = await rows(sqlite_db, AuditEntry, AuditEntry.action == "registry.exported")
    assert [one.details["kind"] for one in noted] == [room.code] * 2


async def test_names_are_never_formulas(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    (first,) = await rows(sqlite_db, Teacher, Teacher.id == world.teachers[0])
    await add(
        sqlite_db,
        Organisation(municipality_id=world.town, code="f", name=FORMULA, short_name=FORMULA, kind="school"),
        Association(municipality_id=world.town, code="f", name=FORMULA),
        Award(teacher_id=first.id, title=FORMULA, level="regional"),
        Programme(municipality_id=world.town, title=FORMULA, provider="x", kind="advanced", form="remote"),
    )
    browser = await sign_in(world.methodist)
    for path in ("/organisations", "/associations", "/awards", "/programmes"):
        content = (await browser.get(f"{path}/export.xlsx")).content
        found = [cell for row in sheet(content) for cell in row if cell.value == FORMULA]
        assert found, path
        assert {cell.data_type for cell in found} == {"s"}, path
        told = [cell for line in lines((await browser.get(f"{path}/export.csv")).content) for cell in line]
        assert f"'{FORMULA}" in told
        assert FORMULA not in told


async def test_the_file_is_what_the_list_shows(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    (first,) = await rows(sqlite_db, Teacher, Teacher.id == world.teachers[0])
    await add(
        sqlite_db,
        *(
            TrainingRecord(
                teacher_id=first.id,
                programme=f"Курс {hours}",
                provider="Институт",
                kind="advanced",
                hours=hours,
                finished_on=date(2026, 1, hours % 28 + 1),
            )
            for hours in range(1, 61)
        ),
    )
    browser = await sign_in(world.methodist)
    found = cells((await browser.get("/training/export.xlsx?sort=-hours&page=2")).content)
    assert [row[-2] for row in found[1:]] == list(range(60, 0, -1))
    assert found[1][4] == "повышение квалификации"
    assert found[1][-1].year == 2026
    some = cells((await browser.get("/people/export.xlsx?text=примерова-11")).content)
    assert [row[0] for row in some[1:]] == ["Примерова-11 Проба"]
    assert some[1][-1] == "да"
