"""Deliveries to many at once are the rows that one by one would have been."""

import asyncio

from sqlalchemy import select, update

from storage import outbox
from storage.broadcast import enqueue_each
from storage.models import Account, Delivery
from storage.outbox import NewDelivery
from storage.session import Database
from tests.storage.rows import MOMENT, add_accounts


async def _to_everybody(db: Database, slot: str = "") -> int:
    async with db.write() as session:
        everybody = select(Account.id).order_by(Account.id.desc())
        return await enqueue_each(session, "announcement", 7, everybody, MOMENT, slot)


async def _rows(db: Database, kind: str = "announcement") -> list[Delivery]:
    async with db.read() as session:
        return list(await session.scalars(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id)))


def _values(one: Delivery) -> dict[str, object]:
    left_out = ("id", "subject")
    return {column.key: getattr(one, column.key) for column in Delivery.__table__.columns if column.key not in left_out}


async def test_they_are_like_those_that_are_made_one_by_one(db: Database) -> None:
    accounts = sorted(await add_accounts(db, 3), reverse=True)
    assert await _to_everybody(db) == 3
    async with db.write() as session:
        await outbox.enqueue(session, [NewDelivery("announcement", 8, one, MOMENT) for one in accounts])
    found = await _rows(db)
    assert [one.account_id for one in found[:3]] == accounts
    assert [_values(one) for one in found[:3]] == [_values(one) for one in found[3:]]


async def test_the_same_message_is_made_once_whoever_asks(db: Database) -> None:
    await add_accounts(db, 20)
    assert sum(await asyncio.gather(*(_to_everybody(db) for _ in range(3)))) == 20
    assert await _to_everybody(db, "2") == 20


async def test_about_a_message_in_each_chat(db: Database) -> None:
    accounts = await add_accounts(db, 2)
    await _to_everybody(db)
    async with db.write() as session:
        await session.execute(update(Delivery).values(message_id=Delivery.account_id + 100))
        chats = select(Delivery.account_id, Delivery.message_id).where(Delivery.kind == "announcement")
        assert (
            await enqueue_each(session, "announcement.edit", 7, chats.order_by(Delivery.account_id), MOMENT, "2") == 2
        )
    edits = await _rows(db, "announcement.edit")
    assert [(one.account_id, one.slot, one.params) for one in edits] == [
        (one, "2", {"message": one + 100}) for one in accounts
    ]
