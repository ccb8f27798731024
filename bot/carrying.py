"""One delivery from its claim to its outcome: asks what is to be done with it, and does that in its chat."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from bot.backoff import delay
from bot.failures import DATABASE_AWAY, kind_of
from bot.limits import Lane
from bot.outcomes import Undelivered
from bot.screens.errands import Drop, Errand, Hold, Later, Merge, Remove, Replace, Show
from bot.screens.model import Screen
from bot.uploads import Turn
from core.clock import Clock
from core.errors import AppError
from storage.outbox import Claimed
from storage.outcomes import Outcome

log = structlog.get_logger()

LONGEST_RETRY = 60.0
"""Seconds; no longer, so that everything goes on soon after Telegram is back."""
BEFORE_ANOTHER_TRY = 120.0
"""Seconds after a message whose answer did not come: by then it is mostly clear whether Telegram is well."""

PREPARED_AT_ONCE = 2
"""Deliveries that nobody waits for: the database and this process have to answer people meanwhile."""

Render = Callable[[Claimed], Awaitable[Errand]]
Admit = Callable[[Claimed, Lane], Awaitable[None]]
"""Waits for a delivery's turn. Raises NotNow when it has to be given back."""


class NotNow(Exception):
    """The delivery is given back as it was: nothing has been asked of the messenger."""


class Messenger(Protocol):
    """The transport, as far as deliveries need it."""

    async def show(self, chat: int | str, screen: Screen, *, lane: Lane, turn: Turn) -> int: ...

    async def replace(self, chat: int | str, message: int, screen: Screen, *, turn: Turn) -> None: ...

    async def remove(self, chat: int | str, message: int, instead: Screen, *, turn: Turn, lane: Lane) -> bool: ...


class Carrier:
    """`carry` raises what went wrong on the way; `after` says what follows from that."""

    def __init__(self, clock: Clock, messenger: Messenger, render: Render, admit: Admit) -> None:
        self._clock = clock
        self._messenger = messenger
        self._render = render
        self._admit = admit
        self._few = asyncio.Semaphore(PREPARED_AT_ONCE)

    async def carry(self, delivery: Claimed) -> Outcome:
        """Returns when the messenger has confirmed it, or when nothing was to be asked of it."""
        if delivery.address is None or delivery.unreachable is not None:
            return self._outcome(delivery, "unreachable", reason=delivery.unreachable or "no_chat")
        match await self._prepared(delivery):
            case Later(until):
                return self._outcome(delivery, "queued", not_before=until)
            case Hold():
                return self._outcome(delivery, "held")
            case Merge(digest):
                return self._outcome(delivery, "merged", reason=str(digest.subject), digest=digest)
            case Drop(reason):
                return self._outcome(delivery, "cancelled", reason=reason)
            case errand:
                return await self._ask(delivery, delivery.address, errand)

    async def _prepared(self, delivery: Claimed) -> Errand:
        if delivery.urgent:
            return await self._render(delivery)
        async with self._few:
            return await self._render(delivery)

    async def _ask(self, delivery: Claimed, chat: str, errand: Show | Replace | Remove) -> Outcome:
        lane = Lane.INTERACTIVE if delivery.urgent else Lane.BULK
        turn = partial(self._admit, delivery, lane)
        match errand:
            case Show(screen, revision):
                number = await self._messenger.show(chat, screen, lane=lane, turn=turn)
                return self._outcome(delivery, "sent", message_id=number, revision=revision)
            case Replace(message, screen, revision):
                await self._messenger.replace(chat, message, screen, turn=turn)
                return self._outcome(delivery, "sent", message_id=message, revision=revision)
            case Remove(message, instead):
                was_there = await self._messenger.remove(chat, message, instead, turn=turn, lane=lane)
                return self._outcome(delivery, "sent", reason=None if was_there else "already_gone")

    def after(self, delivery: Claimed, error: Exception) -> Outcome:
        """What follows from an error on the way."""
        if isinstance(error, NotNow):
            return self._outcome(delivery, "queued")
        if isinstance(error, Undelivered):
            return self._undelivered(delivery, error)
        if isinstance(error, DATABASE_AWAY):
            return self._outcome(delivery, "retrying", reason="database", not_before=self._later(_pause(delivery)))
        if isinstance(error, AppError):
            return self._outcome(delivery, "cancelled", reason=error.key)
        log.error("delivery failed", delivery=delivery.id, error=kind_of(error))
        return self._outcome(delivery, "failed", reason=kind_of(error))

    def _undelivered(self, delivery: Claimed, error: Undelivered) -> Outcome:
        """A message without an answer is tried once more; without a second one, nobody knows."""
        trouble = error.trouble
        state, wait = trouble.state, trouble.wait or _pause(delivery)
        if state == "unknown" and not delivery.doubtful:
            state, wait = "retrying", BEFORE_ANOTHER_TRY
        return self._outcome(
            delivery,
            state,
            reason=trouble.reason,
            not_before=self._later(wait) if state == "retrying" else None,
            chat_unreachable=trouble.unreachable,
            doubtful=trouble.doubtful,
        )

    def _later(self, seconds: float) -> datetime:
        return self._clock.now() + timedelta(seconds=seconds)

    def _outcome(self, delivery: Claimed, state: str, **more: Any) -> Outcome:
        return Outcome(delivery.id, state, self._clock.now(), lease=delivery.until, **more)


def _pause(delivery: Claimed) -> float:
    return delay(delivery.attempts, first=2.0, longest=LONGEST_RETRY)
