"""May the bot write here? Chats and messages as the methods look them up."""

from playground.telegram.errors import bad_request, forbidden
from playground.telegram.model import Chat, Json, Message
from playground.telegram.params import Params
from playground.telegram.state import StandIn


def chat_of(state: StandIn, params: Params) -> Chat:
    """The chat of `chat_id`, whether or not the bot may write there. Raises ApiError 400."""
    if not params.has("chat_id"):
        raise bad_request("chat_id is empty")
    given = str(params.values["chat_id"])
    chat = state.chats.get(int(given)) if given.lstrip("-").isdigit() else None
    if chat is None:
        raise bad_request("chat not found")
    return chat


def writable_chat(state: StandIn, params: Params) -> Chat:
    """The chat of `chat_id` if its person takes messages of the bot. Raises ApiError 400 or 403."""
    chat = chat_of(state, params)
    if chat.user.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def message_of(chat: Chat, params: Params, what: str) -> Message:
    """The message of `message_id`. `what` is the server's name for it, such as "message to edit"."""
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def reply_target(chat: Chat, params: Params) -> int | None:
    """The number of the message that is answered, from `reply_parameters` or the older parameter."""
    given = params.json("reply_parameters")
    old: Json = {"message_id": params.integer("reply_to_message_id")} if params.has("reply_to_message_id") else {}
    given = given if given is not None else old
    if not given:
        return None
    if not isinstance(given, dict) or not given.keys() <= {"message_id", "chat_id", "allow_sending_without_reply"}:
        raise bad_request("stand-in does not know these reply parameters")
    if not isinstance(given.get("message_id"), int):
        raise bad_request('Can\'t find field "message_id"')
    if given["message_id"] in chat.messages:
        return int(given["message_id"])
    if given.get("allow_sending_without_reply") or params.boolean("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
