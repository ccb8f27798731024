"""Lines of the sheet `survey` → rows with their kinds."""

from collections.abc import Iterable

from core.surveys.xlsform.kinds import read_kind
from core.surveys.xlsform.nesting import Item
from core.surveys.xlsform.places import Findings, Line

MAX_ROWS = 1000


def items_of(lines: Iterable[Line], findings: Findings) -> list[Item]:
    """Rows that mean something; rows of remarks and disabled ones are passed over, as pyxform does."""
    items: list[Item] = []
    for line in lines:
        if line["disabled"].lower() in {"yes", "true", "true()"} or not _says_something(line):
            continue
        if len(items) >= MAX_ROWS:
            findings.refuse(line.place(), f"строк больше {MAX_ROWS}; для чата анкета слишком длинная")
            break
        if line["type"]:
            items.append(Item(line, read_kind(line["type"])))
        else:
            findings.refuse(line.place("type"), "у строки нет вида вопроса: заполните type или очистите строку")
    return items


def _says_something(line: Line) -> bool:
    return bool(line["type"] or line["name"] or line["label"])
