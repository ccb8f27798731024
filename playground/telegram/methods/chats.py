"""What the bot may ask about chats and files."""

from playground.telegram.access import chat_of
from playground.telegram.errors import bad_request
from playground.telegram.methods.registry import method
from playground.telegram.model import Json
from playground.telegram.params import Params
from playground.telegram.state import StandIn

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@method("getChat", "chat_id")
def get_chat(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchat"""
    chat = chat_of(state, params)
    if not chat.started:
        raise bad_request("chat not found")
    return {**chat.user.as_chat(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


@method("getFile", "file_id")
def get_file(state: StandIn, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getfile"""
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    file = state.files.known.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > state.settings.download_bytes:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }
