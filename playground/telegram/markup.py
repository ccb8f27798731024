"""Keyboards under a message, checked as the server and tdlib check them.

Sources: get_reply_markup in telegram-bot-api/Client.cpp; td/telegram/ReplyMarkup.cpp; lengths from
https://core.telegram.org/bots/api#inlinekeyboardbutton. Telegram does not document how many buttons there may be;
the numbers below are the ones observed by bot developers (100 inline buttons, 8 in a row; 300 and 12 for reply
keyboards). Telegram drops the surplus silently; the stand-in refuses it.
"""

from collections.abc import Callable

from playground.telegram.errors import bad_request, not_imitated
from playground.telegram.links import link_problem
from playground.telegram.model import Json
from playground.telegram.params import Params

INLINE_BUTTONS, INLINE_ROW = 100, 8
REPLY_BUTTONS, REPLY_ROW = 300, 12
_STYLES = ("", "default", "primary", "danger", "success")
_LOOKS = frozenset({"text", "style"})
_ACTIONS = frozenset({"url", "callback_data", "copy_text"})
_KEYBOARD_FIELDS = frozenset(
    {"keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective"}
)


def reply_markup(params: Params, *, inline_only: bool = False) -> Json | None:
    """The `reply_markup` of a request; None if there is none. Raises ApiError."""
    markup = params.json("reply_markup", "Can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup)
    if inline_only:
        raise bad_request("Inline keyboard expected")
    if "keyboard" in markup:
        return _reply_keyboard(markup)
    if markup.get("remove_keyboard") is True:
        return _only(markup, frozenset({"remove_keyboard", "selective"}))
    if markup.get("force_reply") is True:
        _placeholder(markup)
        return _only(markup, frozenset({"force_reply", "input_field_placeholder", "selective"}))
    raise not_imitated(f"a reply markup of {sorted(markup)}")


def _only(markup: Json, known: frozenset[str]) -> Json:
    strange = markup.keys() - known
    if strange:
        raise not_imitated(f"{sorted(strange)} in a reply markup")
    return markup


def _inline(markup: Json) -> Json | None:
    _only(markup, frozenset({"inline_keyboard"}))
    message = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    rows = _rows(markup["inline_keyboard"], message, _inline_button)
    _check_count(rows, INLINE_BUTTONS, INLINE_ROW)
    return {"inline_keyboard": rows} if rows else None


def _reply_keyboard(markup: Json) -> Json | None:
    _only(markup, _KEYBOARD_FIELDS)
    _placeholder(markup)
    rows = _rows(markup["keyboard"], 'Field "keyboard" must be an Array of Arrays', _reply_button)
    _check_count(rows, REPLY_BUTTONS, REPLY_ROW)
    return {**markup, "keyboard": rows} if rows else None


def _placeholder(markup: Json) -> None:
    if len(str(markup.get("input_field_placeholder", ""))) > 64:
        raise bad_request("stand-in: input_field_placeholder must be 1-64 characters")


def _rows(value: object, message: str, button: Callable[[object], Json]) -> list[list[Json]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(message)
    return [[button(one) for one in row] for row in value if row]


def _check_count(rows: list[list[Json]], most: int, in_row: int) -> None:
    if sum(map(len, rows)) > most or any(len(row) > in_row for row in rows):
        raise bad_request("reply markup is too long")


def _inline_button(button: object) -> Json:
    complaint = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{complaint}InlineKeyboardButton must be an Object")
    _check_text(button, complaint, "Inline keyboard button text must be non-empty")
    unknown = button.keys() - _LOOKS - _ACTIONS
    if unknown:
        raise not_imitated(f"{sorted(unknown)} of an inline keyboard button")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise bad_request(f"{complaint}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{complaint}stand-in: exactly one of {sorted(actions)} must be used")
    _check_action(button, actions[0])
    return dict(button)


def _check_action(button: Json, action: str) -> None:
    value = button[action]
    if action == "callback_data":
        if not isinstance(value, str) or len(value.encode()) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        problem = link_problem(str(value))
        if problem:
            raise bad_request(f"Inline keyboard button URL '{value}' is invalid: {problem}")
    elif not isinstance(value, dict) or not 1 <= len(str(value.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply_button(button: object) -> Json:
    complaint = "Can't parse keyboard button: "
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(f"{complaint}KeyboardButton must be a String or an Object")
    _check_text(button, complaint, "Keyboard button text must be non-empty")
    unknown = button.keys() - _LOOKS
    if unknown:
        raise not_imitated(f"{sorted(unknown)} of a keyboard button")
    return dict(button)


def _check_text(button: Json, complaint: str, empty: str) -> None:
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{complaint}Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request(empty)
    if str(button.get("style", "")).lower() not in _STYLES:
        raise bad_request(f"{complaint}invalid button style specified")
