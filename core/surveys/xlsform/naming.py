"""Names: mentioned by expressions, too long, or the same in two groups."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.surveys.wording import filled, placeholders
from core.surveys.xlsform.places import Draft, Line

LONGEST = 60


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
