"""The report that a campaign would give, from made-up answers: one chart, then a block a question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from admin.rehearsal.findings import wording
from admin.shell.formatting import NBSP, decimal, percent, plural
from core.charts import svg
from core.charts.model import Bar, BarChart
from core.rehearsal.model import Rehearsal
from core.releases.model import SILENT, Cell, Cut, Measure, MeasureKind, parse_measure
from core.surveys.model import Question, SurveyDefinition

MADE_UP = "Вымышленные ответы"
_FEW_GROUPS = {Cut.KIND, Cut.EXPERIENCE}
_BARS = 8
"""Groups that stand in the chart beside the whole municipality."""
_HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Block:
    """`rows`: label and figure."""

    title: str
    note: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    chart: Markup | None
    scales: tuple[Block, ...]
    questions: tuple[Block, ...]


def report(found: Rehearsal, definition: SurveyDefinition, named: Mapping[tuple[Cut, str], str]) -> Report:
    by_name: defaultdict[str, list[tuple[Measure, Cell]]] = defaultdict(list)
    for cell in found.report.cells:
        if cell.cut is Cut.MUNICIPALITY:
            measure = parse_measure(cell.measure)
            by_name[measure.name].append((measure, cell))
    texts = {name: sum(1 for one, _ in found.report.texts if one == name) for name, _ in found.report.texts}
    questions = [_question(one, by_name[one.name], texts.get(one.name, 0)) for one in definition.questions]
    return Report(
        chart=_chart(found, definition, named),
        scales=tuple(
            _scale(scale.title, {band.code: band.title for band in scale.bands}, by_name[scale.name])
            for scale in definition.scales
            if by_name[scale.name]
        ),
        questions=tuple(one for one in questions if one is not None),
    )


def _scale(title: str, bands: Mapping[str, str], figures: Sequence[tuple[Measure, Cell]]) -> Block:
    rows: list[tuple[str, str]] = []
    for measure, cell in figures:
        if measure.kind is MeasureKind.SCALE:
            rows.insert(0, ("Среднее, от 0 до 100", decimal(cell.value)))
        elif measure.kind is MeasureKind.BAND:
            rows.append((bands[measure.detail], percent(cell.value)))
    return Block(title, _people(figures[0][1].n), tuple(rows))


def _question(question: Question, figures: Sequence[tuple[Measure, Cell]], texts: int) -> Block | None:
    rows = [row for measure, cell in figures if (row := _figure(question, measure, cell)) is not None]
    if texts:
        rows.append(("Текстов в общем списке, без имён и вперемешку", str(texts)))
    if not rows:
        return None
    return Block(wording(question.label), _people(figures[0][1].n) if figures else "", tuple(rows))


def _figure(question: Question, measure: Measure, cell: Cell) -> tuple[str, str] | None:
    match measure.kind:
        case MeasureKind.MEAN:
            return "Среднее", decimal(cell.value)
        case MeasureKind.SHARE:
            return _classes(question, measure.classes), percent(cell.value)
        case MeasureKind.RANK:
            return wording(question.choice(int(measure.detail)).label), f"место{NBSP}{decimal(cell.value)}"
        case _:
            return None


def _classes(question: Question, numbers: Sequence[int]) -> str:
    """Answers that the disclosure rule counts together stand together."""
    return " или ".join(
        "без ответа" if one == SILENT else f"«{wording(question.choice(one).label)}»" for one in numbers
    )


def _chart(found: Rehearsal, definition: SurveyDefinition, named: Mapping[tuple[Cut, str], str]) -> Markup | None:
    """Scales of the municipality; with one scale, by kind of organisation and experience too."""
    measures = {str(Measure(MeasureKind.SCALE, one.name)): one.title for one in definition.scales}
    whole = [one for one in found.report.cells if one.cut is Cut.MUNICIPALITY and one.measure in measures]
    bars = [Bar(measures[one.measure], one.value, _people(one.n)) for one in whole]
    if len(whole) == 1:
        parts = [one for one in found.report.cells if one.measure == whole[0].measure and one.cut in _FEW_GROUPS]
        bars += [Bar(named.get((one.cut, one.group), one.group), one.value, _people(one.n)) for one in parts[:_BARS]]
    if not bars:
        return None
    chart = BarChart(MADE_UP, tuple(bars), definition.title, unit="", maximum=_HIGHEST)
    return Markup(svg.draw(chart))  # noqa: S704 - the chart escapes what it is given


def _people(count: int) -> str:
    return plural(count, "ответ", "ответа", "ответов")
