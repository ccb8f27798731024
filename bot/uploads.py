"""Files that Telegram has already: the first message brings one, the others name it (Bot API, "Sending files")."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from aiogram.types import Message

from bot.composing import Source, upload
from bot.outcomes import Undelivered
from bot.screens.model import File

KEPT = 100
"""Files whose id is remembered; their content is not."""
AT_HAND = 4
"""Contents whose digest is remembered: a broadcast asks for the same one thousands of times."""
BAD_FILE = "bad_file"

Turn = Callable[[], Awaitable[object]]
"""Waits until one message may be sent."""


@dataclass(eq=False, slots=True)
class _Known:
    id: str | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Uploads:
    """One for each bot: an id means nothing to another one."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._files: OrderedDict[tuple[str, str, str], _Known] = OrderedDict()

    async def send(self, file: File, turn: Turn, call: Callable[[Source], Awaitable[Message | bool]]) -> Message | bool:
        """What `call` returns, given the file's id or its content.

        While the first message brings the file, the others wait; only then they take their turn. An id that
        Telegram does not know any more is forgotten, and the file is brought again.
        """
        known = self._known(file)
        async with _alone(known):
            number = known.id
            await turn()
            try:
                answer = await call(number or upload(file))
            except Undelivered as error:
                if number is None or error.trouble.reason != BAD_FILE:
                    raise
                known.id = None if known.id == number else known.id
            else:
                known.id = _id_in(answer) or number
                return answer
        return await self.send(file, turn, call)

    def _known(self, file: File) -> _Known:
        key = (type(file).__name__, file.name, _digest(file.content))
        known = self._files.setdefault(key, _Known())
        self._files.move_to_end(key)
        if len(self._files) > self._kept:
            self._files.popitem(last=False)
        return known


@asynccontextmanager
async def _alone(known: _Known) -> AsyncIterator[None]:
    """Holds the others back while nobody knows the id."""
    if known.id is None:
        async with known.lock:
            if known.id is None:
                yield
                return
    yield


@lru_cache(maxsize=AT_HAND)
def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _id_in(answer: Message | bool) -> str | None:
    if isinstance(answer, bool):
        return None
    if answer.photo:
        return answer.photo[-1].file_id
    return answer.document.file_id if answer.document else None
