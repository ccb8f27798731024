"""What a person does in their chat: writes, presses, blocks. Each becomes an update for the bot."""

import re
import secrets

from playground.telegram.content import document, photo_size
from playground.telegram.entities import utf16_length
from playground.telegram.images import picture
from playground.telegram.model import Chat, Json, Message, PressedButton, User
from playground.telegram.state import StandIn
from playground.telegram.text import with_found

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class NotPossible(ValueError):
    """The person's app would not let them do this. The page shows the message."""


class Person:
    """One account acting in its chat with the bot."""

    def __init__(self, state: StandIn, user_id: int) -> None:
        if user_id not in state.chats:
            raise NotPossible(f"no such user: {user_id}")
        self.state = state
        self.chat: Chat = state.chats[user_id]

    @property
    def user(self) -> User:
        """The account."""
        return self.chat.user

    def start(self, payload: str = "") -> Message:
        """Press START, with the code of a deep link if there is one; also unblocks the bot.

        Raises NotPossible for a code that a deep link can't carry (https://core.telegram.org/bots/features#deep-linking).
        """
        if payload and not _PAYLOAD.fullmatch(payload):
            raise NotPossible(f"Код ссылки «{payload}» не годится: до 64 латинских букв, цифр и знаков _ и -")
        if self.chat.blocked:
            self.unblock()
        self.chat.started = True
        return self.send(f"/start {payload}".rstrip())

    def send(self, text: str, reply_to: int | None = None, entities: list[Json] | None = None) -> Message:
        """Write a text, with formatting as an app sends it.

        Raises NotPossible if the bot is blocked or the text is empty or too long.
        """
        text = text.strip()
        if not text or utf16_length(text) > 4096:
            raise NotPossible("В сообщении должно быть от 1 до 4096 знаков")
        return self._post(_text_body(text, entities), reply_to)

    def send_file(self, name: str, content: bytes, mime: str, caption: str = "", *, as_photo: bool = False) -> Message:
        """Send a document, or a photo if `as_photo`. Raises NotPossible if it is no picture."""
        found = picture(content) if as_photo else None
        if as_photo and found is None:
            raise NotPossible("Этот файл не картинка")
        body: Json = {"caption": caption} if caption else {}
        if found:
            file = self.state.files.add("photo", name, f"image/{found[0]}", content, f".{found[0]}")
            file.width, file.height = found[1], found[2]
            body["photo"] = [photo_size(file)]
        else:
            body["document"] = document(self.state.files.add("document", name, mime, content, ""))
        return self._post(body, None)

    def _post(self, body: Json, reply_to: int | None) -> Message:
        if self.chat.blocked or self.user.deactivated:
            raise NotPossible("Бот заблокирован или учётная запись удалена")
        self.chat.started = True
        message = self.state.new_message(outgoing=False, body=body, reply_to=reply_to)
        self.chat.force_reply = None
        if self.chat.keyboard and self.chat.keyboard.get("one_time_keyboard"):
            self.chat.keyboard = {**self.chat.keyboard, "hidden": True}
        self.chat.unread = 0
        self.state.add_message(self.chat, message)
        self.state.queue_update("message", self.state.message_json(self.chat, message), self.user.id)
        return message

    def edit(self, message_id: int, text: str) -> Message:
        """Change an own text. Raises NotPossible for a message that is not one's own."""
        message = self.chat.messages.get(message_id)
        if message is None or message.outgoing or "text" not in message.body:
            raise NotPossible(f"Среди своих сообщений нет текста № {message_id}")
        message.body = _text_body(text.strip())
        message.edit_date = self.state.wall()
        message.edits += 1
        self.state.queue_update("edited_message", self.state.message_json(self.chat, message), self.user.id)
        return message

    def press(self, message_id: int, data: str) -> str:
        """Press a button, also a forged one: any data, any message number. Returns the callback query's id."""
        query_id = str(secrets.randbits(62))
        press = PressedButton(query_id, self.user.id, self.state.clock())
        self.state.forget_old_presses()
        self.state.presses[query_id] = press
        body: Json = {
            "id": query_id,
            "from": self.user.as_from(),
            "message": self._pressed_message(message_id),
            "chat_instance": str(self.user.id * 7919),
            "data": data,
        }
        self.chat.unread = 0
        self.state.queue_update("callback_query", body, self.user.id)
        return query_id

    def _pressed_message(self, message_id: int) -> Json:
        message = self.chat.messages.get(message_id)
        if message is None:
            # InaccessibleMessage: deleted or otherwise out of the bot's reach
            return {"chat": self.user.as_chat(), "message_id": message_id, "date": 0}
        return self.state.message_json(self.chat, message)

    def block(self) -> None:
        """Stop and block the bot."""
        self._change_membership(blocked=True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._change_membership(blocked=False)

    def _change_membership(self, *, blocked: bool) -> None:
        if self.chat.blocked == blocked:
            return
        self.chat.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        body = {
            "chat": self.user.as_chat(),
            "from": self.user.as_from(),
            "date": int(self.state.wall()),
            "old_chat_member": self._bot_as_member(before),
            "new_chat_member": self._bot_as_member(after),
        }
        self.state.queue_update("my_chat_member", body, self.user.id)

    def _bot_as_member(self, status: str) -> Json:
        member: Json = {"user": self.state.bot_user, "status": status}
        return member | ({"until_date": 0} if status == "kicked" else {})

    def deactivate(self) -> None:
        """Delete the account."""
        self.user.deactivated = True
        self.state.touch(self.user.id)

    def read(self) -> None:
        """Look at the chat: nothing is unread any more."""
        if self.chat.unread:
            self.chat.unread = 0
            self.state.touch(self.user.id)


def _text_body(text: str, formatting: list[Json] | None = None) -> Json:
    entities = with_found(text, formatting or [])
    return {"text": text, "entities": entities} if entities else {"text": text}
