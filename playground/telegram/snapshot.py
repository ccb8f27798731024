"""Keeping the state between two runs: one JSON file, replaced atomically; uploads as files beside it."""

import asyncio
import json
import os
from dataclasses import asdict
from pathlib import Path

from playground.telegram.model import (
    BotProfile,
    CallbackAnswer,
    Chat,
    Json,
    Message,
    StoredFile,
    User,
    Webhook,
)
from playground.telegram.state import StandIn
from playground.telegram.updates import Entry

FORMAT = 1
PAUSE = 1.0
"""Seconds between a change and its writing."""


class Keeper:
    """Reads and writes `state.folder`/state.json. Presses that wait for an answer are not kept: they age anyway."""

    def __init__(self, state: StandIn) -> None:
        if state.folder is None:
            raise ValueError("a state without a folder can't be kept")
        self.state = state
        self.path: Path = state.folder / "state.json"
        self._saved = -1

    def load(self) -> bool:
        """Read what was kept; False if there is nothing. Raises ValueError for a file that can't be read."""
        if not self.path.exists():
            return False
        kept = json.loads(self.path.read_text("utf-8"))
        if kept.get("format") != FORMAT:
            raise ValueError(f"{self.path} was written by another version")
        restore(self.state, kept)
        self._saved = self.state.revision
        return True

    def save(self) -> None:
        """Write the state now."""
        self._saved = self.state.revision
        self._write(json.dumps(snapshot(self.state), ensure_ascii=False))

    def _write(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    async def run(self) -> None:
        """Write shortly after changes, until cancelled."""
        while True:
            if self._saved == self.state.revision:
                await self.state.wait_for_change(3600.0)
            await asyncio.sleep(PAUSE)
            self._saved = self.state.revision
            text = json.dumps(snapshot(self.state), ensure_ascii=False)
            await asyncio.to_thread(self._write, text)


def snapshot(state: StandIn) -> Json:
    """The whole state as JSON."""
    return {
        "format": FORMAT,
        "chats": [asdict(chat) for chat in state.chats.values()],
        "updates": [asdict(entry) for entry in state.queue.entries],
        "next_update": state.queue.next_id,
        "allowed": state.queue.allowed,
        "files": [asdict(file) for file in state.files.known.values()],
        "profile": asdict(state.profile),
        "webhook": asdict(state.webhook),
        "last_message_id": state.last_message_id,
    }


def restore(state: StandIn, kept: Json) -> None:
    """Put a snapshot into a fresh state."""
    for chat in kept["chats"]:
        state.chats[chat["user"]["id"]] = _chat(chat)
    state.queue.entries = [Entry(**entry) for entry in kept["updates"]]
    state.queue.next_id = kept["next_update"]
    state.queue.allowed = kept["allowed"]
    state.files.known = {file["file_id"]: StoredFile(**file) for file in kept["files"]}
    state.profile = BotProfile(**kept["profile"])
    state.webhook = Webhook(**kept["webhook"])
    state.last_message_id = kept["last_message_id"]


def _chat(kept: Json) -> Chat:
    parts = dict(kept)
    parts["user"] = User(**kept["user"])
    # JSON has no whole numbers as keys
    messages = [Message(**message) for message in kept["messages"].values()]
    parts["messages"] = {message.message_id: message for message in messages}
    parts["answers"] = [CallbackAnswer(**answer) for answer in kept["answers"]]
    return Chat(**parts)
