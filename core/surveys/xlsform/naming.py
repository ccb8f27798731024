"""Names: mentioned by expressions, too long, or the same in two groups."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from core.surveys.wording import filled, placeholders
from core.surveys.xlsform.places import Draft, Line

LONGEST = 60
_EXPRESSIONS = ("relevant", "required", "constraint", "calculation", "default", "choice_filter", "read_only")
_PATH = re.compile(
    r"""'[^']*' | "[^"]*"
      | (?<![\w.)}\]/]) (?: \.\. | /[\w.-]+ ) (?: /\.\. | /[\w.-]+ )*? / (?P<name>[^\W\d][\w.-]*) (?![\w./(\[-])""",
    re.VERBOSE,
)
"""Texts, to be passed over, and paths to a question: ../name, /data/group/name."""


def mentioned(*sheets: Iterable[Line]) -> frozenset[str]:
    """Every `${name}` in any cell."""
    return frozenset(
        name for lines in sheets for line in lines for text in line.cells.values() for name in placeholders(text)
    )


def shortened(lines: Sequence[Line]) -> list[Line]:
    """Names longer than a survey can have are cut, everywhere the same; Kobo makes them out of whole labels."""
    names = [line["name"] for line in lines if len(line["name"]) > LONGEST]
    if not names:
        return list(lines)
    short = {name: f"{name[: LONGEST - 6]}_{place}" for place, name in enumerate(dict.fromkeys(names), start=1)}
    return [
        replace(
            line,
            cells={
                field: short.get(text, text) if field == "name" else filled(text, lambda n: f"${{{short.get(n, n)}}}")
                for field, text in line.cells.items()
            },
        )
        for line in lines
    ]


def without_paths(lines: Sequence[Line]) -> list[Line]:
    """Paths to questions as `${name}`, where the name leaves no doubt; older forms are full of them."""
    count = Counter(line["name"] for line in lines)
    once = {name for name, number in count.items() if number == 1}
    return [
        line.with_cells(**{field: _PATH.sub(lambda match: _named(match, once), line[field]) for field in _EXPRESSIONS})
        if any("/" in line[field] for field in _EXPRESSIONS)
        else line
        for line in lines
    ]


def _named(match: re.Match[str], once: Container[str]) -> str:
    return f"${{{match['name']}}}" if match["name"] in once else match[0]


def distinct(drafts: Sequence[Draft], referenced: frozenset[str]) -> list[Draft]:
    """XLSForm lets groups have rows of the same name, as long as nothing refers to them; here each gets its own."""
    taken: dict[str, str] = {}
    opened: list[str] = []
    result = []
    for draft in drafts:
        if draft.type == "end_group":
            opened.pop()
        own = _own(draft, opened, taken, referenced)
        taken.setdefault(own.name, "/".join(opened))
        result.append(own)
        if draft.type == "begin_group":
            opened.append(own.name)
    return result


def _own(draft: Draft, opened: list[str], taken: dict[str, str], referenced: frozenset[str]) -> Draft:
    name = draft.name
    if not name or taken.get(name, "/".join(opened)) == "/".join(opened) or name in referenced:
        return draft
    place = 2
    while f"{name[: LONGEST - 6]}_{place}" in taken:
        place += 1
    return replace(draft, data={**draft.data, "name": f"{name[: LONGEST - 6]}_{place}"})
