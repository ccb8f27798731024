"""What a person is shown, before any messenger has its say: a second one must be able to show it too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """`action` comes back when it is pressed (at most 64 bytes, Bot API InlineKeyboardButton); or a link opens."""

    label: str
    action: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """`content` is a PNG or a JPEG."""

    content: bytes
    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is handed over as it is."""

    content: bytes
    name: str


File = Picture | Document


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is HTML of the small set that messengers share: b, i, u, s, code, pre, a, blockquote."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    picture: File | None = None
    menu: tuple[tuple[str, ...], ...] | None = None
    """Labels of the keyboard below the typing field, when this screen sets it."""
