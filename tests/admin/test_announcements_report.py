"""The card of what was sent: figures that move, who has not got it, the report as files."""

import asyncio
import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select, update
from structlog.testing import capture_logs

from admin.announcements import figures
from core.announcements import queries
from core.announcements.model import ANNOUNCEMENT, RECALL
from storage.models import (
    Account,
    Announcement,
    AnnouncementPress,
    AuditEntry,
    Delivery,
    Organisation,
    Teacher,
    WebSession,
)
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import START
from tests.admin.test_announcements import arrive, joined, methodist, press, write
from tests.admin.world import World

__all__ = ["joined", "methodist"]


@pytest.fixture
async def place(methodist: Browser) -> str:
    """The card of one that was just sent to twelve people."""
    made = await write(methodist)
    await press(methodist, made, "send")
    return made


async def became(db: Database, states: dict[int, dict[str, Any]]) -> None:
    """What became of single deliveries, by their place in the queue; all others have arrived."""
    async with db.write() as session:
        rows = list(await session.scalars(select(Delivery).where(Delivery.kind == ANNOUNCEMENT).order_by(Delivery.id)))
        for number, row in enumerate(rows):
            for name, value in states.get(number, {"state": "sent", "message_id": 1000 + number}).items():
                setattr(row, name, value)


MIXED: dict[int, dict[str, Any]] = {
    0: {"state": "unreachable", "reason": "blocked"},
    1: {"state": "failed", "reason": "http_400"},
    2: {"state": "unknown", "reason": "no_answer", "doubtful": True},
    3: {"state": "sent", "message_id": 7, "doubtful": True},
    4: {"state": "merged"},
    5: {"state": "queued"},
}


async def test_every_outcome_has_its_tile_and_its_reason(
    methodist: Browser, place: str, sqlite_db: Database, joined: World
) -> None:
    await became(sqlite_db, MIXED)
    async with sqlite_db.write() as session:
        account = await session.scalar(select(Account.id).where(Account.teacher_id == joined.teachers[7]))
        assert account is not None
        number = int(place.rpartition("/")[2])
        session.add(
            AnnouncementPress(announcement_id=number, account_id=account, button="acknowledged", pressed_at=START)
        )
    text = words(await methodist.get(place)).replace("\u00a0", " ")
    for part in (
        "Ждут отправки 1",
        "Доставлено 7 из 12",
        "В подборке за день 1",
        "Некому доставить 1",
        "Не принято 1",
        "Неизвестно 1",
        "Возможно, пришло дважды 2",
        "Нажали «Ознакомлен(а)» 1",
        "Осталось меньше минуты",
        "Некому доставить: остановил(а) бота — 1 человек",
        "Не принято: мессенджер отказал — 1 человек",
        "Адресатов Доставлено В подборке Ждут Не дошло Нажали",
        "Школа № 1 town 6 3 ",
        " town 6 4 ",
    ):
        assert part in text, part
    assert "Записались" not in text
    missed = words(await methodist.get(f"{place}/missed"))
    for part in ("Примерова-0 Проба", "Попросите открыть чат с ботом", "Спросите, дошло ли", "Возможно, пришло дважды"):
        assert part in missed, part
    assert "Примерова-4 " not in missed


