"""What the columns and codes of a file mean. Pure."""

from collections.abc import Iterator
from datetime import datetime

from core.results.model import CampaignResults
from core.results.source import Source
from core.tables.table import Cell, Kind, Table, Variable

_KINDS = {
    Kind.TEXT: "текст",
    Kind.CODE: "один вариант",
    Kind.FLAG: "отмечено или нет",
    Kind.NUMBER: "число",
    Kind.DATE: "день",
    Kind.TIME: "время",
    Kind.MOMENT: "день и время",
}
_SOURCES = {
    Source.ANSWERS: "Именная анкета. Доли посчитаны от тех, кто ответил на вопрос.",
    Source.RELEASE: (
        "Защищённая анкета: только числа, по которым нельзя узнать ответы немногих людей. Доли посчитаны от всех "
        "сданных анкет. Пустая клетка значит, что числа нет или за ним стоит слишком мало людей."
    ),
}


def codebook(table: Table) -> Table:
    """A row a column of the table; a code has a row for each of its labels."""
    variables = (
        Variable("name", "Имя в SPSS", Kind.TEXT),
        Variable("label", "Что это", Kind.TEXT),
        Variable("kind", "Вид", Kind.TEXT),
        Variable("code", "Код", Kind.NUMBER),
        Variable("meaning", "Значение кода", Kind.TEXT),
    )
    return Table("Кодировка", variables, [row for one in table.variables for row in _codes(one)])


def about(found: CampaignResults, at: datetime) -> Table:
    """First sheet: which campaign, how many, when the file was made (`at`, by the municipality's clocks)."""
    row = found.campaign.row
    closed = "идёт, числа ещё меняются" if row.closed_at is None else "завершено"
    facts: list[tuple[str, Cell]] = [
        ("Анкетирование", row.title),
        ("Анкета", f"{row.survey_title}, версия {found.campaign.survey_version}"),
        ("Состояние", closed),
        ("Приглашены", str(row.invited)),
        ("Отправили анкету", str(row.submitted)),
        ("Прошлая волна", None if found.earlier is None else found.earlier.title),
        ("Как читать", _SOURCES[found.source]),
        ("Файл сделан", f"{at:%d.%m.%Y %H:%M}"),
    ]
    variables = (Variable("what", "Об этом файле", Kind.TEXT), Variable("is", " ", Kind.TEXT))
    return Table("О файле", variables, [list(one) for one in facts if one[1] is not None])


def _codes(variable: Variable) -> Iterator[list[Cell]]:
    head: list[Cell] = [variable.name, variable.label, _KINDS[variable.kind]]
    if variable.kind is Kind.FLAG:
        yield from ([*head, 1, "да"], [*head, 0, "нет"])
    elif variable.labels:
        for code, label in variable.labels.items():
            yield [*head, code, label]
    else:
        yield [*head, None, None]
