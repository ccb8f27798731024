"""Telegram and people who press, in a process of their own: their work delays nothing that is measured.

Commanded by lines of JSON on standard input, `{"do": …}`, each answered by one line on standard output
(benchmarks.apart is the other end).
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks import conversation
from playground.telegram.acts import perform
from playground.telegram.model import Call
from playground.telegram.server import StandInServer
from playground.telegram.state import StandIn

PRESSES = 20
"""Of each of them; one after the other, so that the limit has room for nearly nothing but the broadcast."""
ALONE = 3
"""How many of them press before the broadcast."""
BETWEEN = 0.4
"""Seconds that somebody thinks before a press."""


class Presser:
    """Somebody in the midst of a survey; its questions follow one another in one message."""

    def __init__(self, state: StandIn, user: int, message: int) -> None:
        self._state = state
        self._user = user
        self._message = message
        self.seconds: list[float] = []
        """From each press to the next question."""

    async def answer_all(self) -> None:
        for _ in range(PRESSES):
            await asyncio.sleep(BETWEEN)
            begun = time.perf_counter()
            await self._press()
            self.seconds.append(time.perf_counter() - begun)

    async def _press(self) -> None:
        message = self._state.chats[self._user].messages[self._message]
        before = message.edits
        data = conversation.onward([one for row in message.inline_rows for one in row])
        perform(self._state, self._user, "press", {"message_id": self._message, "data": data})
        await conversation.until(self._state, lambda: message.edits > before)


class Orders:
    """What the other end asks for; each method is one `do`."""

    def __init__(self, state: StandIn) -> None:
        self._state = state
        self._pressers: list[Presser] = []
        self._pressing: asyncio.Task[None] | None = None
        self._begun = 0

    async def let_in(self, users: Sequence[int]) -> None:
        conversation.let_in(self._state, users)

    async def open_surveys(self, users: Sequence[int]) -> None:
        """Of which they answer nothing yet."""
        for user in users:
            await conversation.open_survey(self._state, user)
            found = conversation.button(self._state, user, "")
            assert found is not None
            self._pressers.append(Presser(self._state, user, found[0]))

    async def press_alone(self) -> list[float]:
        await _one_after_the_other(self._pressers[:ALONE])
        return _seconds(self._pressers[:ALONE])

    async def press_on(self) -> None:
        """The others go on until the figures are asked for."""
        self._begun = len(self._state.calls)
        self._pressing = asyncio.create_task(_one_after_the_other(self._pressers[ALONE:]))

    async def figures(self, text: str) -> dict[str, Any]:
        """Since `press_on`: see benchmarks.broadcast.Figures."""
        assert self._pressing is not None
        calls = list(self._state.calls)[self._begun :]
        if not self._pressing.cancel():
            self._pressing.result()  # raises what stopped it early
        received = Counter(str(one.params["chat_id"]) for one in calls if one.ok and one.params.get("text") == text)
        return {
            "received": received,
            "counted": _counted(calls),
            "refused": sum(one.response.get("error_code") == 429 for one in calls),
            "during": _seconds(self._pressers[ALONE:]),
        }


async def _one_after_the_other(pressers: Iterable[Presser]) -> None:
    for one in pressers:
        await one.answer_all()


def _seconds(pressers: Iterable[Presser]) -> list[float]:
    return [second for one in pressers for second in one.seconds]


def _counted(calls: Iterable[Call]) -> int:
    return sum(one.ok and one.method.lower().startswith(("send", "edit")) for one in calls)


async def _obey() -> None:
    async with StandInServer() as stand_in:
        _say({"base_url": stand_in.base_url, "token": stand_in.token})
        orders = Orders(stand_in.state)
        while line := await asyncio.to_thread(sys.stdin.readline):
            order = json.loads(line)
            _say(await getattr(orders, order.pop("do"))(**order))


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_obey())
