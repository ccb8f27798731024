"""Rows that several storage tests need as a base."""

from datetime import UTC, datetime

from sqlalchemy import Select, select

from storage.models import Account, Chat, Municipality
from storage.session import Database, Store

MOMENT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def _row() -> Select[Municipality]:
    return select(Municipality).where(Municipality.code == "zima")


async def add_counter(db: Database, start: int = 0) -> None:
    """One row that concurrent writers can read, change and write."""
    async with db.write() as session:
        session.add(Municipality(code="zima", name="Зима", timezone="Asia/Irkutsk", settings={"n": start}))


async def increase(db: Store) -> None:
    """Read, think, write: exactly what loses updates where transactions are not taken seriously."""
    async with db.write() as session:
        row = (await session.scalars(_row().with_for_update())).one()
        row.settings = {"n": row.settings["n"] + 1}


async def counter(db: Database) -> int:
    async with db.read() as session:
        return int((await session.scalars(_row())).one().settings["n"])


async def add_accounts(db: Database, number: int, channel: str = "telegram") -> list[int]:
    """Accounts with a chat each; the address is 1000 + position."""
    async with db.write() as session:
        accounts = [Account(name=f"Учебный {n}", created_at=MOMENT) for n in range(number)]
        session.add_all(accounts)
        await session.flush()
        session.add_all(
            Chat(account_id=account.id, channel=channel, address=str(1000 + n)) for n, account in enumerate(accounts)
        )
        return [account.id for account in accounts]
