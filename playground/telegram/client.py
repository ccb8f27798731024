"""A person for tests: writes, presses what stands on the buttons, waits for words.

`ChatUser` works on a stand-in of the same process (`StandInServer.user`) or over HTTP (`remote.RemoteStandIn.user`).
"""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from playground.telegram.acts import perform
from playground.telegram.model import Json
from playground.telegram.state import StandIn
from playground.telegram.view import chat_view

PATIENCE = 10.0
"""Seconds to wait for something that should happen."""


class NotSeen(AssertionError):
    """What the person waited or looked for is not there; says what is there instead."""


class Line(Protocol):
    """How a ChatUser reaches the stand-in."""

    async def act(self, user_id: int, act: str, args: Json) -> Json:
        """Do something as this person."""

    async def view(self, user_id: int, after: int, seconds: float) -> Json:
        """The chat, as soon as its revision is above `after` or the time is over."""

    def peek(self, user_id: int) -> Json | None:
        """The chat at once, if that is possible."""


class LocalLine:
    """A stand-in in this process."""

    def __init__(self, state: StandIn) -> None:
        self.state = state

    async def act(self, user_id: int, act: str, args: Json) -> Json:
        """See Line."""
        return perform(self.state, user_id, act, args)

    async def view(self, user_id: int, after: int, seconds: float) -> Json:
        """See Line."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while self.state.changed_at.get(user_id, 0) <= after and loop.time() < deadline and not self.state.closing:
            await self.state.wait_for_change(deadline - loop.time())
        return chat_view(self.state, self.state.chats[user_id])

    def peek(self, user_id: int) -> Json | None:
        """See Line."""
        return chat_view(self.state, self.state.chats[user_id])


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; one of `data`, `url` and `copy` is set. `start` is the code of a deep link to the bot."""

    text: str
    data: str | None
    url: str | None
    start: str | None
    copy: str | None
    style: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message as the person sees it now. `text` is the text or the caption without tags."""

    message_id: int
    from_bot: bool
    text: str
    buttons: list[list[Button]]
    edited: bool
    edits: int
    photo: Json | None
    document: Json | None
    entities: list[Json]
    reply_to: int | None
    date: float

    @property
    def labels(self) -> list[str]:
        """What stands on the inline buttons."""
        return [button.text for row in self.buttons for button in row]

    def button(self, label: str) -> Button | None:
        """The first button with exactly this label, else the only one that contains it."""
        flat = [button for row in self.buttons for button in row]
        exact = [button for button in flat if button.text == label]
        loose = [button for button in flat if label in button.text]
        if exact:
            return exact[0]
        return loose[0] if len(loose) == 1 else None


def _message(view: Json) -> ChatMessage:
    buttons = [[Button(**button) for button in row] for row in view["buttons"]]
    names = ("message_id", "from_bot", "text", "edited", "edits", "photo", "document", "entities", "reply_to", "date")
    return ChatMessage(buttons=buttons, **{name: view[name] for name in names})


class ChatUser:
    """One made-up person in the chat with the bot."""

    def __init__(self, line: Line, user_id: int, name: str) -> None:
        self.user_id = user_id
        self.name = name
        self._line = line
        self._seen: Json = {"revision": 0, "messages": [], "answers": [], "keyboard": []}

    @property
    def chat(self) -> Json:
        """The chat as JSON (see view.chat_view); over HTTP as of the last `refresh` or waiting."""
        return self._line.peek(self.user_id) or self._seen

    @property
    def messages(self) -> list[ChatMessage]:
        """All messages, oldest first."""
        return [_message(message) for message in self.chat["messages"]]

    @property
    def last(self) -> ChatMessage:
        """The newest message of the bot. Raises NotSeen if there is none."""
        for message in reversed(self.messages):
            if message.from_bot:
                return message
        raise NotSeen(f"{self.name}: the bot has written nothing")

    @property
    def keyboard(self) -> list[list[str]]:
        """Labels of the reply keyboard."""
        return list(self.chat["keyboard"])

    @property
    def callback_answers(self) -> list[str]:
        """Texts of toasts and alerts shown so far; "" for answers without a text."""
        return [answer["text"] for answer in self.chat["answers"]]

    async def refresh(self) -> None:
        """Read the chat anew."""
        self._seen = await self._line.view(self.user_id, -1, 0)

    async def start(self, payload: str = "") -> int:
        """Press START; returns the number of the message. With a payload: open a deep link."""
        return await self._message_act("start", {"payload": payload})

    async def send(self, text: str, reply_to: int | None = None, entities: list[Json] | None = None) -> int:
        """Write a text, with formatting as an app sends it; returns the number of the message."""
        return await self._message_act("send", {"text": text, "reply_to": reply_to, "entities": entities})

    async def send_file(
        self, name: str, content: bytes, mime: str, caption: str = "", *, as_photo: bool = False
    ) -> int:
        """Send a document or a photo; returns the number of the message."""
        encoded = base64.b64encode(content).decode()
        args = {"name": name, "content": encoded, "mime": mime, "caption": caption, "as_photo": as_photo}
        return await self._message_act("send_file", args)

    async def edit(self, message_id: int, text: str) -> int:
        """Change an own text."""
        return await self._message_act("edit", {"message_id": message_id, "text": text})

    async def _message_act(self, act: str, args: Json) -> int:
        return int((await self._line.act(self.user_id, act, args))["message_id"])

    async def press(self, label: str, patience: float = PATIENCE) -> str:
        """Press what carries this label: an inline button of the newest message that has one, else the reply keyboard.

        Waits for it to appear. Returns the id of the callback query ("" for reply keyboards and deep links).
        Raises NotSeen with the labels that are there.
        """
        try:
            await self.wait_for(lambda: self._pressable(label) is not None or self._on_keyboard(label), patience)
        except NotSeen:
            shown = [message.labels for message in self.messages if message.labels]
            raise NotSeen(f"{self.name} sees no button {label!r}; inline: {shown}, keyboard: {self.keyboard}") from None
        found = self._pressable(label)
        if found is None:
            await self.send(label)
            return ""
        return await self._press(*found)

    async def _press(self, message: ChatMessage, button: Button) -> str:
        if button.data is not None:
            return await self.press_raw(message, button.data)
        if button.start is not None:
            await self.start(button.start)
            return ""
        raise NotSeen(f"{button.text!r} is no button for the bot: {button.url or button.copy}")

    def _pressable(self, label: str) -> tuple[ChatMessage, Button] | None:
        for message in reversed(self.messages):
            button = message.button(label)
            if button:
                return message, button
        return None

    def _on_keyboard(self, label: str) -> bool:
        return any(label in row for row in self.keyboard)

    async def press_raw(self, message: ChatMessage | int, data: str) -> str:
        """Press a button that may not exist: any data, any message number. Returns the id of the callback query."""
        number = message if isinstance(message, int) else message.message_id
        answer = await self._line.act(self.user_id, "press", {"message_id": number, "data": data})
        return str(answer["query_id"])

    async def answer(self, query_id: str, patience: float = PATIENCE) -> Json:
        """The bot's answer to this press: {"text", "show_alert", "url", …}. Raises NotSeen."""

        def found() -> list[Json]:
            return [answer for answer in self.chat["answers"] if answer["query_id"] == query_id]

        await self.wait_for(lambda: bool(found()), patience, "an answer to the press")
        return found()[0]

    async def expect(self, fragment: str, patience: float = PATIENCE, after: int = 0) -> ChatMessage:
        """The newest message of the bot (numbered above `after`) whose present text contains this. Raises NotSeen."""

        def found() -> list[ChatMessage]:
            return [one for one in self.messages if one.from_bot and one.message_id > after and fragment in one.text]

        try:
            await self.wait_for(lambda: bool(found()), patience)
        except NotSeen:
            texts = [message.text for message in self.messages if message.from_bot][-5:]
            raise NotSeen(f"{self.name} waited for {fragment!r}; the last messages: {texts}") from None
        return found()[-1]

    async def wait_for(
        self,
        condition: Callable[[], Any],
        patience: float = PATIENCE,
        what: str = "a condition",
    ) -> None:
        """Wait until the condition holds; it is looked at after each change of this chat. Raises NotSeen."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        await self.refresh()
        while not condition():
            left = deadline - loop.time()
            if left <= 0:
                raise NotSeen(f"{self.name} waited {patience:g} s for {what}")
            # Conditions may also look at things beyond this chat, hence the short waits.
            self._seen = await self._line.view(self.user_id, self._seen["revision"], min(left, 0.25))

    async def block(self) -> None:
        """Block the bot."""
        await self._line.act(self.user_id, "block", {})

    async def unblock(self) -> None:
        """Unblock the bot."""
        await self._line.act(self.user_id, "unblock", {})

    async def deactivate(self) -> None:
        """Delete the account."""
        await self._line.act(self.user_id, "deactivate", {})
