"""One cell, several things: courses and awards under one another, numbered or behind semicolons."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

MOST = 50
"""Things in one cell; more is a text, not a list."""
_NUMBERED = re.compile(r"(?:^|\n|;|(?<=[.)]) ) *\d{1,2}[.)] +(?=[^\d\s])")
_NUMBERED_IN_LINE = re.compile(r"(?:^|\n|;| ) *\d{1,2}\) *(?=[^\d\s])")
"""Where the cell begins with «1)», every such number begins a thing."""
_QUOTED = re.compile(r"«[^«»]{0,500}(?:«[^«»]{0,300}»[^«»]{0,300})?»|\"[^\"\n]{0,500}\"|“[^“”]{0,500}”")
_HIDDEN = re.compile(r"[,;()]")


def things(text: str, has_date: Callable[[str], bool], has_hours: Callable[[str], bool]) -> list[str]:
    """The cell cut into the texts of its things.

    Numbers and semicolons cut, line breaks too; a part without a date goes with the part that brings it.
    """
    numbered = [part.strip(" ;\n") for part in _numbers(text).split(text)]
    if len(numbered) > 2 or (len(numbered) == 2 and not numbered[0]):
        return [part for part in numbered if part]
    parts = [part for line in text.split("\n") for part in cut(line, ";")]
    return list(_gathered([part for part in parts if part], has_date, has_hours))


def _numbers(text: str) -> "re.Pattern[str]":
    return _NUMBERED_IN_LINE if text.startswith("1)") else _NUMBERED


def fields(text: str) -> list[str]:
    """A thing cut at commas, semicolons and brackets that stand outside quotes."""
    return [part for part in cut(text.replace("\n", ", "), ",;()") if part]


def cut(text: str, marks: str) -> list[str]:
    """At the marks that stand outside quotes."""
    covered = _QUOTED.sub(lambda found: _HIDDEN.sub("_", found.group()), text)
    places = [-1, *(at for at, letter in enumerate(covered) if letter in marks), len(text)]
    return [text[start + 1 : end].strip(" ,;") for start, end in pairwise(places)]


def _gathered(parts: list[str], has_date: Callable[[str], bool], has_hours: Callable[[str], bool]) -> Iterable[str]:
    """Parts put together until each thing has its date; where the first part has one, a date begins a thing."""
    dated = [has_date(part) for part in parts]
    if sum(dated) <= 1 and not _is_list(parts, has_hours):
        return [", ".join(parts)] if parts else []
    things: list[list[str]] = []
    is_open = False
    for part, with_date in zip(parts, dated, strict=True):
        again = has_hours(part) and is_open and any(has_hours(each) for each in things[-1])
        if (is_open and not again) or (not with_date and things and dated[0] and not has_hours(part)):
            things[-1].append(part)
        else:
            things.append([part])
        is_open = not any(has_date(each) for each in things[-1])
    return _with_last(things, has_date, has_hours)


def _with_last(things: list[list[str]], has_date: Callable[[str], bool], has_hours: Callable[[str], bool]) -> list[str]:
    """A last part with neither date nor hours belongs to the thing before it."""
    if len(things) > 1 and not any(has_date(part) or has_hours(part) for part in things[-1]):
        things[-2] += things.pop()
    return [", ".join(parts) for parts in things]


def _is_list(parts: list[str], has_hours: Callable[[str], bool]) -> bool:
    return sum(map(has_hours, parts)) > 1
