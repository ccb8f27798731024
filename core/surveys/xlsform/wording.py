"""Texts of a form: the little Markdown and HTML of XLSForm → plain text, and back so that nothing is mistaken for it.

https://xlsform.org/en/#styling-prompts
"""

import html
import re

_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": None, "\ufeff": None})

_TAGS = (
    "span|b|i|u|s|em|strong|p|br|div|font|a|h[1-6]|ul|ol|li|small|big|sub|sup|center|hr|img|table|tr|td|th|tbody|thead"
)
_BREAK = re.compile(r"(?<!\\)<(?:(?:br|hr) ?/?|/(?:p|div|li|h[1-6]|tr) ?)>", re.I)
_TAG = re.compile(rf"(?<!\\)</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.I)
_LINK = re.compile(r"(?<!\\)\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)")
_BOLD = re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.+?)(?<=[^\s\\])\1")
_ITALIC = re.compile(r"(?<![\\\w*])([*_])(?=[^\s*_])([^\n]+?)(?<=[^\s\\*_])\1(?![\w*])")
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.M)
_ESCAPED = re.compile(r"\\([\\*_#<>&\[\]()`~!.+-])")
_ENTITY = re.compile(r"(?<!\\)&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_PLACE = re.compile(r"\$\{[^{}\n]{1,100}\}")
_SPECIAL = re.compile(r"[\\*_#<>&\[\]]")


def straight(text: str) -> str:
    """A cell that is no wording, with the quotation marks and spaces that programs understand (as pyxform does)."""
    return text.translate(_CURLY).strip()


def plain(text: str) -> str:
    """The text as a chat shows it; `${name}` stays, with whatever signs its name has."""
    names = _PLACE.findall(text)
    text = _PLACE.sub("\ue000", text.replace("\ue000", ""))
    untagged = _TAG.sub("", _BREAK.sub("\n", text))
    if untagged != text:
        untagged = "\n".join(line.strip(" \t") for line in re.sub(r"\n{3,}", "\n\n", untagged).split("\n"))
    text = _LINK.sub(_link, _HEADING.sub("", untagged))
    text = _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    kept = iter(names)
    return re.sub("\ue000", lambda _: next(kept), _ESCAPED.sub(r"\1", text)).strip()


def marked(text: str) -> str:
    """The inverse of `plain`: signs that would be read as Markdown or HTML get a backslash."""
    names = _PLACE.findall(text)
    kept = iter(names)
    escaped = _SPECIAL.sub(r"\\\g<0>", _PLACE.sub("\ue000", text)) if plain(text) != text else text
    return re.sub("\ue000", lambda _: next(kept), escaped) if escaped is not text else text


def _link(match: re.Match[str]) -> str:
    text, address = match.groups()
    return address if text == address else f"{text} ({address})"
