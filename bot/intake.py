"""Updates from Telegram into the inbox (DESIGN, way 1): confirmed only after they are on disk.

`getUpdates` with an offset confirms everything below it, so the offset of a call is always one that was
stored before. aiogram's own polling confirms first and handles later, and loses what it holds when it dies.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.backoff import Sleep, delay
from bot.botapi import BotApi
from bot.failures import DATABASE_AWAY
from bot.outcomes import Undelivered
from bot.waiting import unless
from core.clock import Clock
from core.people.model import Channel
from storage import inbox
from storage.inbox import Incoming
from storage.session import Database

log = structlog.get_logger()

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
POLL_SECONDS = 50
"""How long Telegram may keep a question open; it accepts no more."""
LONGEST_PAUSE = 30.0
CONFLICT_PAUSE = 5.0


class WrongToken(Exception):
    """Telegram does not know the token; trying again cannot help."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know this bot: check TELEGRAM_TOKEN (and TELEGRAM_API_URL)")


@dataclass(frozen=True, slots=True)
class _Answer:
    updates: object


def person_of(update: Mapping[str, Any]) -> str:
    """Key of the one-at-a-time order: the sender's id, for any kind of update, also an unknown or broken one."""
    found = _id_in(update)
    number = update.get("update_id")
    return str(found) if found is not None else f"update-{number}"[:40]


def _id_in(update: Mapping[str, Any]) -> int | None:
    for content in update.values():
        if not isinstance(content, dict):
            continue
        for owner in ("from", "user", "sender_chat", "chat"):
            who = content.get(owner)
            if isinstance(who, dict) and type(who.get("id")) is int and abs(who["id"]) < 10**30:
                return int(who["id"])
    return None


def incoming(update: Mapping[str, Any]) -> Incoming:
    """The row of an update. Plain ASCII on purpose: a half of a surrogate pair cannot be stored otherwise."""
    return Incoming(update["update_id"], person_of(update), json.dumps(update, separators=(",", ":")))


class Intake:
    """Long polling. `wake` is called whenever something new was stored."""

    def __init__(
        self, api: BotApi, db: Database, clock: Clock, wake: Callable[[], None], *, poll_seconds: int = POLL_SECONDS
    ) -> None:
        self._api = api
        self._db = db
        self._clock = clock
        self._wake = wake
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._failures = 0
        self.last_poll: datetime | None = None
        """When Telegram last answered."""

    async def run(self, sleep: Sleep, stop: asyncio.Event) -> None:
        """Ends within moments when `stop` is set: a question left open is dropped. Raises WrongToken."""
        while not stop.is_set():
            if (pause := await self.step(stop)) > 0:
                await sleep(pause)

    async def step(self, stop: asyncio.Event) -> float:
        """One question to Telegram; returns the seconds to wait before the next one."""
        try:
            answer = await unless(stop, self._ask())
        except Undelivered as error:
            return self._pause_after(error)
        if answer is None:
            return 0.0
        self.last_poll = self._clock.now()
        if self._failures:
            log.info("telegram is back", failures=self._failures)
            self._failures = 0
        return await self._keep(answer.updates)

    async def _ask(self) -> "_Answer":
        return _Answer(await self._api.call("getUpdates", self._question(), timeout=self._poll_seconds + 10))

    def _question(self) -> dict[str, Any]:
        question: dict[str, Any] = {"timeout": self._poll_seconds, "allowed_updates": list(ALLOWED_UPDATES)}
        return question if self._offset is None else question | {"offset": self._offset}

    async def _keep(self, updates: object) -> float:
        """Stores what came. Only then does the offset move."""
        usable = sorted(_usable(updates), key=lambda one: int(one["update_id"]))
        if not usable:
            # Everything is confirmed. Without an offset nothing new is missed when Telegram draws a new,
            # lower number after a quiet week (Bot API, Update.update_id).
            self._offset = None
            return 0.0 if updates == [] else delay(1)
        try:
            await self._store([incoming(one) for one in usable])
        except DATABASE_AWAY as error:
            self._failures += 1
            log.warning("updates not stored", error=type(error).__name__, failures=self._failures)
            return delay(self._failures, longest=LONGEST_PAUSE)
        self._offset = int(usable[-1]["update_id"]) + 1
        return 0.0

    async def _store(self, updates: Sequence[Incoming]) -> None:
        new = await inbox.receive(self._db, Channel.TELEGRAM, updates, self._clock.now())
        if new < len(updates):
            log.info("updates repeated", repeated=len(updates) - new)
        if new:
            self._wake()

    def _pause_after(self, error: Undelivered) -> float:
        self._failures += 1
        if error.code in (401, 404):
            raise WrongToken from error
        if error.code == 409:
            log.error(
                "another program takes this bot's updates",
                hint="stop the other program, or remove its webhook, or use another token",
            )
            return delay(self._failures, first=CONFLICT_PAUSE, longest=LONGEST_PAUSE)
        log.warning("telegram is away", reason=error.trouble.reason, failures=self._failures)
        if error.trouble.wait is not None:
            return error.trouble.wait
        return delay(self._failures, longest=LONGEST_PAUSE)


def _usable(updates: object) -> list[dict[str, Any]]:
    if not isinstance(updates, list):
        log.error("updates not understood", kind=type(updates).__name__)
        return []
    usable = [one for one in updates if isinstance(one, dict) and type(one.get("update_id")) is int]
    if len(usable) < len(updates):
        log.error("updates without a number", count=len(updates) - len(usable))
    return usable
