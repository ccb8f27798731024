"""SPEC §3, asked of the whole bot: after an anonymous survey no file, log or backup leads from a person to words."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from core.campaigns.model import CampaignState, ParticipationState
from core.clock import SystemClock
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.backup import copy_database
from storage.models import Ballot, Campaign, InboxUpdate, Participation, Response, Teacher
from tests.bot.conversation.house import House, until
from tests.bot.conversation.reader import Reader

WORDS = "ЗаветноеСловоПедагога"
"""Typed by the person; must be nowhere afterwards, in no encoding."""
TITLE = "Анонимная проба"

FORM = """
code: unlinked
version: "1"
title: Анонимная проба
purpose: Проверка
privacy: anonymous
respondent: teacher
minutes: 1
k: 5
source: Для проверки
choices:
  few: [{name: rare, label: РедкийОтвет}, {name: other, label: Другой}]
questions:
  - {type: select_one few, name: pick, label: "Что ближе?"}
  - {type: text, name: words, label: "Своими словами?"}
"""


def encodings(words: str) -> list[bytes]:
    """The words as UTF-8, UTF-16 and as JSON escapes them."""
    return [words.encode(), words.encode("utf-16-le"), json.dumps(words).strip('"').encode()]


def traces(folder: Path, words: str) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [file.name for file in files if any(one in file.read_bytes() for one in encodings(words))]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Everything that any logger says, at the finest level."""
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    with capture_logs() as entries:
        yield said
        said.extend(str(entry) for entry in entries)
        said.extend(record.getMessage() for record in caplog.records)


async def opened(house: House) -> int:
    version = await surveys.publish(house.db, SystemClock(), parse_definition(FORM, "unlinked.yaml"))
    async with house.db.write() as session:
        like = await session.get_one(Campaign, house.campaigns["burnout"])
        campaign = Campaign(
            municipality_id=like.municipality_id,
            survey_version_id=version,
            title=TITLE,
            state=CampaignState.OPEN,
            options=like.options,
            k=5,
            opens_at=like.opens_at,
            opened_at=like.opened_at,
            closes_at=like.closes_at,
        )
        teacher = await session.get_one(Teacher, 1)
        session.add(campaign)
        await session.flush()
        session.add(
            Participation(campaign_id=campaign.id, teacher_id=teacher.id, subject=0, state=ParticipationState.INVITED)
        )
        return campaign.id


async def typed(house: House) -> tuple[int, Reader]:
    """Somebody has pressed and typed through the survey up to its summary; the campaign's id."""
    campaign = await opened(house)
    user = await house.newcomer()
    await user.press("Согласиться")
    await user.expect(TITLE)
    reader = Reader(user)
    before = user.messages[-1].message_id
    await user.press("📋 Анкеты")
    await user.expect("Анкеты для вас", after=before)
    for label in (TITLE, "Начать", "РедкийОтвет"):
        await reader.turn(label)
    await reader.write(WORDS)
    return campaign, reader


async def submitted(house: House) -> int:
    campaign, reader = await typed(house)
    await reader.turn("Отправить")
    await reader.user.expect("Анкета отправлена")

    async def unfinished() -> int:
        rows = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state != "done")
        async with house.looking.read() as session:
            return await session.scalar(rows) or 0

    await until(unfinished, 0)
    return campaign


async def test_nothing_on_disk_or_in_the_log_holds_the_words(house: House, tmp_path: Path, log: list[str]) -> None:
    await submitted(house)
    copy_database(house.db.url, tmp_path / "copy.db")

    async def found() -> list[str]:
        return traces(tmp_path, WORDS)

    await until(found, [])
    assert [line for line in log if WORDS in line] == []


async def test_the_search_would_find_them(house: House, tmp_path: Path) -> None:
    """Before submission the draft holds them; so the search above can fail."""
    await typed(house)
    assert traces(tmp_path, WORDS)


async def test_only_a_ballot_without_a_name_is_left(house: House) -> None:
    campaign = await submitted(house)
    assert await house.count(Ballot) == 1
    async with house.looking.read() as session:
        assert (await session.get_one(Participation, (campaign, 1, 0))).state == ParticipationState.SUBMITTED
    assert await house.count(Response) == 0
