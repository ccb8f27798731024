"""Names of variables that SPSS accepts. Pure."""

import re
from collections.abc import Iterable

LONGEST = 64
"""Bytes (SPSS Statistics, "Variable names")."""

_RESERVED = frozenset({"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"})
_FOREIGN = re.compile(r"[^\w.]")


def unique_names(wanted: Iterable[str]) -> list[str]:
    """In the same order: letters, digits, points and underscores, a letter first, unique however they are written."""
    taken: set[str] = set()
    return [_free(_sound(name), taken) for name in wanted]


def _sound(name: str) -> str:
    found = _FOREIGN.sub("_", name).strip("._") or "v"
    if not found[0].isalpha() or found.upper() in _RESERVED:
        found = f"v_{found}"
    return cut(found, LONGEST).rstrip("._")


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 1
    while found.upper() in taken:
        number += 1
        ending = f"_{number}"
        found = cut(name, LONGEST - len(ending)) + ending
    taken.add(found.upper())
    return found


def cut(text: str, size: int) -> str:
    """The longest beginning of so many bytes in UTF-8; no letter is torn apart."""
    return text.encode()[:size].decode(errors="ignore")
