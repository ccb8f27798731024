"""The command doctor: looks at everything the program stands on and says what to mend."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path

import aiohttp
import typer
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.botapi import BotApi
from bot.outcomes import Undelivered
from cli.console import console, say
from core.settings import Settings
from storage import migrate
from storage.backup import database_file
from storage.engine import is_sqlite, sqlite_is_safe
from storage.session import open_database

LITTLE_SPACE = 500 * 1024 * 1024
"""Bytes; below it a database in use is at risk."""
WRONG_CLOCK = timedelta(seconds=30)
ANSWER_SECONDS = 10


class Verdict(StrEnum):
    WELL = "хорошо"
    NOTE = "внимание"
    BAD = "плохо"


STYLES = {Verdict.WELL: "green", Verdict.NOTE: "yellow", Verdict.BAD: "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    subject: str
    words: str


def examine(settings: Settings) -> None:
    """Prints every finding; ends with code 1 when something is bad."""
    findings = asyncio.run(_collect(settings))
    for one in findings:
        console.print(f"[{STYLES[one.verdict]}]{one.verdict:>9}[/]  [bold]{one.subject}[/]  ", end="")
        say(one.words)
    if any(one.verdict is Verdict.BAD for one in findings):
        raise typer.Exit(1)


async def _collect(settings: Settings) -> list[Finding]:
    found = [Finding(Verdict.WELL, "настройки", "читаются")]
    found += _folder(settings)
    found += _sqlite(settings)
    found.append(await _database(settings))
    found += [one async for one in _telegram(settings)]
    return found


def _folder(settings: Settings) -> list[Finding]:
    folder = settings.data_dir
    if not folder.exists():
        return [Finding(Verdict.NOTE, "папка данных", f"{folder} ещё нет: её создаст первый запуск")]
    free = shutil.disk_usage(folder).free
    space = f"свободно {free // 1024**2} МБ"
    return [
        Finding(Verdict.BAD if free < LITTLE_SPACE else Verdict.WELL, "место на диске", space),
        _private(folder, "папка данных"),
        _key(settings),
    ]


def _key(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return Finding(Verdict.WELL, "ключ", "задан в SECRET_KEY")
    file = settings.data_dir / "secret.key"
    if not file.exists():
        return Finding(Verdict.NOTE, "ключ", f"{file} ещё нет: его создаст первый запуск")
    if not file.read_text(encoding="ascii").strip():
        return Finding(Verdict.BAD, "ключ", f"{file} пуст: верните его из копии, иначе анонимные ответы не открыть")
    return _private(file, "ключ")


def _private(path: Path, subject: str) -> Finding:
    if path.stat().st_mode & 0o077:
        right = "700" if path.is_dir() else "600"
        return Finding(Verdict.BAD, subject, f"{path} открыт другим пользователям: выполните chmod {right} {path}")
    return Finding(Verdict.WELL, subject, f"{path}, закрыт от других")


def _sqlite(settings: Settings) -> list[Finding]:
    if not is_sqlite(settings.database):
        return []
    if sqlite_is_safe():
        return [Finding(Verdict.WELL, "SQLite", sqlite3.sqlite_version)]
    advice = (
        f"в версии {sqlite3.sqlite_version} есть редкая ошибка, из-за которой при двух процессах может пропасть запись "
        "(исправлена в 3.51.3, 3.50.7 и 3.44.6). Запускайте один процесс и при случае обновите Python."
    )
    return [Finding(Verdict.NOTE, "SQLite", advice)]


async def _database(settings: Settings) -> Finding:
    subject = "база данных"
    if is_sqlite(settings.database) and not database_file(settings.database).exists():
        return Finding(Verdict.NOTE, subject, "ещё не создана: её создаст первый запуск")
    try:
        async with open_database(settings.database) as db, db.read() as session:
            revision = await session.scalar(text("SELECT version_num FROM alembic_version"))
    except (SQLAlchemyError, DBAPIError, OSError) as error:
        return Finding(Verdict.BAD, subject, f"не открывается ({type(error).__name__}): проверьте DATABASE_URL и права")
    head = ScriptDirectory.from_config(migrate.config()).get_current_head()
    if revision != head:
        return Finding(Verdict.NOTE, subject, f"таблицы версии {revision}, нужна {head}: обновит следующий запуск")
    return Finding(Verdict.WELL, subject, f"открывается, таблицы версии {revision}")


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        yield Finding(Verdict.NOTE, "токен", "TELEGRAM_TOKEN не задан: программа запустит учебную площадку")
        return
    try:
        async with BotApi(settings.telegram_api_url, settings.telegram_token.get_secret_value()) as api:
            me = await api.call("getMe", {}, timeout=ANSWER_SECONDS)
    except Undelivered as error:
        words = "Telegram не принимает токен" if error.code in {401, 404} else "Telegram не отвечает"
        yield Finding(Verdict.BAD, "токен", f"{words}: проверьте TELEGRAM_TOKEN и доступ в интернет")
    else:
        yield Finding(Verdict.WELL, "токен", f"бот @{me['username']}")
        yield await _clock(settings)


async def _clock(settings: Settings) -> Finding:
    limits = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=limits) as session, session.get(settings.telegram_api_url) as answer:
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding(Verdict.NOTE, "часы", "не с чем сверить")
    difference = abs(datetime.now(UTC) - theirs)
    if difference > WRONG_CLOCK:
        return Finding(Verdict.BAD, "часы", f"расходятся с Telegram на {difference.total_seconds():.0f} с")
    return Finding(Verdict.WELL, "часы", "идут верно")
