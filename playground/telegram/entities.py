"""Telegram's HTML: the same tags, the same refusals and the same byte offsets as tdlib's parse_html.

Works on bytes, because Telegram counts the offsets in errors in bytes of UTF-8; offsets of entities are counted in
UTF-16 code units (https://core.telegram.org/bots/api#messageentity).
"""

from dataclasses import dataclass

from playground.telegram.links import link_problem
from playground.telegram.model import Json

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
_TAGS = frozenset(_SIMPLE) | {"a", "pre", "code", "blockquote"}
_UNIMITATED = frozenset({"tg-emoji", "tg-time"})
_SPACES = b" \t\r\n\x0b\x00"
_ENTITIES = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}


class MarkupError(ValueError):
    """The text is not valid Telegram HTML; the message is tdlib's."""


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """(text without tags, its entities). Raises MarkupError as Telegram would refuse it."""
    return _HtmlParser(source.encode()).parse()


class _HtmlParser:
    def __init__(self, source: bytes) -> None:
        # The zero at the end is the sentinel of the C string that tdlib walks over.
        self.src = source + b"\0"
        self.size = len(source)
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        at = 0
        while at < self.size:
            if self.src[at] == ord("<"):
                at = self._end_tag(at) if self.src[at + 1] == ord("/") else self._start_tag(at)
                continue
            decoded = self._character(at)
            at = decoded[1]
            self._put(decoded[0])
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def _character(self, at: int) -> tuple[str, int]:
        if self.src[at] == ord("&"):
            decoded = self._reference(at)
            if decoded is not None:
                return decoded
        end = at + 1
        while end < self.size and self.src[end] & 0xC0 == 0x80:
            end += 1
        return self.src[at:end].decode(), end

    def _reference(self, at: int) -> tuple[str, int] | None:
        end = at + 1
        if self.src[end] == ord("#"):
            base = 16 if self.src[end + 1] == ord("x") else 10
            end += 2 if base == 16 else 1
            start, digits = end, b"0123456789abcdefABCDEF" if base == 16 else b"0123456789"
            while self.src[end] in digits:
                end += 1
            code = int(self.src[start:end] or b"0", base)
            if code == 0 or code >= 0x10FFFF or end - at >= 10:
                return None
            if 0xD800 <= code <= 0xDFFF:
                raise MarkupError(
                    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
                    "surrogate code units"
                )
            character: str | None = chr(code)
        else:
            while chr(self.src[end]).isascii() and chr(self.src[end]).isalpha():
                end += 1
            character = _ENTITIES.get(self.src[at + 1 : end])
        if character is None:
            return None
        return character, end + 1 if self.src[end] == ord(";") else end

    def _start_tag(self, begin: int) -> int:
        at = begin + 1
        # The zero of the sentinel is "space" to tdlib as well.
        while self.src[at] not in _SPACES and self.src[at] != ord(">"):
            at += 1
        if self.src[at] == 0:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        tag = self.src[begin + 1 : at].decode(errors="replace").lower()
        if tag in _UNIMITATED:
            raise MarkupError(f'stand-in does not know the tag "{tag}"')
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        at = self._spaces(at)
        while self.src[at] != ord(">"):
            name, value, at = self._attribute(tag, begin, at)
            argument = _argument(tag, name, value) or argument
            at = self._spaces(at)
        if tag == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.length, len(self.out)))
        return at + 1

    def _spaces(self, at: int) -> int:
        while self.src[at] != 0 and self.src[at] in _SPACES:
            at += 1
        return at

    def _attribute(self, tag: str, begin: int, at: int) -> tuple[str, str | None, int]:
        start = at
        while self.src[at] not in _SPACES and self.src[at] not in b"=>/\"'":
            at += 1
        name = self.src[start:at].decode(errors="replace")
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        at = self._spaces(at)
        unclosed = MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if self.src[at] != ord("="):
            if self.src[at] == 0:
                raise unclosed
            return name, None, at
        at = self._spaces(at + 1)
        if self.src[at] == 0:
            raise unclosed
        value, at = self._quoted(at) if self.src[at] in b"'\"" else self._token(at)
        if self.src[at] == 0:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        return name, value, at

    def _token(self, at: int) -> tuple[str, int]:
        start = at
        while chr(self.src[at]).isascii() and (chr(self.src[at]).isalnum() or self.src[at] in b".-"):
            at += 1
        if self.src[at] not in _SPACES and self.src[at] != ord(">"):
            raise MarkupError(f"Unexpected end of name token at byte offset {start}")
        return self.src[start:at].decode().lower(), at

    def _quoted(self, at: int) -> tuple[str, int]:
        end_character = self.src[at]
        at += 1
        value: list[str] = []
        while self.src[at] not in (end_character, 0):
            character, at = self._character(at)
            value.append(character)
        return "".join(value), at + 1 if self.src[at] == end_character else at

    def _end_tag(self, begin: int) -> int:
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        at = begin + 1
        while self.src[at] not in _SPACES and self.src[at] != ord(">"):
            at += 1
        found = self.src[begin + 2 : at].decode(errors="replace").lower()
        at = self._spaces(at)
        if self.src[at] != ord(">"):
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        opened = self.open.pop()
        if found and found != opened.tag:
            raise MarkupError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.length > opened.offset:
            self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        entity: Json = {"type": "", "offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag in _SIMPLE:
            entity["type"] = _SIMPLE[opened.tag]
        elif opened.tag == "blockquote":
            entity["type"] = "expandable_blockquote" if opened.argument else "blockquote"
        elif opened.tag == "a":
            url = opened.argument or "".join(self.out[opened.start :])
            if link_problem(url) is not None:
                return  # Telegram keeps the words and drops a link that leads nowhere
            entity |= {"type": "text_link", "url": _full(url)}
        else:
            self._close_code(opened, entity)
            return
        self.entities.append(entity)

    def _close_code(self, opened: _Open, entity: Json) -> None:
        entity["type"] = opened.tag
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
        if opened.tag == "pre" and same and last.get("type") == "code" and last.get("language"):
            last["type"] = "pre"
            return
        if opened.tag == "code" and opened.argument:
            if same and last.get("type") == "pre":
                last["language"] = opened.argument
                return
            entity["language"] = opened.argument
        self.entities.append(entity)


def _argument(tag: str, name: str, value: str | None) -> str | None:
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return None
    if tag == "a" and name == "href":
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value.removeprefix("language-")
    if tag == "span" and name == "class" and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return None


def _full(url: str) -> str:
    return url if ":" in url.split("/", 1)[0] else f"http://{url}"
