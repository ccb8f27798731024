"""How the tests of expressions ask."""

import math
from datetime import UTC, datetime, timedelta, timezone

from core.surveys.expressions import Operand, Scope, compile_expression, evaluate

ANSWERS = {
    "age": "35",
    "empty": "",
    "topics": "speech ict music",
    "word": "да",
    "zero": "0",
    "born": "1990-05-17",
    "возраст": "7",
    "good.name-1": "1",
}
LABELS = {("topics", "ict"): "Цифровые технологии", ("topics", "music"): "Музыка"}
COLUMNS = {"name": "lyceum", "kind": "urban"}
NOW = datetime(2026, 5, 17, 9, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=3)))
LATE_IN_UTC = datetime(2026, 5, 17, 21, 30, tzinfo=UTC)


def scope(dot: str = "", now: datetime | None = NOW) -> Scope:
    return Scope(
        lambda name: ANSWERS.get(name, ""),
        dot,
        now,
        lambda question, choice: LABELS.get((question, choice), ""),
        lambda name: COLUMNS.get(name, ""),
    )


def value(source: str, dot: str = "", *, columns: bool = False) -> Operand:
    return evaluate(compile_expression(source, columns=columns), scope(dot))


def same(left: Operand, right: Operand) -> bool:
    """Equal and of one kind; NaN is like NaN, 0 like -0."""
    if isinstance(left, float) and isinstance(right, float):
        return left == right or (math.isnan(left) and math.isnan(right))
    return type(left) is type(right) and left == right
