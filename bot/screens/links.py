"""One-time ways from the chat into the browser."""

from urllib.parse import urlsplit

from markupsafe import Markup

from bot.screens.layout import one_below_another
from bot.screens.model import Button, Screen


def one_time(url: str, label: str, beside: Markup, typed: Markup) -> Screen:
    """A button with the words `beside` it where Telegram takes the address, since a preview would use the link up.

    Telegram refuses buttons to this very machine, as in the playground; then the address is `typed`.
    """
    host = urlsplit(url).hostname or ""
    if "." not in host and ":" not in host:
        return Screen(typed)
    return Screen(beside, one_below_another(Button(label, url=url)))
