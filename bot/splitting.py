"""Cutting a long text into messages without tearing a tag, an entity or, where it can be helped, a word."""

import re
from collections.abc import Sequence
from html import unescape

from bot.screens.layout import MESSAGE, width

TOKEN = re.compile(r"<[^<>]+>|&[#\w]+;|.", re.DOTALL)


def visible_width(html: str) -> int:
    """Length as Telegram counts it: without tags, in UTF-16 code units (Bot API, sendMessage)."""
    return sum(_width(token) for token in TOKEN.findall(html))


def split_html(html: str, limit: int = MESSAGE) -> list[str]:
    """Pages of at most `limit`; tags that are open at a cut are closed there and opened again on the next page."""
    if visible_width(html) <= limit:
        return [html]
    tokens: list[str] = TOKEN.findall(html)
    pages: list[str] = []
    open_tags: list[str] = []
    start = 0
    while start < len(tokens):
        end = _cut(tokens, start, limit)
        before = list(open_tags)
        _follow(open_tags, tokens[start:end])
        body = "".join(tokens[start:end]).strip()
        if visible_width(body) > 0:
            pages.append("".join(before) + body + "".join(f"</{_name(tag)}>" for tag in reversed(open_tags)))
        start = end
    return pages


def _cut(tokens: Sequence[str], start: int, limit: int) -> int:
    """Where the page ends: the end of a paragraph if that leaves it half full, else of a line, else of a word."""
    end, used = start, 0
    while end < len(tokens) and used + _width(tokens[end]) <= limit:
        used += _width(tokens[end])
        end += 1
    if end == len(tokens):
        return end
    half = start + (end - start) // 2
    for pattern in (("\n", "\n"), ("\n",), (" ",)):
        for at in range(end, half, -1):
            if tuple(tokens[at - len(pattern) : at]) == pattern:
                return at
    return max(end, start + 1)


def _follow(open_tags: list[str], tokens: Sequence[str]) -> None:
    for token in tokens:
        if token.startswith("</"):
            if open_tags:
                open_tags.pop()
        elif _is_tag(token):
            open_tags.append(token)


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token[0] == "<"


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]


def _width(token: str) -> int:
    return 0 if _is_tag(token) else width(unescape(token))
