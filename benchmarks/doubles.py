"""Finding likely doubles among ten times as many people, against ten times the time."""

import random
import time

from benchmarks.result import Row
from core.doubles.model import Named
from core.doubles.rules import alike

SMALL = 10_000
LARGE = 100_000
_LETTERS = "абвгдежзик"


async def measure() -> list[Row]:
    small, large = _seconds(SMALL), _seconds(LARGE)
    speed = f"{large * 1e6 / LARGE:.1f} мкс на человека"
    ratio = small * (LARGE / SMALL) / large
    return [Row("поиск двойников среди 100 000 против десяти раз по 10 000", speed, ratio)]


def _seconds(people: int) -> float:
    """As in a large region: three thousand surnames, sixty given names, years of birth of all who work."""
    chance = random.Random(people)
    surnames, names, patronymics = (_words(chance, count) for count in (3000, 60, 60))
    registry = [
        Named(
            number,
            chance.choice(surnames),
            chance.choice(names),
            chance.choice(patronymics),
            chance.randint(1960, 2003),
        )
        for number in range(people)
    ]
    began = time.perf_counter()
    alike(registry)
    return time.perf_counter() - began


def _words(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choices(_LETTERS, k=chance.randint(5, 9))) for _ in range(count)]
