"""A column's heading in a school's own words → what the column means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from core.importing.model import Column, ImportKind
from core.importing.words import joined, plain
from storage.searching import searchable

LONGEST = 300
"""Characters of a heading; more is an instruction."""
_HERE = Path(__file__).parent
_WORDS = re.compile(r"№|[а-яa-z]+")
_SPOKEN = re.compile(r"(?:№ ?)?(?<![а-я])п ?/ ?п\.?|№ ?пп")
_INITIALS = re.compile(r"(?<![а-я])ф\.? ?и\.? ?о\.?(?![а-я])")
_HOURS = re.compile(r"(?<![а-я])(?:час|ч\b)")
_RATES = re.compile(r"став")
_FUZZY = 6
"""Letters from which a stem may be misspelled by one."""
_DIVIDED = re.compile(r"[/,(]| и |в т")
_BOTH = "both"
_AREA = "area:"
_OF_DIAGNOSES = frozenset(
    {
        *(Column.NUMBER, Column.ORGANISATION, Column.FULL_NAME, Column.SURNAME, Column.GIVEN_NAME, Column.PATRONYMIC),
        *(Column.BIRTH_DATE, Column.AREA),
    }
)
"""What the row of a diagnosis tells; the rest of it is the registry's business."""


@dataclass(frozen=True, slots=True)
class Meaning:
    use: Column
    detail: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Rule:
    use: Column
    stems: tuple[str, ...]
    without: tuple[str, ...] = ()
    whole: bool = False
    """The stem is a whole word, and one of at most three."""
    guess: bool = False
    detail: str = ""
    initials: frozenset[str] = frozenset()
    """First letters of the stems; a heading without them is not looked at further."""


def meaning_of(heading: str, kind: ImportKind, remembered: Mapping[str, str]) -> Meaning:
    """IGNORED for one that says nothing known. `remembered` wins: searchable heading → Column or "area:<code>"."""
    if chosen := remembered.get(searchable(heading)):
        return _chosen(chosen)
    if len(heading) > LONGEST or not heading.strip():
        return Meaning(Column.IGNORED)
    return _guessed(plain(joined(heading)), kind)


def _chosen(text: str) -> Meaning:
    if text.startswith(_AREA):
        return Meaning(Column.AREA, text.removeprefix(_AREA))
    return Meaning(Column(text)) if text in set(Column) else Meaning(Column.IGNORED)


@lru_cache(maxsize=4096)
def _guessed(text: str, kind: ImportKind) -> Meaning:
    words = _words(text)
    if kind is ImportKind.DIAGNOSES and (area := _area(words)):
        return Meaning(Column.AREA, area)
    initials = {word[0] for word in words}
    likely = ((order, rule) for order, rule in enumerate(_rules()) if rule.initials <= initials)
    ranked = sorted(
        ((weight, -order, rule) for order, rule in likely if (weight := _weight(rule, words))),
        key=lambda each: each[:2],
        reverse=True,
    )
    if not ranked:
        return Meaning(Column.IGNORED)
    best = ranked[0][2]
    if kind is ImportKind.DIAGNOSES and best.use not in _OF_DIAGNOSES:
        return Meaning(Column.IGNORED)
    certain = not best.guess and not _rivals(best, [rule for _, _, rule in ranked[1:]])
    return Meaning(best.use, _detail(best, text), certain)


def _rivals(best: _Rule, others: list[_Rule]) -> bool:
    """Another meaning rests on words that the best one does not use: «Должность, предмет»."""
    return best.use is not Column.IGNORED and any(
        rule.use not in {best.use, Column.IGNORED, Column.NUMBER}
        and not rule.guess
        and not any(stem.startswith(own) or own.startswith(stem) for stem in rule.stems for own in best.stems)
        for rule in others
    )


def _detail(rule: _Rule, text: str) -> str:
    if rule.use is Column.WORKLOAD and _HOURS.search(text) and not _RATES.search(text):
        return "hours"
    if rule.detail == _BOTH and not _DIVIDED.search(text):
        return ""
    return rule.detail


def _words(text: str) -> tuple[str, ...]:
    spoken = _SPOKEN.sub("№ ", text)
    return tuple(_WORDS.findall(_INITIALS.sub("фио", spoken).replace("-", " ")))[:40]


def _weight(rule: _Rule, words: tuple[str, ...]) -> int:
    """0 when the rule does not fit."""
    if any(_begins(word, stem) for stem in rule.without for word in words):
        return 0
    if rule.whole:
        stem = rule.stems[0]
        longest = len(stem) + 3 * (len(stem) > 3)
        fits = len(words) <= 3 and any(word.startswith(stem) and len(word) <= longest for word in words)
        return len(stem) if fits else 0
    exact = all(any(_begins(word, stem) for word in words) for stem in rule.stems)
    if exact:
        return 10 * sum(map(len, rule.stems))
    near = all(any(_begins(word, stem) or _nearly(word, stem) for word in words) for stem in rule.stems)
    return 8 * sum(map(len, rule.stems)) if near else 0


def _begins(word: str, stem: str) -> bool:
    """Short stems only as words or abbreviations of their own: «пп», «пк»."""
    return word == stem if len(stem) < 3 else word.startswith(stem)


def _nearly(word: str, stem: str) -> bool:
    """One letter wrong, missing, too many, or two changed places."""
    if len(stem) < _FUZZY or word[0] != stem[0]:
        return False
    place = next((at for at, pair in enumerate(zip(word, stem, strict=False)) if pair[0] != pair[1]), len(word))
    rest, left = word[place:], stem[place:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return any(shape.startswith(left[cut:]) for shape, cut in ((rest[1:], 1), (rest[1:], 0), (rest, 1), (swapped, 0)))


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            Column(each["column"]),
            tuple(each["stems"]),
            tuple(each.get("without", ())),
            whole=each.get("whole", False),
            guess=each.get("guess", False),
            detail=each.get("detail", ""),
            initials=frozenset(stem[0] for stem in each["stems"]),
        )
        for each in _table("headings.yaml")
    )


@lru_cache(maxsize=1)
def _areas() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((each["code"], tuple(each["stems"])) for each in _table("areas.yaml"))


def _area(words: tuple[str, ...]) -> str:
    return next(
        (code for code, stems in _areas() if all(any(word.startswith(stem) for word in words) for stem in stems)), ""
    )


def _table(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((_HERE / name).read_text(encoding="utf-8")))
