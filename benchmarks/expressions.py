"""Microseconds an expression takes, against the same condition written as a Python function by hand."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.result import Row
from core.surveys.expressions import Scope, compile_expression, evaluate

SECONDS = 0.2
"""How long each side is measured."""
_BATCH = 200

ANSWERS = {"topics": "speech ict music", "years": "12", "born": "1990-05-17", "rate": "1.25"}
_NOW = datetime(2026, 5, 17, tzinfo=UTC)

Lookup = Callable[[str], str]

RELEVANT = "selected(${topics}, 'ict') and ${years} > 3"
CONSTRAINT = ". >= 0 and . <= 60 and regex(., '[0-9]{1,2}')"
CALCULATION = (
    "concat('Стаж ', ${years}, ', возраст ', int((today() - ${born}) div 365.25), ', тем ', "
    "count-selected(${topics}), ', нагрузка ', round(${rate} * 18, 1), if(${rate} > 1, ' — выше ставки', ''))"
)


def _relevant(lookup: Lookup, _dot: str) -> object:
    return "ict" in lookup("topics").split() and float(lookup("years")) > 3


def _constraint(_lookup: Lookup, dot: str) -> object:
    return float(dot) >= 0 and float(dot) <= 60 and 1 <= len(dot) <= 2 and dot.isdecimal()


def _calculation(lookup: Lookup, _dot: str) -> object:
    born = datetime.fromisoformat(lookup("born")).replace(tzinfo=UTC)
    rate = float(lookup("rate"))
    age = int((_NOW - born).days / 365.25)
    return (
        f"Стаж {lookup('years')}, возраст {age}, тем {len(lookup('topics').split())}, "
        f"нагрузка {round(rate * 18, 1)}{' — выше ставки' if rate > 1 else ''}"
    )


async def measure() -> list[Row]:
    return [
        _compare("условие показа", RELEVANT, _relevant),
        _compare("проверка ответа", CONSTRAINT, _constraint),
        _compare("длинное вычисление", CALCULATION, _calculation),
    ]


def _compare(what: str, source: str, by_hand: Callable[[Lookup, str], object]) -> Row:
    expression = compile_expression(source)
    scope = Scope(lambda name: ANSWERS[name], "12", _NOW)
    ours = _microseconds(lambda: evaluate(expression, scope))
    python = _microseconds(lambda: by_hand(scope.lookup, scope.dot))
    return Row(f"{what} анкеты против функции на Python", f"{ours:.2f} мкс", python / ours)


def _microseconds(run: Callable[[], object]) -> float:
    run()
    count = 0
    begun = time.perf_counter()
    while (passed := time.perf_counter() - begun) < SECONDS:
        for _ in range(_BATCH):
            run()
        count += _BATCH
    return passed / count * 1_000_000
