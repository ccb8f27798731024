"""Sending: texts, photos, documents, and "is typing"."""

from playground.telegram.access import reply_target, writable_chat
from playground.telegram.content import media_body, stored_file, text_body
from playground.telegram.errors import bad_request, not_imitated
from playground.telegram.markup import reply_markup
from playground.telegram.methods.registry import SENDING, method
from playground.telegram.model import Chat, Json
from playground.telegram.params import Params
from playground.telegram.state import StandIn
from playground.telegram.text import caption, message_text

ACTION_SECONDS = 5.0
"""How long an action is shown (https://core.telegram.org/bots/api#sendchataction)."""
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_PREVIEW = frozenset({"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"})


@method(
    "sendMessage", "text", "parse_mode", "entities", "link_preview_options", "disable_web_page_preview", also=SENDING
)
def send_message(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendmessage"""
    body = text_body(message_text(params))
    preview = checked_preview(params)
    return _send(state, params, body | ({"link_preview_options": preview} if preview else {}))


@method("sendPhoto", "photo", "caption", "parse_mode", "caption_entities", "show_caption_above_media", also=SENDING)
def send_photo(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendphoto"""
    return _send_file(state, params, "photo")


@method(
    "sendDocument", "document", "caption", "parse_mode", "caption_entities", "disable_content_type_detection",
    also=SENDING,
)  # fmt: skip
def send_document(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#senddocument"""
    return _send_file(state, params, "document")


def checked_preview(params: Params) -> Json | None:
    """The `link_preview_options` of a request. Raises ApiError."""
    given = params.json("link_preview_options", "Can't parse link preview options JSON object")
    if given is None:
        return {"is_disabled": True} if params.boolean("disable_web_page_preview") else None
    if not isinstance(given, dict):
        raise bad_request("Object expected as link preview options")
    if not given.keys() <= _PREVIEW:
        raise not_imitated(f"{sorted(given.keys() - _PREVIEW)} in link_preview_options")
    return given


def _send_file(state: StandIn, params: Params, kind: str) -> Json:
    words = caption(params)
    reply_markup(params)
    writable_chat(state, params)
    file = stored_file(state, params, kind, kind)
    body = media_body(file, words)
    if params.boolean("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return _send(state, params, body)


def _send(state: StandIn, params: Params, body: Json) -> Json:
    markup = reply_markup(params)
    chat = writable_chat(state, params)
    target = reply_target(chat, params)
    state.limits.spend(chat.user.id)
    if params.boolean("protect_content"):
        body["has_protected_content"] = True
    message = state.new_message(outgoing=True, body=body, markup=markup, reply_to=target)
    _show_keyboard(chat, markup)
    chat.action = None
    chat.unread += 0 if params.boolean("disable_notification") else 1
    state.add_message(chat, message)
    return state.message_json(chat, message)


def _show_keyboard(chat: Chat, markup: Json | None) -> None:
    if markup is None or "inline_keyboard" in markup:
        return
    chat.force_reply = markup if "force_reply" in markup else None
    if "keyboard" in markup:
        chat.keyboard = markup
    elif "remove_keyboard" in markup:
        chat.keyboard = None


@method("sendChatAction", "chat_id", "action")
def send_chat_action(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#sendchataction"""
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = writable_chat(state, params)
    chat.action, chat.action_until = action, state.wall() + ACTION_SECONDS
    state.touch(chat.user.id)
    return True
