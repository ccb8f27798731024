"""Changing messages that were sent. An edit counts as a message in the overall limit."""

from playground.telegram.access import message_of, writable_chat
from playground.telegram.content import media_body, stored_file, text_body
from playground.telegram.errors import bad_request, not_imitated
from playground.telegram.markup import reply_markup
from playground.telegram.methods.messages import checked_preview
from playground.telegram.methods.registry import method
from playground.telegram.model import Chat, Json, Message
from playground.telegram.params import Params
from playground.telegram.state import StandIn
from playground.telegram.text import caption, message_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_MEDIA_FIELDS = frozenset({"type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media"})


@method(
    "editMessageText", "chat_id", "message_id", "text", "parse_mode", "entities", "link_preview_options",
    "disable_web_page_preview", "reply_markup",
)  # fmt: skip
def edit_message_text(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext"""
    body = text_body(message_text(params))
    preview = checked_preview(params)
    markup = reply_markup(params, inline_only=True)
    chat, message = _editable(state, params)
    if "text" not in message.body:
        raise bad_request("There is no text in the message to edit")
    return _change(state, chat, message, body | ({"link_preview_options": preview} if preview else {}), markup)


@method(
    "editMessageCaption", "chat_id", "message_id", "caption", "parse_mode", "caption_entities",
    "show_caption_above_media", "reply_markup",
)  # fmt: skip
def edit_message_caption(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagecaption"""
    words = caption(params)
    markup = reply_markup(params, inline_only=True)
    chat, message = _editable(state, params)
    if "text" in message.body:
        raise bad_request("There is no caption in the message to edit")
    body: Json = {key: message.body[key] for key in ("photo", "document") if key in message.body}
    if words.text:
        body["caption"] = words.text
    if words.entities:
        body["caption_entities"] = words.entities
    if params.boolean("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return _change(state, chat, message, body, markup)


@method("editMessageReplyMarkup", "chat_id", "message_id", "reply_markup")
def edit_message_reply_markup(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup"""
    markup = reply_markup(params, inline_only=True)
    chat, message = _editable(state, params)
    return _change(state, chat, message, message.body, markup)


@method("editMessageMedia", "chat_id", "message_id", "media", "reply_markup")
def edit_message_media(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagemedia"""
    markup = reply_markup(params, inline_only=True)
    media = params.json("media", "Can't parse input media JSON object")
    if not isinstance(media, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    kind = media.get("type")
    if kind not in ("photo", "document"):
        raise not_imitated(f"media of type {kind}")
    if not media.keys() <= _MEDIA_FIELDS:
        raise not_imitated(f"{sorted(media.keys() - _MEDIA_FIELDS)} of InputMedia")
    if not media.get("media"):
        raise bad_request("Can't parse InputMedia: media not found")
    inner = Params({**media, kind: media["media"]}, params.files)
    words = caption(inner)
    chat, message = _editable(state, params)
    body = media_body(stored_file(state, inner, kind, kind), words)
    return _change(state, chat, message, body, markup)


def _editable(state: StandIn, params: Params) -> tuple[Chat, Message]:
    chat = writable_chat(state, params)
    message = message_of(chat, params, "message to edit")
    # tdlib, can_edit_message: only one's own, and none that brought a reply keyboard
    has_other_keyboard = message.reply_markup is not None and not message.inline_rows
    if not message.outgoing or has_other_keyboard or state.faults.strike("not_editable", "edit"):
        raise bad_request("Message can't be edited")
    return chat, message


def _change(state: StandIn, chat: Chat, message: Message, body: Json, markup: Json | None) -> Json:
    if message.body.get("has_protected_content"):
        body = {**body, "has_protected_content": True}
    if body == message.body and markup == message.reply_markup:
        raise bad_request(NOT_MODIFIED)
    state.limits.spend(None)
    message.body, message.reply_markup = body, markup
    message.edit_date = state.wall()
    message.edits += 1
    state.touch(chat.user.id)
    return state.message_json(chat, message)
