"""Accounts of staff: the first administrator comes from here."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from rich.table import Table
from sqlalchemy import select

from cli import logs
from cli.console import WRONG_USE, console, give_up, say
from cli.preparing import install_profile, prepare_database, publish_built_in
from cli.words import explain
from core.accounts import actions as accounts
from core.clock import SystemClock
from core.errors import AppError
from core.people.model import Role
from core.settings import Settings
from storage.models import Account, Grant, Municipality
from storage.session import Database, open_database

TITLES = {
    Role.ADMINISTRATOR: "администратор",
    Role.METHODIST: "методист",
    Role.COORDINATOR: "ответственный",
    Role.LEADER: "руководитель объединения",
}
T = TypeVar("T")


def add(settings: Settings, name: str, role: str, login: str | None) -> None:
    if role not in {Role.ADMINISTRATOR, Role.METHODIST}:
        give_up("Роль может быть administrator или methodist.", WRONG_USE)
    password = typer.prompt("Пароль", hide_input=True, confirmation_prompt="Ещё раз") if login else None

    async def work(db: Database) -> None:
        clock = SystemClock()
        municipality = await _municipality(db, settings) if role == Role.METHODIST else None
        account = await accounts.create_staff(db, clock, name, Role(role), municipality, login=login, password=password)
        say(f"Готово: {name}, учётная запись № {account}.")
        if login is None:
            await _print_link(db, settings, account)

    with_database(settings, work)


def show(settings: Settings) -> None:
    async def work(db: Database) -> None:
        rows = select(Account.id, Account.name, Account.login, Grant.role).join(Grant, Grant.account_id == Account.id)
        table = Table("№", "Имя", "Вход по паролю", "Роль")
        async with db.read() as session:
            for number, name, login, role in await session.execute(rows.where(Account.name.is_not(None))):
                table.add_row(str(number), name, login or "—", TITLES[Role(role)])
        console.print(table)

    with_database(settings, work)


def print_link(settings: Settings, account: int) -> None:
    with_database(settings, lambda db: _print_link(db, settings, account))


async def _print_link(db: Database, settings: Settings, account: int) -> None:
    token = await accounts.make_sign_in_link(db, SystemClock(), account)
    say("Ссылка для входа, один раз и 15 минут:")
    say(f"{settings.public_admin_url}/enter/{token}")


async def _municipality(db: Database, settings: Settings) -> int:
    await install_profile(db, SystemClock(), settings.profile)
    async with db.read() as session:
        return (await session.scalars(select(Municipality.id).order_by(Municipality.id).limit(1))).one()


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    """Runs it on the prepared database; an expected error becomes a message."""
    logs.set_up(settings)

    async def prepared() -> T:
        await prepare_database(settings)
        async with open_database(settings.database) as db:
            await publish_built_in(db, SystemClock(), settings.profile)
            return await work(db)

    try:
        return asyncio.run(prepared())
    except AppError as error:
        give_up(explain(error))
