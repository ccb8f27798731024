"""Everything one stand-in holds: the bot, the people, their chats, the updates on their way, the record of calls."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playground.telegram.faults import Faults
from playground.telegram.files import FileShelf
from playground.telegram.limits import MessageLimits
from playground.telegram.model import BotProfile, Call, Chat, Json, Message, PressedButton, User, Webhook
from playground.telegram.settings import StandInSettings
from playground.telegram.updates import UpdateQueue


class StandIn:
    """The state of one stand-in, to be used from one event loop.

    `clock` is monotonic (limits, lifetimes), `wall` is Unix time (dates that people see); both in seconds.
    With `folder` the uploaded files are kept there (see `snapshot.Keeper` for the rest of the state).
    """

    def __init__(
        self,
        settings: StandInSettings | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        folder: Path | None = None,
    ) -> None:
        self.settings = settings or StandInSettings()
        self.clock = clock
        self.wall = wall
        self.folder = folder
        self.chats: dict[int, Chat] = {}
        self.queue = UpdateQueue()
        self.files = FileShelf(folder / "files" if folder else None)
        self.presses: dict[str, PressedButton] = {}
        self.profile = BotProfile()
        self.webhook = Webhook()
        self.webhook_set_at = float("-inf")
        self.faults = Faults()
        self.limits = MessageLimits(self.settings, clock)
        self.calls: deque[Call] = deque(maxlen=self.settings.keep_calls)
        self.last_message_id = 0
        self.revision = 0
        self.changed_at: dict[int, int] = {}
        self.poll_number = 0
        self.closing = False
        self._changed = asyncio.Event()

    @property
    def bot_user(self) -> Json:
        """The bot as a `User`."""
        name = self.profile.names.get("") or self.settings.bot_name
        return {
            "id": self.settings.bot_id,
            "is_bot": True,
            "first_name": name,
            "username": self.settings.bot_username,
        }

    def add_user(self, user: User) -> Chat:
        """Make an account known; one that is known already stays as it is, apart from its name."""
        chat = self.chats.get(user.id)
        if chat is None:
            chat = self.chats[user.id] = Chat(user)
        else:
            chat.user.first_name, chat.user.last_name = user.first_name, user.last_name
        return chat

    def add_message(self, chat: Chat, message: Message) -> None:
        """Put a message into a chat."""
        chat.messages[message.message_id] = message
        self.touch(chat.user.id)

    def new_message(
        self, *, outgoing: bool, body: Json, markup: Json | None = None, reply_to: int | None = None
    ) -> Message:
        """A message with the next number. Numbers rise over all chats, as they do for a bot."""
        self.last_message_id += 1
        return Message(self.last_message_id, self.wall(), outgoing, body, markup, reply_to=reply_to)

    def touch(self, user_id: int) -> None:
        """Something in this person's chat changed: everyone who watches looks again."""
        self.revision += 1
        self.changed_at[user_id] = self.revision
        self.wake()

    def wake(self) -> None:
        """Wake everyone who waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for_change(self, seconds: float) -> None:
        """Return at the next change, at closing, or after so many seconds."""
        if self.closing:
            return
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return

    def close(self) -> None:
        """End open polls and streams, so that the server can stop."""
        self.closing = True
        self.wake()
        self.queue.wake()

    def reopen(self) -> None:
        """Serve again after `close`."""
        self.closing = False

    def forget_old_presses(self) -> None:
        """Drop presses that can't be answered any more."""
        oldest = self.clock() - self.settings.callback_lifetime
        for query_id in [number for number, press in self.presses.items() if press.pressed_at < oldest]:
            del self.presses[query_id]

    def queue_update(self, kind: str, payload: Json, sender: int) -> int | None:
        """Queue an update; returns its number, or None if the bot does not want this kind."""
        entry = self.queue.add(kind, payload, self.wall(), sender)
        self.touch(sender)
        return entry.update_id if entry else None

    def inject_update(self, body: Json) -> int:
        """Queue an update as it is, for example {"message": {"garbage": 1}}; returns its number."""
        return self.queue.add_raw("injected", body, self.wall()).update_id

    def hold_updates(self, *, on: bool) -> None:
        """While on, updates gather and none is handed over: for presses that shall arrive together."""
        self.queue.held = on
        self.queue.wake()

    def repeat_updates(self, times: int = 1) -> None:
        """So many of the next updates come a second time, with the same number, after they were confirmed."""
        self.queue.repeat_next = times

    def clear_faults(self) -> None:
        """Switch every trouble off."""
        self.faults.clear()
        self.repeat_updates(0)
        self.hold_updates(on=False)

    def record(self, method: str, params: Json, response: Json) -> None:
        """Remember one request of the bot."""
        self.calls.append(Call(method, params, self.wall(), response, bool(response.get("ok"))))

    def outgoing_text(self) -> Iterator[str]:
        """Every string in everything the bot sent: texts, captions, labels, button data, file names, answers."""
        for call in self.calls:
            yield from _strings(call.params)

    def message_json(self, chat: Chat, message: Message, *, with_reply: bool = True) -> Json:
        """A `Message` of the Bot API."""
        body: Json = {
            "message_id": message.message_id,
            "from": self.bot_user if message.outgoing else chat.user.as_from(),
            "chat": chat.user.as_chat(),
            "date": int(message.date),
        }
        if message.edit_date is not None:
            body["edit_date"] = int(message.edit_date)
        answered = chat.messages.get(message.reply_to or 0)
        if answered and with_reply:
            body["reply_to_message"] = self.message_json(chat, answered, with_reply=False)
        body |= message.body
        if message.inline_rows:
            body["reply_markup"] = message.reply_markup
        return body


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
