"""Surnames of the registry in a text, in whichever case they stand (SPEC §3, privacy mode). Only ever a warning."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Teacher
from storage.searching import searchable

_WORD = re.compile(r"[А-ЯЁ][а-яёА-ЯЁ]+(?:-[А-ЯЁ][а-яёА-ЯЁ]+)*")
_SHORTEST = 2
"""Letters that are left of a surname without its ending."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    # Иванов, Иванова: in the masculine, the feminine and the plural.
    "а": ("", "о"),
    "у": ("", "а"),
    "ом": ("", "ой", "ый", "ий", "о"),
    "ым": ("", "а", "ый", "ой"),
    "е": ("", "а", "ь", "й", "я"),
    "ой": ("а", "ая"),
    "ою": ("а", "ая"),
    "ы": ("", "а"),
    "ых": ("", "а", "ый", "ой"),
    "ыми": ("", "а", "ый", "ой"),
    # Толстой, Толстая, Маяковский.
    "ого": ("ой", "ый", "ий"),
    "ому": ("ой", "ый", "ий"),
    "его": ("ий",),
    "ему": ("ий",),
    "им": ("ий", "ой"),
    "их": ("ий", "ой"),
    "ими": ("ий", "ой"),
    "ие": ("ий",),
    "ые": ("ый", "ой"),
    "ую": ("ая",),
    # Мельник, Гуревич, Коваль, Гайдай, Берия, Глинка.
    "ем": ("", "ь", "й", "ий"),
    "ей": ("", "а", "я", "ь"),
    "ев": ("", "ь", "й"),
    "ов": ("",),
    "ам": ("", "а"),
    "ами": ("", "а"),
    "ах": ("", "а"),
    "и": ("", "а", "я", "ь", "й"),
    "я": ("ь", "й"),
    "ю": ("ь", "й", "я"),
    "ям": ("ь", "й", "я"),
    "ями": ("ь", "й", "я"),
    "ях": ("ь", "й", "я"),
}
"""Ending of a case → endings of the nominative that it may come from."""


def base_forms(word: str) -> frozenset[str]:
    """What a surname may be in the nominative, in small letters and with е for ё; the word itself is one of them."""
    parts = [frozenset(_bases(one)) for one in searchable(word).split("-")]
    return frozenset("-".join(one) for one in product(*parts))


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending, before in _ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            yield from (stem + one for one in before)


async def surnames_in(session: AsyncSession, municipality_id: int, text: str) -> tuple[str, ...]:
    """The words of a text without markup that may be surnames of people who work in the municipality."""
    words = dict.fromkeys(_WORD.findall(text))
    if not words:
        return ()
    known = {
        searchable(one)
        for one in await session.scalars(
            select(Teacher.surname)
            .where(Teacher.municipality_id == municipality_id, Teacher.archived_at.is_(None))
            .distinct()
        )
    }
    return tuple(one for one in words if base_forms(one) & known)
