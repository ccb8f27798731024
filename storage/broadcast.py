"""Deliveries to many people at once, made by the database itself.

Thousands of rows that travel through the program hold the only writer of SQLite for seconds, and everybody who
presses a button meanwhile waits for them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import JSON

from storage.models import Delivery


async def enqueue_each(
    session: AsyncSession,
    kind: str,
    subject: int,
    people: Select[int] | Select[int, int | None],
    not_before: datetime,
    slot: str = "",
) -> int:
    """One delivery for each row of `people`, in their order; returns how many, without those that there were before.

    The rows have an account's id, and the number of a message in its chat when the delivery is about that:
    then `params` are {"message": number}.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    account, *message = people.selected_columns
    values: dict[str, ColumnElement[Any]] = {
        "kind": literal(kind),
        "subject": literal(subject),
        "account_id": account,
        "slot": literal(slot),
        "params": _params(message, on_sqlite=on_sqlite),
        "urgent": literal(False),
        "state": literal("queued"),
        "attempts": literal(0),
        "doubtful": literal(False),
        "revision": literal(0),
        "not_before": literal(not_before, Delivery.not_before.type),
    }
    insert = (sqlite if on_sqlite else postgresql).insert(Delivery)
    rows = people.with_only_columns(*(value.label(name) for name, value in values.items()))
    result = await session.execute(insert.from_select(list(values), rows).on_conflict_do_nothing())
    return max(0, getattr(result, "rowcount", 0))


def _params(message: list[ColumnElement[Any]], *, on_sqlite: bool) -> ColumnElement[Any]:
    if not message:
        return literal({}, JSON())
    make = func.json_object if on_sqlite else func.json_build_object
    return make(literal("message"), message[0])
