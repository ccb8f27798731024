"""Buttons that open an address, as a methodist types them: a label and an address; an empty pair is no button."""

from collections.abc import Sequence

from core.announcements.formatting import is_address
from core.announcements.model import LABEL_LENGTH, MOST_LINKS, Link
from core.announcements.rules import BUTTON_SCHEMES

Pair = tuple[str, str]


def padded(links: Sequence[Link]) -> list[Pair]:
    """As many pairs as the form has lines."""
    pairs = [(one.label, one.url) for one in links]
    return pairs + [("", "")] * (MOST_LINKS - len(pairs))


def links(pairs: Sequence[Pair]) -> tuple[Link, ...]:
    return tuple(Link(label, url) for label, url in pairs if label or url)


def errors(pairs: Sequence[Pair]) -> dict[str, str]:
    """By name of field: label_1, url_1 and so on."""
    found = {}
    for number, (label, url) in enumerate(pairs, 1):
        if not label and not url:
            continue
        if not label:
            found[f"label_{number}"] = "Напишите, что будет на кнопке."
        elif len(label) > LABEL_LENGTH:
            found[f"label_{number}"] = f"Слишком длинно: уложитесь в {LABEL_LENGTH} знаков."
        if not is_address(url, BUTTON_SCHEMES):
            found[f"url_{number}"] = "Нужен адрес целиком, он начинается с https://"
    return found
