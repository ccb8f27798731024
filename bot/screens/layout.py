"""How much fits: Telegram takes 4096 characters in a message, 1024 under a picture, and phones show short buttons.

Sources: Bot API, sendMessage and sendPhoto; characters are counted in UTF-16 code units.
"""

from markupsafe import Markup

from bot.screens.model import Button

MESSAGE = 4096
CAPTION = 1024
LABEL = 40
"""Longest label of a button, so that it fits one line of a phone."""

Row = tuple[Button, ...]
Rows = tuple[Row, ...]


def width(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, limit: int) -> str:
    """The text itself, or as much of it as fits with «…» at the end."""
    if width(text) <= limit:
        return text
    cut = text[: limit - 1]
    while width(cut) > limit - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def button(label: str, action: str) -> Button:
    """A button whose label surely fits."""
    return Button(shortened(label, LABEL), str(action))


def one_below_another(*buttons: Button | None) -> Rows:
    return tuple((one,) for one in buttons if one is not None)


def folded(paragraphs: list[Markup], limit: int) -> list[Markup]:
    """Paragraphs put together into as few messages as hold them; none may itself be longer than `limit`."""
    pages: list[Markup] = []
    for paragraph in paragraphs:
        longer = pages[-1] + Markup("\n\n") + paragraph if pages else None
        if longer is not None and width(longer) <= limit:
            pages[-1] = longer
        else:
            pages.append(paragraph)
    return pages
