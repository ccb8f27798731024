"""The queue of updates: numbers rise by one, kept until confirmed and at most 24 hours."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from playground.telegram.model import Json

DEFAULT_OFF = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Not delivered unless asked for (https://core.telegram.org/bots/api#getupdates)."""


@dataclass(slots=True)
class Entry:
    """One update on its way. `repeats` says how often it comes again after it was confirmed (a fault)."""

    update_id: int
    kind: str
    body: Json
    born: float
    sender: int
    repeats: int = 0

    def as_json(self) -> Json:
        """The `Update` of the Bot API."""
        return {"update_id": self.update_id, **self.body}


class UpdateQueue:
    """Updates in order. Whoever waits for more awaits `wait`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.next_id = random.SystemRandom().randrange(100_000_000, 1_000_000_000)
        self.allowed: list[str] = []
        self.held = False
        self.repeat_next = 0
        self._changed = asyncio.Event()

    def add(self, kind: str, payload: Json, now: float, sender: int) -> Entry | None:
        """Queue an update; None if the bot asked not to get this kind."""
        if kind not in self.allowed if self.allowed else kind in DEFAULT_OFF:
            return None
        return self.add_raw(kind, {kind: payload}, now, sender)

    def add_raw(self, kind: str, body: Json, now: float, sender: int = 0) -> Entry:
        """Queue a body as it is, also one that can't be decoded."""
        entry = Entry(self.next_id, kind, body, now, sender)
        if self.repeat_next > 0:
            self.repeat_next -= 1
            entry.repeats = 1
        self.next_id += 1
        self.entries.append(entry)
        self.wake()
        return entry

    def confirm(self, offset: int) -> None:
        """Forget what comes before `offset`; a negative one keeps only that many of the last."""
        if offset < 0:
            self.entries = self.entries[offset:]
            return
        self._forget(lambda entry: entry.update_id < offset)

    def done(self, update_id: int) -> None:
        """Forget one update (it was taken by the webhook)."""
        self._forget(lambda entry: entry.update_id == update_id)

    def _forget(self, gone: Callable[[Entry], bool]) -> None:
        kept = []
        for entry in self.entries:
            if not gone(entry):
                kept.append(entry)
            elif entry.repeats > 0:
                entry.repeats -= 1
                kept.append(entry)
        self.entries = kept

    def expire(self, before: float) -> None:
        """Drop what is older than Telegram keeps."""
        self.entries = [entry for entry in self.entries if entry.born >= before]

    def ready(self, limit: int = 100) -> list[Entry]:
        """What can be handed over now."""
        return [] if self.held else self.entries[:limit]

    def clear(self) -> None:
        """Drop everything."""
        self.entries = []

    def wake(self) -> None:
        """Let everyone who waits look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Return when something changed or the time is over."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return
