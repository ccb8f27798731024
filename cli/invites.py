"""Invites of one organisation, for the coordinator to hand out."""

import csv
import sys

from rich.table import Table
from sqlalchemy import exists, select

from bot.botapi import BotApi
from bot.outcomes import Undelivered
from cli.console import WRONG_USE, console, errors, give_up
from cli.staff import with_database
from core.clock import SystemClock
from core.invites import actions as invites
from core.settings import Settings
from storage.models import Account, Chat, Organisation, Teacher
from storage.session import Database


def print_invites(settings: Settings, organisation: str, *, as_csv: bool) -> None:
    """A new link for everybody who has no chat; links that were handed out before stay valid."""

    async def work(db: Database) -> None:
        people = await _not_joined(db, organisation)
        bot = await _username(settings)
        rows = [
            (name, f"https://t.me/{bot}?start={await invites.make_invite(db, SystemClock(), account)}")
            for account, name in people
        ]
        _print_csv(rows) if as_csv else _print_table(rows)

    with_database(settings, work)


async def _not_joined(db: Database, organisation: str) -> list[tuple[int, str]]:
    async with db.read() as session:
        known = await session.scalar(select(Organisation.id).where(Organisation.code == organisation))
        if known is None:
            codes = ", ".join(await session.scalars(select(Organisation.code).order_by(Organisation.code)))
            give_up(f"Организации с кодом {organisation} нет. Есть: {codes or 'ни одной'}.", WRONG_USE)
        rows = (
            select(Account.id, Teacher)
            .join(Teacher, Teacher.id == Account.teacher_id)
            .where(Teacher.organisation_id == known, Teacher.archived_at.is_(None), Account.active)
            .where(~exists().where(Chat.account_id == Account.id))
            .order_by(Teacher.surname, Teacher.given_name)
        )
        return [
            (account, " ".join(filter(None, (one.surname, one.given_name, one.patronymic))))
            for account, one in await session.execute(rows)
        ]


async def _username(settings: Settings) -> str:
    if settings.telegram_token is None:
        give_up("Нет TELEGRAM_TOKEN: ссылка-приглашение ведёт к боту, а бота ещё нет.", WRONG_USE)
    try:
        async with BotApi(settings.telegram_api_url, settings.telegram_token.get_secret_value()) as api:
            return str((await api.call("getMe", {}))["username"])
    except Undelivered:
        give_up("Telegram сейчас не отвечает, а без него не узнать имя бота. Попробуйте позже.")


def _print_table(rows: list[tuple[str, str]]) -> None:
    table = Table("Кому", "Ссылка")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    errors.print("Ссылка срабатывает один раз. Раздайте каждому его собственную.")


def _print_csv(rows: list[tuple[str, str]]) -> None:
    writer = csv.writer(sys.stdout, delimiter=";")
    writer.writerow(("Кому", "Ссылка"))
    # A name that begins like a formula would be run by a spreadsheet.
    writer.writerows((f"'{name}" if name[:1] in "=+-@\t\r" else name, link) for name, link in rows)
