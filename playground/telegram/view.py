"""A chat as the person sees it: what the page and the test driver read."""

from dataclasses import asdict

from playground.telegram.links import deep_link_payload
from playground.telegram.methods.commands import commands_for
from playground.telegram.model import Chat, Json, Message
from playground.telegram.state import StandIn


def chat_view(state: StandIn, chat: Chat) -> Json:
    """The whole chat as JSON."""
    user = chat.user
    keyboard = None if (chat.keyboard or {}).get("hidden") else chat.keyboard
    prompt = chat.force_reply or keyboard or {}
    return {
        "user_id": user.id,
        "revision": state.changed_at.get(user.id, 0),
        "started": chat.started,
        "blocked": chat.blocked,
        "deactivated": user.deactivated,
        "unread": chat.unread,
        "action": chat.action if chat.action_until > state.wall() else None,
        "action_seconds": max(0.0, chat.action_until - state.wall()) if chat.action else 0.0,
        "keyboard": [[button["text"] for button in row] for row in (keyboard or {}).get("keyboard", [])],
        "placeholder": prompt.get("input_field_placeholder", ""),
        "commands": commands_for(state, user.id, user.language_code),
        "description": state.profile.descriptions.get(user.language_code) or state.profile.descriptions.get("", ""),
        "answers": [asdict(answer) for answer in chat.answers],
        "messages": [message_view(state, message) for message in chat.messages.values()],
    }


def message_view(state: StandIn, message: Message) -> Json:
    """One message as JSON."""
    body = message.body
    photo = body.get("photo", [{}])[-1]
    file = body.get("document", {})
    return {
        "message_id": message.message_id,
        "from_bot": message.outgoing,
        "date": message.date,
        "edited": message.edit_date is not None,
        "edits": message.edits,
        "text": message.text,
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "photo": {"file_id": photo["file_id"], "width": photo["width"], "height": photo["height"]} if photo else None,
        "document": {"file_id": file["file_id"], "name": file["file_name"], "size": file["file_size"]}
        if file
        else None,
        "caption_above": bool(body.get("show_caption_above_media")),
        "buttons": [[_button(state, button) for button in row] for row in message.inline_rows],
        "reply_to": message.reply_to,
    }


def _button(state: StandIn, button: Json) -> Json:
    url = button.get("url")
    return {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": url,
        "start": deep_link_payload(url, state.settings.bot_username) if url else None,
        "copy": (button.get("copy_text") or {}).get("text"),
        "style": button.get("style", ""),
    }
