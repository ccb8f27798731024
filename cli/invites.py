"""Invites of one organisation, for the coordinator to hand out."""

import sys

from rich.table import Table
from sqlalchemy import select

from bot.botapi import BotApi
from bot.outcomes import Undelivered
from cli.console import WRONG_USE, console, errors, give_up
from cli.staff import with_database
from core.clock import SystemClock
from core.errors import AppError
from core.invites import actions, queries
from core.invites.model import SheetRequest, Whom
from core.invites.rules import USUAL_TERM
from core.settings import Settings
from core.tables.csvfile import write_csv
from core.tables.table import Kind, Variable
from core.tables.table import Table as Sheet
from storage.models import Organisation
from storage.session import Database

HEADINGS = ("Кому", "Ссылка")


def print_invites(settings: Settings, organisation: str, *, as_csv: bool) -> None:
    """A new link for everybody who has not joined; links that were handed out to them before end."""

    async def work(db: Database) -> None:
        place = await _place(db, organisation)
        bot = await _username(settings)
        rows = [(name, f"https://t.me/{bot}?start={code}") for name, code in await _codes(db, place)]
        _print_csv(rows) if as_csv else _print_table(rows)

    with_database(settings, work)


async def _place(db: Database, code: str) -> int:
    async with db.read() as session:
        found = list(await session.scalars(select(Organisation.id).where(Organisation.code == code)))
        if not found:
            codes = ", ".join(await session.scalars(select(Organisation.code).order_by(Organisation.code)))
            give_up(f"Организации с кодом {code} нет. Есть: {codes or 'ни одной'}.", WRONG_USE)
    if len(found) > 1:
        give_up(f"Код {code} есть в нескольких муниципалитетах. Сделайте лист в кабинете.", WRONG_USE)
    return found[0]


async def _codes(db: Database, place: int) -> list[tuple[str, str]]:
    async with db.read() as session:
        seen = await queries.newest(session, place)
    request = SheetRequest(place, Whom.NOT_JOINED, USUAL_TERM, seen)
    try:
        sheet = await actions.make_sheet(db, SystemClock(), None, request)
    except AppError as error:
        if error.key != "invite.nobody":
            raise
        return []
    return [(slip.name, slip.code) for slip in sheet.slips]


async def _username(settings: Settings) -> str:
    if settings.telegram_token is None:
        give_up("Нет TELEGRAM_TOKEN: ссылка-приглашение ведёт к боту, а бота ещё нет.", WRONG_USE)
    try:
        async with BotApi(settings.telegram_api_url, settings.telegram_token.get_secret_value()) as api:
            return str((await api.call("getMe", {}))["username"])
    except Undelivered:
        give_up("Telegram сейчас не отвечает, а без него не узнать имя бота. Попробуйте позже.")


def _print_table(rows: list[tuple[str, str]]) -> None:
    table = Table(*HEADINGS)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    errors.print("Ссылка срабатывает один раз. Раздайте каждому его собственную. Прежние ссылки этих людей отозваны.")


def _print_csv(rows: list[tuple[str, str]]) -> None:
    variables = [Variable(heading, heading, Kind.TEXT) for heading in HEADINGS]
    sys.stdout.buffer.write(write_csv(Sheet("Приглашения", variables, rows)))
