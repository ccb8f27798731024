"""The things a person can do, by name: one list for the page, the control routes and the test driver."""

import base64
from collections.abc import Callable

from playground.telegram.model import Json
from playground.telegram.person import NotPossible, Person
from playground.telegram.state import StandIn

Act = Callable[[Person, Json], Json]


def _start(person: Person, args: Json) -> Json:
    return {"message_id": person.start(str(args.get("payload", ""))).message_id}


def _send(person: Person, args: Json) -> Json:
    return {"message_id": person.send(str(args.get("text", "")), args.get("reply_to"), args.get("entities")).message_id}


def _send_file(person: Person, args: Json) -> Json:
    message = person.send_file(
        str(args["name"]),
        base64.b64decode(args["content"]),
        str(args.get("mime", "application/octet-stream")),
        str(args.get("caption", "")),
        as_photo=bool(args.get("as_photo")),
    )
    return {"message_id": message.message_id}


def _edit(person: Person, args: Json) -> Json:
    return {"message_id": person.edit(int(args["message_id"]), str(args["text"])).message_id}


def _press(person: Person, args: Json) -> Json:
    return {"query_id": person.press(int(args["message_id"]), str(args["data"]))}


def _plain(act: Callable[[Person], None]) -> Act:
    def perform(person: Person, args: Json) -> Json:
        act(person)
        return {}

    return perform


ACTS: dict[str, Act] = {
    "start": _start,
    "send": _send,
    "send_file": _send_file,
    "edit": _edit,
    "press": _press,
    "block": _plain(Person.block),
    "unblock": _plain(Person.unblock),
    "deactivate": _plain(Person.deactivate),
    "read": _plain(Person.read),
}


def perform(state: StandIn, user_id: int, act: str, args: Json) -> Json:
    """Let the person do it. Raises NotPossible if their app would not, or if something needed is missing."""
    if act not in ACTS:
        raise NotPossible(f"no such act: {act}")
    try:
        return ACTS[act](Person(state, user_id), args)
    except (KeyError, TypeError) as error:
        raise NotPossible(f"{act} needs {error}") from error
