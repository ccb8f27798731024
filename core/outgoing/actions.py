"""A municipality's sending rules, what a person does not want, what leaves a digest. Each function: one transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import String, cast, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core import audit
from core.announcements.model import MUTABLE
from core.clock import Clock
from core.errors import AppError, Denied, NotFound
from core.outgoing import rules as outgoing
from core.outgoing.describing import told
from core.outgoing.model import DIGEST, RELEASED, SETTING, SendingRules
from core.people.model import Actor
from storage.dialect import insert_missing
from storage.models import Account, Delivery, Municipality, Mute
from storage.session import Store

LOST = ("unreachable", "failed")
"""States of a digest that nobody will read."""


async def set_rules(
    store: Store, clock: Clock, actor: Actor, municipality_id: int, rules: SendingRules, *, seen: str | None = None
) -> None:
    """For every message from now on, and for digests that are being gathered.

    `seen`: fingerprint of the rules that the form showed.
    Raises Denied, AppError sending.changed_meanwhile, and sending.* for rules that cannot be followed.
    """
    if not actor.manages(municipality_id):
        raise Denied
    outgoing.check(rules)
    async with store.write() as session:
        row = await session.get(Municipality, municipality_id, with_for_update=True)
        if row is None:
            raise NotFound
        present = outgoing.from_settings(row.settings)
        if seen is not None and seen != outgoing.fingerprint(present):
            raise AppError("sending.changed_meanwhile")
        row.settings = {**row.settings, SETTING: outgoing.to_json(rules)}
        await _move_digests(session, clock.now(), row, rules)
        before, after = told(present), told(rules)
        _note(session, clock, actor, municipality_id, {key: (before[key], after[key]) for key in after})


async def _move_digests(session: AsyncSession, now: datetime, place: Municipality, rules: SendingRules) -> None:
    """To their new time; not sooner than what has just been put into them can have got there."""
    people = select(Account.id).where(Account.municipality_id == place.id)
    waiting = (Delivery.kind == DIGEST) & (Delivery.state == "queued") & Delivery.account_id.in_(people)
    for day in (await session.scalars(select(Delivery.subject).where(waiting).distinct())).all():
        moment = max(now + outgoing.MARGIN, outgoing.digest_of(date.fromordinal(day), rules, place.timezone))
        await session.execute(update(Delivery).where(waiting, Delivery.subject == day).values(not_before=moment))


def _note(
    session: AsyncSession, clock: Clock, actor: Actor, municipality_id: int, fields: Mapping[str, tuple[Any, Any]]
) -> None:
    changes = {field: pair for field, pair in fields.items() if pair[0] != pair[1]}
    if changes:
        place = f"municipality:{municipality_id}"
        audit.note(
            session, clock.now(), actor, "sending.changed", place, municipality_id=municipality_id, changes=changes
        )


async def mute(store: Store, actor: Actor, category: str, *, muted: bool) -> None:
    """What this person does not want, or wants again. Raises NotFound for what cannot be muted."""
    if category not in MUTABLE:
        raise NotFound
    async with store.write() as session:
        if muted:
            await insert_missing(session, Mute, [{"account_id": actor.account_id, "category": category}])
        else:
            await session.execute(delete(Mute).where(Mute.account_id == actor.account_id, Mute.category == category))


async def release(store: Store, account_id: int, delivery_id: int) -> bool:
    """The only line of a digest goes by itself; False when it has left the digest before."""
    return await _take_out(store, account_id, delivery_id, "queued", {RELEASED: True})


async def hold(store: Store, account_id: int, delivery_id: int) -> bool:
    """A line of a digest belongs to what is paused: it waits with it, and is decided anew when that goes on."""
    return await _take_out(store, account_id, delivery_id, "held")


async def withdraw(store: Store, account_id: int, delivery_id: int, reason: str) -> bool:
    """A line of a digest is not wanted any more by the time that goes; `reason` is a code for the report."""
    return await _take_out(store, account_id, delivery_id, "cancelled", reason=reason)


async def _take_out(
    store: Store,
    account_id: int,
    delivery_id: int,
    state: str,
    params: Mapping[str, Any] = MappingProxyType({}),
    reason: str | None = None,
) -> bool:
    async with store.write() as session:
        row = await session.scalar(
            select(Delivery)
            .where(Delivery.id == delivery_id, Delivery.account_id == account_id, Delivery.state == "merged")
            .with_for_update()
        )
        if row is None:
            return False
        row.state, row.reason, row.params = state, reason, {**row.params, **params}
        return True


async def shown(store: Store, account_id: int, delivery_id: int, message_id: int, revision: int) -> None:
    """A line of a digest was opened: the whole of it stands in the chat and can be corrected there."""
    async with store.write() as session:
        await session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id, Delivery.account_id == account_id, Delivery.state == "merged")
            .values(message_id=message_id, revision=revision)
        )


async def settle(store: Store) -> int:
    """What was in a digest that could not be delivered shares its fate; returns how many messages."""
    digest = aliased(Delivery)
    its_own = (digest.account_id == Delivery.account_id) & (cast(digest.subject, String) == Delivery.reason)
    lost = (
        select(Delivery.id, digest.state, digest.reason)
        .join(digest, (digest.kind == DIGEST) & its_own)
        .where(digest.state.in_(LOST), Delivery.state == "merged")
    )
    async with store.read() as session:
        found = (await session.execute(lost)).all()
    if not found:
        return 0
    async with store.write() as session:
        for delivery_id, state, reason in found:
            row = (Delivery.id == delivery_id) & (Delivery.state == "merged")
            await session.execute(update(Delivery).where(row).values(state=state, reason=reason))
    return len(found)
