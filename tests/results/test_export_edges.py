"""Files at the edges of their formats, and refusals that leave no trace."""

import csv
import io
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from core.errors import Denied, NotFound
from core.results import actions
from core.results.exports.spss import write_sav
from core.tables import workbook
from core.tables.csvfile import write_csv
from core.tables.table import Cell, Kind, Table, Variable
from storage.models import AuditEntry
from storage.session import Database
from tests.clocks import SetClock
from tests.releases import test_releases as releases
from tests.results.test_exports import read_sav

MOMENT = datetime(1850, 1, 1, 3, 4)  # noqa: DTZ001 - neither Excel nor SPSS knows zones
ANSWERED: dict[Kind, tuple[Cell, str]] = {
    Kind.DATE: (date(2026, 1, 2), "EDATE10"),
    Kind.TIME: (time(9, 5), "TIME8"),
    Kind.MOMENT: (MOMENT, "DATETIME20"),
    Kind.NUMBER: (1.5, "F10.2"),
    Kind.FLAG: (1, "F8.0"),
}


def column(kind: Kind, *cells: Cell) -> Table:
    return Table("Т", [Variable("a", "А", kind), Variable("b", "Б", Kind.TEXT)], [[cell, "б"] for cell in cells])


@pytest.mark.parametrize("kind", ANSWERED)
@pytest.mark.parametrize("answers", [0, 1, 2])
def test_a_column_of_spss_is_the_same_whether_anybody_answered(kind: Kind, answers: int, tmp_path: Path) -> None:
    cell, look = ANSWERED[kind]
    given: tuple[list[Cell], ...] = ([], [None, None], [None, cell])
    cells = given[answers]
    data, meta = read_sav(write_sav(column(kind, *cells), "Т"), tmp_path)
    assert data["a"] == cells
    assert meta.readstat_variable_types["a"] == "double"
    assert meta.original_variable_types["a"] == look


def test_days_before_excels_first_are_kept_as_texts() -> None:
    days = column(Kind.DATE, date(987, 6, 5), date(1899, 12, 31), date(1900, 1, 1), date(2026, 11, 25))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write_xlsx([days]))).worksheets[0]
    found = [row[0].value for row in sheet.iter_rows(min_row=2)]
    first, today = datetime(1900, 1, 1), datetime(2026, 11, 25)  # noqa: DTZ001 - as above
    assert found == ["05.06.0987", "31.12.1899", first, today]
    book = openpyxl.load_workbook(io.BytesIO(workbook.write_xlsx([column(Kind.MOMENT, MOMENT)])))
    assert book.worksheets[0]["A2"].value == "01.01.1850 03:04"
    text = write_csv(days).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text), delimiter=";")][1:3] == ["05.06.0987", "31.12.1899"]


def test_rows_beyond_the_last_of_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 2)
    book = openpyxl.load_workbook(io.BytesIO(workbook.write_xlsx([column(Kind.NUMBER, 1, 2, 3, 4, 5)])))
    assert book.sheetnames == ["Т", "Т 2", "Т 3"]
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [["А", 1, 2], ["А", 3, 4], ["А", 5]]


async def test_a_file_that_was_refused_is_not_noted(db: Database, clock: SetClock) -> None:
    world = await releases.town(db, clock)
    campaign = await releases.opened(world)
    refused = ((world.methodist, NotFound), (world.coordinator("school-1"), Denied), (world.stranger, NotFound))
    for actor, error in refused:
        with pytest.raises(error):
            await actions.note_export(db, clock, actor, campaign, "csv")
    noted = select(func.count()).where(AuditEntry.action == "results.exported")
    async with db.read() as session:
        assert await session.scalar(noted) == 0
    await world.close(campaign)
    await actions.note_export(db, clock, world.methodist, campaign, "csv")
    async with db.read() as session:
        assert await session.scalar(noted) == 1
