"""The list of methods the stand-in knows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playground.telegram.params import Params
from playground.telegram.state import StandIn

Handler = Callable[[StandIn, Params], Any]
AsyncHandler = Callable[[StandIn, Params], Awaitable[Any]]

ANSWERING = frozenset({"reply_parameters", "reply_to_message_id", "allow_sending_without_reply"})
SENDING = ANSWERING | {"chat_id", "reply_markup", "disable_notification", "protect_content"}


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API, its handler and the parameters that are checked."""

    name: str
    handler: Handler | AsyncHandler
    known: frozenset[str]


METHODS: dict[str, Method] = {}


def method(name: str, *known: str, also: frozenset[str] = frozenset()) -> Callable[[Handler], Handler]:
    """Register the handler of a method. The server compares names without regard to case."""

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = Method(name, handler, frozenset(known) | also)
        return handler

    return register
