"""Answers to try, one after the other, until one is accepted. Pure; everything random comes from `rng`."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random

from core.surveys.expressions.syntax import Chain, Expression, Literal, Reference, walk
from core.surveys.model import Question, QuestionType, Value
from core.surveys.situation import Situation

COMMON_NUMBERS = (1, 0, 2, 3, 5, 10, 20, 50, 100, 500, 1000, 2000, -1)
TEXTS = (
    "Вымышленный ответ",
    "Вымышленный ответ для проверки анкеты, который немного длиннее других",
    "Проба",
    "да",
    "1",
    "12",
    "123",
    "2026",
    "123456",
    "1234567890",
    "+79000000000",
    "89000000000",
    "proba@example.org",
    "https://example.org",
    "А1",
    "A1",
)
"""Where a pattern is asked for, one of these usually fits."""
TIMES = ("14:30", "09:00", "18:00", "12:00", "00:00", "23:59")
_FEW = 5
"""Numbers whose sums and differences can all be tried."""
_LONG_AGO = 40 * 365
"""Days; birthdays."""


def numbers(situation: Situation, question: Question, rng: Random) -> Iterator[Value]:
    """First one between the bounds that the constraint speaks of, then the bounds and common numbers."""
    if question.row is not None:
        yield from rng.sample(question.row.numbers, len(question.row.numbers))
        return
    whole = question.type is QuestionType.INTEGER
    found = _hints(situation, question.constraint)
    low, high = (min(found), max(found)) if found else (0.0, 10.0)
    if low == high:
        low, high = min(0.0, low), max(10.0, high)
    between = [rng.triangular(low, high, low + (high - low) / 4) for _ in range(4)]
    around = [one + step for step in (0.0, 1.0, -1.0) for one in found]
    for one in (*between, *around, *COMMON_NUMBERS, *(high + more for more in (1.0, 10.0, 100.0))):
        yield round(one) if whole else round(one, 2)


def _hints(situation: Situation, constraint: Expression | None) -> list[float]:
    """Numbers in the constraint and answers it refers to; where it adds or subtracts, their sums and differences."""
    if constraint is None:
        return []
    nodes = list(walk(constraint.root))
    literals = [float(one.value) for one in nodes if isinstance(one, Literal) and isinstance(one.value, float | int)]
    answers = [number for one in nodes if isinstance(one, Reference) for number in _number(situation.text(one.name))]
    found = [*literals, *answers]
    adds = any(isinstance(one, Chain) and any(sign in {"+", "-"} for sign, _ in one.rest) for one in nodes)
    if adds and len(found) <= _FEW:
        found += [abs(a - b) for a, b in combinations(found, 2)] + [2 * max(found) - sum(found), sum(found)]
    return found


def _number(text: str) -> list[float]:
    try:
        return [float(text)]
    except ValueError:
        return []


def moments(situation: Situation, question: Question, now: datetime, rng: Random) -> Iterator[Value]:
    """Days of the last and the next year, birthdays, and the days around those that the constraint refers to."""
    if question.type is QuestionType.TIME:
        yield from (f"{rng.randrange(8, 18):02}:{rng.randrange(60):02}", *TIMES)
        return
    today = now.date()
    near = [today - timedelta(days=rng.randrange(1, 365)), today + timedelta(days=rng.randrange(1, 365)), today]
    far = [today - timedelta(days=rng.randrange(_LONG_AGO)), today - timedelta(days=_LONG_AGO)]
    for day in (*near, *_days(situation, question.constraint), *far):
        yield day.isoformat() if question.type is QuestionType.DATE else f"{day.isoformat()}T12:00"


def _days(situation: Situation, constraint: Expression | None) -> Iterator[date]:
    for node in walk(constraint.root) if constraint is not None else ():
        text = situation.text(node.name) if isinstance(node, Reference) else getattr(node, "value", "")
        try:
            day = date.fromisoformat(str(text)[:10])
        except ValueError:
            continue
        yield from (day, day + timedelta(days=1), day - timedelta(days=1))


def texts(rng: Random) -> Iterator[Value]:
    yield from (TEXTS[rng.randrange(3)], *TEXTS)
