"""Words of a cell: spaces, dashes and letters of another alphabet mended before anything is made of them."""

import re
from functools import lru_cache

LONGEST = 6_000
"""Characters of a cell that are looked at; a longer one is no value of a table."""

_LATIN = "ABCEHKMOPTXYaceopxyu"
_CYRILLIC = "АВСЕНКМОРТХУасеорхуи"
_MENDED = str.maketrans(_LATIN, _CYRILLIC)
_SEEN: dict[int, str | None] = {
    **{mark: " " for mark in range(32) if chr(mark) != "\n"},
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
}
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"[^\S\n]*\n\s*")
_DASHES = re.compile(r"[‐‑‒–—―−]")
_WORD = re.compile(r"[^\W\d_]+")
_RUSSIAN = re.compile(r"[А-Яа-яЁё]")
_FOREIGN = re.compile(r"[A-Za-z]")
_BROKEN = re.compile(r"(?<=[а-яё])-\n\s*(?=[а-яё])")
_DENIED = re.compile(r"не [а-я() /]{1,30}")
"""«не проходил(а)», «не награждалась»."""
_NOTHING = frozenset({"", "-", "--", "---", ".", "нет", "не имеет", "отсутствует", "отсутствуют", "нету", "х", "x"})


def tidy(text: str) -> str:
    """The text without invisible marks, with single spaces and plain line breaks; C0 marks are spaces."""
    return _LINES.sub("\n", _SPACES.sub(" ", text.translate(_SEEN))).strip()


def line(text: str) -> str:
    """The same in one line."""
    return tidy(text.replace("\n", " "))


def joined(text: str) -> str:
    """A word that was broken off at the end of a line is whole again: «квалифика-⏎ция»."""
    return _BROKEN.sub("", text)


def mended(text: str) -> str:
    """Latin letters that look like Russian ones are made Russian, in words that have a Russian letter."""
    if not _FOREIGN.search(text) or not _RUSSIAN.search(text):
        return text
    return _WORD.sub(lambda found: _mended_word(found.group()), text)


def _mended_word(word: str) -> str:
    return word.translate(_MENDED) if _RUSSIAN.search(word) else word


def has_foreign(text: str) -> bool:
    return _FOREIGN.search(text) is not None


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """One line in small letters, ё as е, dashes as «-», Russian letters only where a word has one."""
    return _DASHES.sub("-", mended(line(text))).lower().replace("ё", "е")


def is_nothing(text: str) -> bool:
    """The cell says in some way that there is nothing: «нет», «-», «—»."""
    said = plain(text).strip(" .")
    return said in _NOTHING or _DENIED.fullmatch(said) is not None


def shown(text: str, longest: int = 60) -> str:
    """The text in quotes as a message shows it, cut where it is too long."""
    short = line(text)
    return f"«{short[:longest].rstrip()}…»" if len(short) > longest else f"«{short}»"
