"""Where a file is wrong: places as the reader of workbooks words them, taken apart for a table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.surveys.reading import Problem

_PLACE = re.compile(r"лист (?P<sheet>.+?), строка (?P<row>[0-9]+)(?:, столбец (?P<column>.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Located:
    """`sheet` holds the whole place when it is none of sheet and row."""

    sheet: str
    row: str
    column: str
    message: str


def located(problems: Iterable[Problem]) -> list[Located]:
    return [_located(problem) for problem in problems]


def _located(problem: Problem) -> Located:
    match = _PLACE.fullmatch(problem.where)
    if match is None:
        return Located(problem.where, "", "", problem.message)
    return Located(match["sheet"], match["row"], match["column"] or "", problem.message)
