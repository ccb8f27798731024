"""What the stand-in remembers. Everything here can be written to JSON and read back."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """A made-up Telegram account; the private chat with it has the same id."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "ru"
    deactivated: bool = False

    def as_from(self) -> Json:
        """The `User` of the Bot API."""
        body: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        body |= {key: getattr(self, key) for key in ("last_name", "username", "language_code") if getattr(self, key)}
        return body

    def as_chat(self) -> Json:
        """The `Chat` of the Bot API."""
        body: Json = {"id": self.id, "type": "private", "first_name": self.first_name}
        body |= {key: getattr(self, key) for key in ("last_name", "username") if getattr(self, key)}
        return body


@dataclass(slots=True)
class Message:
    """One message of a private chat. `body` holds the content in the Bot API's own words (text, entities, photo …)."""

    message_id: int
    date: float
    outgoing: bool
    body: Json
    reply_markup: Json | None = None
    edit_date: float | None = None
    reply_to: int | None = None
    edits: int = 0

    @property
    def text(self) -> str:
        """The words of the message: its text or its caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def inline_rows(self) -> list[list[Json]]:
        """Rows of inline buttons, if any."""
        return list((self.reply_markup or {}).get("inline_keyboard", []))


@dataclass(slots=True)
class CallbackAnswer:
    """What the bot answered to a press: a toast, an alert, or nothing but the end of waiting."""

    number: int
    query_id: str
    text: str
    show_alert: bool
    url: str | None = None


@dataclass(slots=True)
class Chat:
    """The private chat of one person with the bot, and how it looks on their side."""

    user: User
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None
    force_reply: Json | None = None
    answers: list[CallbackAnswer] = field(default_factory=list)
    action: str | None = None
    action_until: float = 0.0
    unread: int = 0


@dataclass(slots=True)
class StoredFile:
    """An uploaded file. `kind` is photo or document; `path` is what getFile names."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class PressedButton:
    """A callback query waiting for its answer."""

    query_id: str
    user_id: int
    pressed_at: float
    answered: bool = False


@dataclass(slots=True)
class BotProfile:
    """What the bot says about itself. Commands are kept by scope and language."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Webhook:
    """The webhook that is set; an empty address means long polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True)
class Call:
    """One request of the bot. `params` are as it sent them; of a file only its name and size. `at` is Unix time."""

    method: str
    params: Json
    at: float
    response: Json
    ok: bool
