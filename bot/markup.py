"""Buttons of a Screen → keyboards of the Bot API. What Telegram would refuse is refused here at once."""

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.screens.model import Button, Screen

ACTION_BYTES = 64
"""Bot API, InlineKeyboardButton.callback_data."""


def inline(screen: Screen) -> InlineKeyboardMarkup | None:
    """ValueError for a button that Telegram would refuse: a mistake in a screen, not of a person."""
    if not screen.rows:
        return None
    if screen.menu is not None:
        raise ValueError("a message carries either buttons or the menu")
    return InlineKeyboardMarkup(inline_keyboard=[[_button(one) for one in row] for row in screen.rows])


def keyboard(screen: Screen) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Whatever belongs under the message; an empty menu takes the keyboard away."""
    buttons = inline(screen)
    if screen.menu is None:
        return buttons
    if not screen.menu:
        return ReplyKeyboardRemove(remove_keyboard=True)
    rows = [[KeyboardButton(text=label) for label in row] for row in screen.menu]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)


def _button(button: Button) -> InlineKeyboardButton:
    if (button.action is None) == (button.url is None):
        raise ValueError("a button needs an action or a link, and not both")
    if button.action is not None and not 1 <= len(button.action.encode()) <= ACTION_BYTES:
        raise ValueError(f"the action of a button has {len(button.action.encode())} bytes: {button.action!r}")
    return InlineKeyboardButton(text=button.label, callback_data=button.action, url=button.url)
