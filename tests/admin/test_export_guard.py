"""Nothing that anybody wrote runs as a formula in a file of the admin; an address of a file without a line fails."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update

from storage.models import (
    Account,
    Association,
    Award,
    ExpertWork,
    Organisation,
    Position,
    Programme,
    Subject,
    Teacher,
    TrainingRecord,
)
from storage.session import Database
from tests.admin.addresses import READING
from tests.admin.conftest import SignIn
from tests.admin.rooms_full import address, fill
from tests.admin.world import World

STARTS = ("=", "+", "-", "@", "\t", "\r")
NAMED: tuple[Any, ...] = (
    Organisation.name,
    Organisation.short_name,
    Association.name,
    Award.title,
    ExpertWork.title,
    Account.name,
)
NAMED += (Position.title, Subject.title, Programme.title, Programme.provider, TrainingRecord.programme)
NAMED += (TrainingRecord.provider, Teacher.surname, Teacher.given_name)
LISTS: tuple[str, ...] = (
    "associations",
    "attestation",
    "awards",
    "expert-work",
    "mentor-bank",
    "organisations",
    "people",
    "positions",
)
LISTS += ("positions", "programmes", "subjects", "training")
FILES = {f"/{one}/export.{ending}" for one in (*LISTS, "audit") for ending in ("csv", "xlsx")}
FILES |= {"/imports/export.xlsx", "/imports/template.xlsx", "/invites/not-joined.xlsx"}
FILES |= {f"/announcements/{{announcement_id}}/report.{ending}" for ending in ("csv", "xlsx")}
FILES |= {"/invites/{organisation_id}/not-joined.xlsx"}
ELSEWHERE = {
    "/campaigns/{campaign_id}/results.{ending}": "needs many answers: tests/results/test_exports.py",
    "/imports/{run_id}/problems.xlsx": "needs a file that was read: tests/admin/test_imports.py",
    "/surveys/drafts/{draft_id}/file": "the form itself, whose sheets are for the form's own language",
    "/surveys/upload/template": "ours, the same for everybody",
    "/surveys/{survey_code}/versions/{version_id}/file": "the form itself, as a draft",
}
MARKS = (".xlsx", ".csv", ".{ending}", "/file", "/template", "/export")


def test_every_file_has_a_line() -> None:
    assert {path for path in READING if path.endswith(MARKS)} == FILES | set(ELSEWHERE)


@pytest.mark.parametrize("start", STARTS, ids=repr)
async def test_nothing_written_is_a_formula(sign_in: SignIn, world: World, sqlite_db: Database, start: str) -> None:
    ids = await fill(sqlite_db, world, sign_in)
    async with sqlite_db.write() as session:
        for column in NAMED:
            await session.execute(update(column.class_).values({column.key: start + "1+1 " + column}))
    browser = await sign_in(world.administrator)
    for path in sorted(FILES):
        answer = await browser.get(address(path, ids))
        assert answer.status_code == 200, path
        assert answer.headers["content-disposition"].startswith("attachment"), path
        check = harmless_text if path.endswith(".csv") else harmless_book
        check(answer.content, path)
    told = (await browser.get("/people/export.csv")).content.decode("utf-8-sig")
    assert f"'{start}1+1" in told


def harmless_book(content: bytes, path: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not any(title.startswith(STARTS) for title in book.sheetnames), path
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert found, path
    assert not [cell.value for cell in found if cell.data_type == "f" or cell.hyperlink], path


def harmless_text(content: bytes, path: str) -> None:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines, path
    assert not [cell for line in lines for cell in line if cell.startswith(STARTS)], path
