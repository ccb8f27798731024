"""Delivery to a webhook: in order for each person, several people at once, repeated until it is taken."""

import asyncio
import json

from playground.telegram.state import StandIn
from playground.telegram.updates import Entry
from playground.telegram.webpost import post

_IDLE = 3600.0


class WebhookPump:
    """Posts updates while a webhook is set. Run `run` as a task."""

    def __init__(self, state: StandIn) -> None:
        self.state = state
        self._busy: dict[int, int] = {}
        self._failures: dict[int, tuple[int, float]] = {}

    async def run(self) -> None:
        """Deliver until the stand-in closes."""
        async with asyncio.TaskGroup() as group:
            while not self.state.closing:
                pause = self._start_ready(group)
                await self.state.queue.wait(pause)

    def _start_ready(self, group: asyncio.TaskGroup) -> float:
        """Start what can go now; returns the seconds until something else may go."""
        hook = self.state.webhook
        if not hook.url:
            return _IDLE
        now, pause = self.state.clock(), _IDLE
        # As in Telegram, the next update of a person waits for the one before; other people do not.
        waiting: set[int] = set(self._busy)
        for entry in self.state.queue.ready(10_000):
            lane = entry.sender or -entry.update_id
            if lane in waiting:
                continue
            waiting.add(lane)
            due = self._failures.get(entry.update_id, (0, now))[1]
            if due > now:
                pause = min(pause, due - now)
            elif len(self._busy) < hook.max_connections:
                self._busy[lane] = entry.update_id
                group.create_task(self._deliver(lane, entry))
        return pause

    async def _deliver(self, lane: int, entry: Entry) -> None:
        hook = self.state.webhook
        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret_token
        body = json.dumps(entry.as_json()).encode()
        try:
            status, reason, answer = await post(hook.url, body, headers, self.state.settings.webhook_timeout)
            problem = None if 200 <= status < 300 else f"Wrong response from the webhook: {status} {reason}"
            if problem is None and b'"method"' in answer:
                problem = "stand-in does not know methods in answers to the webhook"
        except TimeoutError:
            problem = "Read timeout expired"
        except OSError as error:
            problem = "Connection refused" if isinstance(error, ConnectionRefusedError) else "Connection closed"
        finally:
            self._busy.pop(lane, None)
        if hook is self.state.webhook:
            self._settle(entry, problem)
        self.state.queue.wake()

    def _settle(self, entry: Entry, problem: str | None) -> None:
        if problem is None:
            self._failures.pop(entry.update_id, None)
            self.state.queue.done(entry.update_id)
            return
        settings, hook = self.state.settings, self.state.webhook
        hook.last_error_message, hook.last_error_date = problem, int(self.state.wall())
        fails = self._failures.get(entry.update_id, (0, 0.0))[0]
        pause = min(settings.webhook_longest_retry, settings.webhook_first_retry * 2.0**fails)
        self._failures[entry.update_id] = (fails + 1, self.state.clock() + pause)
