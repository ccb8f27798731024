"""Places in a file and what is wrong there, as a file of its own."""

from collections.abc import Sequence

from core.importing.model import Problem
from core.tables.table import Kind, Table, Variable

_HEADINGS = (
    Variable("sheet", "Лист", Kind.TEXT),
    Variable("row", "Строка", Kind.NUMBER),
    Variable("column", "Столбец", Kind.TEXT),
    Variable("kind", "Что это", Kind.TEXT),
    Variable("message", "Что не так", Kind.TEXT),
)


def table(found: Sequence[Problem]) -> Table:
    return Table("Замечания", _HEADINGS, [_row(one) for one in found])


def _row(one: Problem) -> tuple[str, int | None, str, str, str]:
    return one.sheet, one.row or None, one.column, "ошибка" if one.fatal else "замечание", one.message
