"""Deleting messages: one's own and, in a private chat, the person's; none older than 48 hours."""

from playground.telegram.access import message_of, writable_chat
from playground.telegram.errors import bad_request
from playground.telegram.methods.registry import method
from playground.telegram.model import Chat, Message
from playground.telegram.params import Params
from playground.telegram.state import StandIn


@method("deleteMessage", "chat_id", "message_id")
def delete_message(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemessage"""
    if not params.has("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = writable_chat(state, params)
    _delete(state, chat, message_of(chat, params, "message to delete"))
    return True


@method("deleteMessages", "chat_id", "message_ids")
def delete_messages(state: StandIn, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemessages; messages that are not there are skipped."""
    numbers = params.json("message_ids", "Can't parse message_ids JSON object")
    if not numbers:
        raise bad_request("Message identifiers are not specified")
    if not isinstance(numbers, list):
        raise bad_request("Expected an Array of message identifiers")
    if len(numbers) > 100:
        raise bad_request("Too many message identifiers specified")
    if not all(isinstance(number, int) for number in numbers):
        raise bad_request("Message identifier must be a Number")
    chat = writable_chat(state, params)
    for message in [chat.messages[number] for number in numbers if number in chat.messages]:
        _delete(state, chat, message)
    return True


def _delete(state: StandIn, chat: Chat, message: Message) -> None:
    if state.wall() - message.date > state.settings.delete_window:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.message_id]
    state.touch(chat.user.id)
