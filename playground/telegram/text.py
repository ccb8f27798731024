"""A text with its formatting, checked and trimmed as Telegram does it (tdlib, fix_formatted_text)."""

import re
from dataclasses import dataclass, field

from playground.telegram.entities import MarkupError, parse_html, utf16_length
from playground.telegram.errors import bad_request, not_imitated
from playground.telegram.model import Json
from playground.telegram.params import Params

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_SOURCE_LIMIT = 1 << 15
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?\b)|(?P<url>\bhttps?://[^\s<>\"]+\w/?)"
)
_ENTITY_TYPES = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
    ]
)


@dataclass(slots=True)
class FormattedText:
    """Words and their entities (offsets in UTF-16 code units)."""

    text: str
    entities: list[Json] = field(default_factory=list)


def message_text(params: Params) -> FormattedText:
    """The `text` of a request. Raises ApiError: empty, too long, bad markup."""
    source = params.text("text")
    if not source:
        raise bad_request("Message text is empty")
    formatted = _formatted(source, params.text("parse_mode"), params.json("entities"), may_be_empty=False)
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("Message is too long")
    return formatted


def caption(params: Params) -> FormattedText:
    """The `caption` of a request, possibly empty."""
    formatted = _formatted(
        params.text("caption"), params.text("parse_mode"), params.json("caption_entities"), may_be_empty=True
    )
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad_request("Message caption is too long")
    return formatted


def _formatted(source: str, parse_mode: str, given: object, *, may_be_empty: bool) -> FormattedText:
    if len(source.encode()) > _SOURCE_LIMIT:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if source and mode == "html":
        try:
            text, entities = parse_html(source)
        except MarkupError as error:
            raise bad_request(f"Can't parse entities: {error}") from error
    elif mode in ("markdown", "markdownv2"):
        raise not_imitated(f"parse_mode {parse_mode}, only HTML")
    elif mode not in ("", "none", "html"):
        raise bad_request("Unsupported parse_mode")
    else:
        text, entities = source, _given_entities(given)
    formatted = trimmed(text.replace("\r", ""), entities)
    if not formatted.text and not may_be_empty:
        raise bad_request("Text must be non-empty")
    return formatted


def _given_entities(given: object) -> list[Json]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise not_imitated("entities that are not an Array")
    return [_given_entity(entity) for entity in given]


def _given_entity(entity: object) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    for name in ("offset", "length"):
        if not isinstance(entity.get(name), int):
            raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
        if not 0 <= entity[name] <= 1_000_000:
            raise bad_request(f"Receive an entity with incorrect {name} {entity[name]}")
    if entity.get("type") not in _ENTITY_TYPES:
        raise not_imitated(f"MessageEntity of type {entity.get('type')}")
    return dict(entity)


def trimmed(text: str, entities: list[Json]) -> FormattedText:
    """Without blanks at both ends; entities moved, cut and dropped accordingly; links and commands found."""
    body = text.rstrip()
    end = utf16_length(body)
    kept = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in entities]
    kept = [entity for entity in kept if entity["length"] > 0]
    first = min((entity["offset"] for entity in kept), default=end)
    blanks = min(len(body) - len(body.lstrip(" \n")), first)
    for entity in kept:
        entity["offset"] -= blanks
    return FormattedText(body[blanks:], with_found(body[blanks:], kept))


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """Entities together with the commands and web addresses that Telegram marks by itself."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    found: list[Json] = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if all(offset + length <= start or end <= offset for start, end in taken):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return sorted(entities + found, key=lambda entity: (entity["offset"], -entity["length"]))
