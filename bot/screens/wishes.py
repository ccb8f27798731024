"""What a person wants to be told of."""

from collections.abc import Collection, Sequence

from bot.screens.layout import one_below_another
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.announcements.model import MUTABLE, Category

SHOW, WANT, UNWANT, MUTE, BACK = "wishes:show", "wishes:on:", "wishes:off:", "wishes:mute:", "wishes:back:"
"""The last four are followed by a category; MUTE stands under announcements."""


def wishes(muted: Collection[str], rules: Sequence[str]) -> Screen:
    """`rules` are sentences about the hours and the daily limit."""
    return Screen(text("wishes.text", rules=rules), one_below_another(*(_toggle(one, one in muted) for one in MUTABLE)))


def muted(category: Category) -> Screen:
    """After one press under an announcement."""
    return Screen(
        text("wishes.muted", category=_words(category)),
        one_below_another(Button(plain("wishes.button.back"), f"{BACK}{category}"), _all()),
    )


def wanted(category: Category) -> Screen:
    """After it was taken back."""
    return Screen(text("wishes.wanted", category=_words(category)), one_below_another(_all()))


def _toggle(category: Category, is_muted: bool) -> Button:
    words = _words(category)
    if is_muted:
        return Button(plain("wishes.button.muted", category=words), f"{WANT}{category}")
    return Button(plain("wishes.button.wanted", category=words), f"{UNWANT}{category}")


def _all() -> Button:
    return Button(plain("wishes.button.all"), SHOW)


def _words(category: Category) -> str:
    return plain(f"announcing.category.{category}")
