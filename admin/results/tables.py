"""Blocks of results as tables of ready words; the same numbers as in the charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from admin.results import words
from admin.results.blocks import SCALES, Block
from core.results.model import CampaignResults, CutRow, Figures, Option, Result, ResultCut, Shape
from core.results.source import Source
from core.results.words import CUTS, EVERYBODY, HEADINGS


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`of` is what it tells about, `heading` stands over the first column."""

    of: str
    title: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def main_table(found: CampaignResults, block: Block) -> Table | None:
    """None for a question that people answered in words."""
    if block.key == SCALES:
        return _of_many(found, block, "Шкала")
    if len(block.results) > 1:
        return _of_many(found, block, "Утверждение")
    only = block.results[0]
    if only.shape is Shape.TEXT:
        return None
    return _of_options(found, only) if only.options else _of_mean(found, only)


def cut_tables(found: CampaignResults, block: Block) -> list[Table]:
    """None without a cut, and none for questions that were not divided."""
    divided = [] if found.cut is None else [result for result in block.results if _is_divided(result)]
    if divided and len(block.results) > 1 and all(result.figures.mean is not None for result in block.results):
        return [_means_by_cut(found, block)]
    return [_by_cut(found, result) for result in divided]


def _of_many(found: CampaignResults, block: Block, heading: str) -> Table:
    options = block.results[0].options if _told(block.results) else ()
    means = any(result.figures.mean is not None for result in block.results)
    before = found.earlier is not None and found.earlier.comparable and means
    columns = [option.label for option in options] + (["Среднее"] if means else [])
    columns += ["Было", "Изменение"] if before else []
    rows = tuple(
        Row(
            result.label,
            (*_shares(result.figures, options), *_mean_cells(result, means, before), words.people(result.figures.n)),
        )
        for result in block.results
    )
    return Table(block.title, "Все ответы", heading, (*columns, _n_heading(found)), rows, _note(block.results))


def _of_options(found: CampaignResults, result: Result) -> Table:
    counted = found.source is Source.ANSWERS and result.shape is not Shape.RANK
    before = result.previous is not None
    columns = ["Среднее место" if result.shape is Shape.RANK else "Доля"]
    columns += ([words.counted(found.campaign.row.respondent)] if counted else []) + (
        ["Было", "Изменение"] if before else []
    )
    rows = [Row(option.label, _option_cells(result, option, counted, before)) for option in result.options]
    gap = ("",) if counted else ()
    if result.figures.mean is not None:
        rows.append(Row("В среднем", (words.mean(result.figures.mean), *gap, *_mean_change(result, before))))
    rows.append(Row(_n_heading(found), (*gap, words.people(result.figures.n), *_people_before(result))))
    return Table(result.label, "Все ответы", "Ответ", tuple(columns), tuple(rows), _note((result,)))


def _option_cells(result: Result, option: Option, counted: bool, before: bool) -> tuple[str, ...]:
    now = result.figures.values.get(option.key)
    cells = [words.value(result, now)]
    if counted:
        cells.append(words.people(result.figures.counts.get(option.key)))
    if before and result.previous is not None:
        earlier = result.previous.values.get(option.key)
        cells += [words.value(result, earlier), words.change(now, earlier, points=result.shape is not Shape.RANK)]
    return tuple(cells)


def _of_mean(found: CampaignResults, result: Result) -> Table:
    before = result.previous is not None
    columns = ("Среднее", *(("Было", "Изменение") if before else ()), _n_heading(found))
    cells = (words.mean(result.figures.mean), *_mean_change(result, before), words.people(result.figures.n))
    return Table(result.label, "Все ответы", "Кто", columns, (Row(EVERYBODY, cells),), _note((result,)))


def _mean_cells(result: Result, means: bool, before: bool) -> tuple[str, ...]:
    if not means:
        return ()
    return (words.mean(result.figures.mean), *_mean_change(result, before))


def _mean_change(result: Result, before: bool) -> tuple[str, ...]:
    if not before:
        return ()
    earlier = None if result.previous is None else result.previous.mean
    return words.mean(earlier), words.change(result.figures.mean, earlier, points=False)


def _people_before(result: Result) -> tuple[str, ...]:
    """No change of these: how many answered says nothing about what they answered."""
    return () if result.previous is None else (words.people(result.previous.n), "")


def _means_by_cut(found: CampaignResults, block: Block) -> Table:
    """A row for each group, a column for each scale or statement."""
    assert found.cut is not None
    titles = {row.key: row.title for result in block.results for row in result.rows}
    by_result = [{row.key: row.figures for row in result.rows} for result in block.results]
    whole = Row(EVERYBODY, tuple(words.mean(result.figures.mean) for result in block.results))
    rows = [
        Row(title, tuple(words.mean(figures[key].mean) if key in figures else words.ABSENT for figures in by_result))
        for key, title in titles.items()
    ]
    columns = tuple(result.label for result in block.results)
    return Table(block.title, CUTS[found.cut], HEADINGS[found.cut], columns, (whole, *rows), _cut_note(found))


def _by_cut(found: CampaignResults, result: Result) -> Table:
    """Options as columns; those that no group tells are left out."""
    assert found.cut is not None
    whole = CutRow("", EVERYBODY, result.figures)
    options = result.options if any(row.figures.values for row in result.rows) else ()
    mean = result.figures.mean is not None
    columns = (*(option.label for option in options), *(("Среднее",) if mean else ()), _n_heading(found))
    rows = tuple(Row(row.title, _cut_cells(result, row.figures, options, mean)) for row in (whole, *result.rows))
    return Table(result.label, CUTS[found.cut], HEADINGS[found.cut], columns, rows, _cut_note(found))


def _cut_cells(result: Result, figures: Figures, options: Sequence[Option], mean: bool) -> tuple[str, ...]:
    shown = [words.value(result, figures.values.get(option.key)) for option in options]
    return (*shown, *((words.mean(figures.mean),) if mean else ()), words.people(figures.n))


def _is_divided(result: Result) -> bool:
    """Some group has a figure of its own; without any a table would say nothing."""
    return any(row.figures.values or row.figures.mean is not None for row in result.rows)


def _shares(figures: Figures, options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(words.share(figures, option.key) for option in options)


def _told(results: Sequence[Result]) -> bool:
    """The same options in every line, and some of them with a figure."""
    same = all(result.options == results[0].options for result in results)
    return same and any(result.figures.values for result in results)


def _n_heading(found: CampaignResults) -> str:
    return "Ответили" if found.source is Source.ANSWERS else "Анкет"


def _cut_note(found: CampaignResults) -> str:
    return words.SUBJECT_NOTE if found.cut is ResultCut.SUBJECT else ""


def _note(results: Sequence[Result]) -> str:
    changed = [result for result in results if result.reworded and result.previous is not None]
    if not changed:
        return ""
    if results[0].shape is Shape.SCALE:
        return f"В прошлой волне считались по другим вопросам или иначе: {_labels(changed)}."
    return words.REWORDED if len(results) == 1 else f"В прошлой волне звучали иначе: {_labels(changed)}."


def _labels(results: Sequence[Result]) -> str:
    return "; ".join(f"«{result.label}»" for result in results)
