"""Figures of results as one long table: a row for each number that the page shows. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from core.results.model import CampaignResults, Figures, Option, Result, Shape
from core.results.source import Source
from core.results.words import CUTS, EVERYBODY
from core.tables.table import Cell, Kind, Table, Variable

_SHARE, _PLACE = "%", "место"


def figures_table(title: str, found: Sequence[CampaignResults]) -> Table:
    """Undivided results and results by cut, one after another. The wave before stands only beside undivided ones."""
    people = "Ответили" if found[0].source is Source.ANSWERS else "Анкет в группе"
    variables = (
        Variable("cut", "Разрез", Kind.TEXT),
        Variable("group", "Группа", Kind.TEXT),
        Variable("section", "Раздел", Kind.TEXT),
        Variable("name", "Код", Kind.TEXT),
        Variable("question", "Вопрос или шкала", Kind.TEXT),
        Variable("answer", "Что посчитано", Kind.TEXT),
        Variable("unit", "Единица", Kind.TEXT),
        Variable("value", "Значение", Kind.NUMBER),
        Variable("count", "Человек", Kind.NUMBER),
        Variable("n", people, Kind.NUMBER),
        Variable("previous", "Прошлая волна", Kind.NUMBER),
    )
    return Table(title, variables, [row for one in found for row in _rows(one)])


def _rows(found: CampaignResults) -> Iterator[list[Cell]]:
    for result in found.all:
        if found.cut is None:
            yield from _figures("Все ответы", EVERYBODY, result, result.figures, result.previous)
        else:
            for row in result.rows:
                yield from _figures(CUTS[found.cut], row.title, result, row.figures, None)


def _figures(cut: str, group: str, result: Result, figures: Figures, previous: Figures | None) -> Iterator[list[Cell]]:
    """Rounded as releases are; a figure that is not there has an empty cell, withheld or not."""
    place: list[Cell] = [cut, group, result.section or None, result.name, result.label]
    unit = _PLACE if result.shape is Shape.RANK else _SHARE
    for option in _told(result, figures):
        before = None if previous is None else previous.values.get(option.key)
        value = _rounded(figures.values.get(option.key))
        yield [*place, option.label, unit, value, figures.counts.get(option.key), figures.n, _rounded(before)]
    if figures.mean is not None or result.shape in {Shape.SCALE, Shape.NUMBER}:
        before = None if previous is None else previous.mean
        yield [*place, "Среднее", _mean_unit(result), _rounded(figures.mean), None, figures.n, _rounded(before)]
    if result.shape is Shape.TEXT:
        yield [*place, "Ответы своими словами", None, None, result.texts, figures.n, None]


def _told(result: Result, figures: Figures) -> Iterable[Option]:
    return result.options if figures.n != 0 else ()


def _mean_unit(result: Result) -> str | None:
    if result.shape is Shape.SCALE:
        return "из 100"
    return None if result.top is None else f"баллы, от 0 до {result.top:g}".replace(".", ",")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