async def test_the_report_leaves_as_files_and_that_is_noted(
    methodist: Browser, place: str, sqlite_db: Database
) -> None:
    await became(sqlite_db, MIXED)
    async with sqlite_db.write() as session:
        await session.execute(update(Teacher).values(surname="=1+1"))
        await session.execute(update(Organisation).values(short_name="@школа"))
    answer = await methodist.get(f"{place}/report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["По организациям", "Кому не дошло"]
    assert [[cell.value for cell in row][:3] for row in book.worksheets[0].iter_rows(min_row=2)] == [
        ["@школа", 6, 3],
        ["@школа", 6, 4],
    ]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    text = (await methodist.get(f"{place}/report.csv")).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert lines[1][:3] == ["'=1+1 Проба", "'@школа", "Некому доставить"]
    assert len(lines) == 5
    async with sqlite_db.read() as session:
        noted = list(await session.scalars(select(AuditEntry).where(AuditEntry.action == "announcement.exported")))
    assert [one.details for one in noted] == [{"format": "xlsx"}, {"format": "csv"}]


async def test_a_recall_is_followed_to_its_end(methodist: Browser, place: str, sqlite_db: Database) -> None:
    await arrive(sqlite_db)
    await press(methodist, place, "recall")
    async with sqlite_db.write() as session:
        rows = list(await session.scalars(select(Delivery).where(Delivery.kind == RECALL)))
        for row in rows[:5]:
            row.state = "sent"
    text = (await methodist.get(place)).text
    assert "data-stream" in text
    assert "Убрано из чатов: 5 из 12" in text.replace("\u00a0", " ")


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[None]:
    """Gets an entry at each look at the figures; streams look all the time."""
    monkeypatch.setattr(figures, "LOOK_EVERY", 0.01)
    seen: asyncio.Queue[None] = asyncio.Queue()
    original = figures.Figures.html

    def html(self: figures.Figures) -> Any:
        seen.put_nowait(None)
        return original(self)

    monkeypatch.setattr(figures.Figures, "html", html)
    return seen


async def several(looks: asyncio.Queue[None]) -> None:
    """Three more looks: what was stored before the first of them has been seen by the last."""
    while not looks.empty():
        looks.get_nowait()
    for _ in range(3):
        await looks.get()


async def test_figures_move_until_the_state_changes(
    methodist: Browser, place: str, sqlite_db: Database, often: asyncio.Queue[None]
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        stream = tasks.create_task(methodist.get(f"{place}/figures"))
        await several(often)
        await arrive(sqlite_db)
        await several(often)
        await press(methodist, place, "pause")
    said = stream.result().text
    assert said.count("event: figures") == 2
    assert said.rstrip().split("\n\n")[-1].startswith("event: finished")


@pytest.mark.parametrize("how", ["program", "session"])
async def test_the_stream_ends_with_the_program_and_the_session(
    methodist: Browser, place: str, app: FastAPI, sqlite_db: Database, often: asyncio.Queue[None], how: str
) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        stream = tasks.create_task(methodist.get(f"{place}/figures"))
        await several(often)
        if how == "program":
            app.state.services.stopping.set()
        else:
            async with sqlite_db.write() as session:
                await session.execute(delete(WebSession))
    assert "event: finished" in stream.result().text


async def test_a_draft_has_nothing_to_follow(methodist: Browser) -> None:
    draft = await write(methodist)
    assert "event: finished" in (await methodist.get(f"{draft}/figures")).text
    assert "data-stream" not in (await methodist.get(draft)).text


async def test_a_broken_stream_ends_quietly(methodist: Browser, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("тайное")

    monkeypatch.setattr(figures.Figures, "html", broken)
    with capture_logs() as lines:
        answer = await methodist.get(f"{place}/figures")
    assert "тайное" not in answer.text
    assert [one["path"] for one in lines if one["event"] == "admin.stream_broke"] == [
        "/announcements/{announcement_id}/figures"
    ]


async def test_a_long_list_has_pages(methodist: Browser, sqlite_db: Database, joined: World) -> None:
    async with sqlite_db.write() as session:
        session.add_all(
            Announcement(
                municipality_id=joined.town,
                category="news",
                text=f"Новость {number}",
                state="draft",
                created_at=START,
                changed_at=START + timedelta(minutes=number),
            )
            for number in range(queries.PAGE + 1)
        )
    first, second = [words(await methodist.get(f"/announcements?page={one}")) for one in (1, 2)]
    assert "Новость 50 " in first
    assert "1 из 2" in first
    assert "Новость 0 " in second
    assert "Новость 1 " not in second
