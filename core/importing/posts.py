"""Positions and subjects in the shorthand of schools → their names in the reference, where the shorthand is known."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from core.importing.findings import Found, Unreadable
from core.importing.words import line, mended, plain, shown

LONGEST = 160
"""Letters of a position's or a subject's name; the registry keeps no longer ones."""
MOST = 20
"""Subjects of one person."""
_HERE = Path(__file__).parent
_DIVIDERS = re.compile(r"[,;\n/+]|(?<=[а-яё.]) и (?!ОДНКНР|защит)")
_TEACHES = re.compile(
    r"^(учитель|преподаватель|уч\.) (?!начал|нач|-|организ|логопед|дефектолог)(.{2,120})$", re.IGNORECASE
)
_BRACKETED = re.compile(r"^(учитель|преподаватель) ?\(([^()]{2,120})\)$", re.IGNORECASE)


def read_position(text: str) -> Found[tuple[str, tuple[str, ...]]]:
    """The position and the subjects that it names: «учитель математики» → учитель, математика. Raises Unreadable."""
    written = _checked(line(mended(text)), text)
    taught = _BRACKETED.match(written) or _TEACHES.match(written)
    head, said = ("учитель", taught[2]) if taught else _behind_comma(written)
    subjects = [_known_subject(part) for part in _parts(said)]
    if not said or any(subject is None for subject in subjects):
        return Found((_known_position(written), ()))
    return Found((head, tuple(dict.fromkeys(subject for subject in subjects if subject))))


def _behind_comma(written: str) -> tuple[str, str]:
    """«Учитель, математика» of a column for both."""
    head, _, said = written.partition(",")
    known = _positions().get(_bare(head), "")
    return known, said if known else ""


def read_subjects(text: str) -> Found[tuple[str, ...]]:
    """Each once, in the order of the cell; a word that is not known stays as it is. Raises Unreadable."""
    whole = _whole_subject(text)
    parts = [whole] if whole else _parts(text)
    if len(parts) > MOST:
        raise Unreadable(f"{shown(text)}: больше {MOST} предметов. Перечислите предметы через запятую")
    subjects = [_known_subject(part) or _checked(part, text) for part in parts]
    return Found(tuple(dict.fromkeys(subjects)))


def _whole_subject(text: str) -> str | None:
    """A name of the reference that has a comma or «и» of its own."""
    seen = plain(text)
    return next((title for title, _ in _subjects() if plain(title) == seen), None)


def _parts(text: str) -> list[str]:
    return [part for each in _DIVIDERS.split(mended(text)) if (part := line(each).strip(" .-–—"))]


def _checked(name: str, text: str) -> str:
    if len(name) > LONGEST:
        raise Unreadable(f"{shown(text)}: название длиннее {LONGEST} букв. Сократите его")
    return name


def _known_position(written: str) -> str:
    seen = _bare(written)
    return _positions().get(seen, written)


def _known_subject(part: str) -> str | None:
    seen = _bare(part)
    return next((title for title, shorts in _subjects() if plain(title) == plain(part) or _begins(seen, shorts)), None)


def _begins(seen: str, shorts: tuple[str, ...]) -> bool:
    """Every word of the short form begins the word in its place."""
    words = seen.split()
    return any(len(words) >= len(short.split()) and all(map(str.startswith, words, short.split())) for short in shorts)


def _bare(text: str) -> str:
    return re.sub(r"[. ]+", " ", plain(text)).strip()


@lru_cache(maxsize=1)
def _positions() -> dict[str, str]:
    table = _table("positions.yaml")
    return {_bare(short): each["title"] for each in table for short in (*each["short"], each["title"])}


@lru_cache(maxsize=1)
def _subjects() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((each["title"], tuple(each["short"])) for each in _table("subjects.yaml"))


def _table(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((_HERE / name).read_text(encoding="utf-8")))
