"""Blocks of results as the data of charts."""

from admin.results import words
from admin.results.blocks import SCALES, Block
from admin.shell import formatting
from core.charts.frame import BANDS
from core.charts.model import Chart, DistributionChart, DistributionRow, StackedChart, StackedRow
from core.results.model import CampaignResults, Figures, Result, Shape
from core.results.source import Source

_MEANS, _LEVELS, _SHARES = "means", "levels", "shares"


def charts(found: CampaignResults, block: Block) -> dict[str, Chart]:
    """By the end of its address; without those that would be empty."""
    if block.key == SCALES:
        drawn = {_MEANS: _means(found, block, 100), _LEVELS: _levels(found, block)}
    elif block.is_battery and len(block.results) > 1:
        levels = _levels(found, block)
        tops = [result.top for result in block.results if result.top is not None]
        drawn = {_LEVELS: levels, _MEANS: _means(found, block, max(tops)) if tops and levels is None else None}
    else:
        drawn = {_SHARES: _options(found, block.results[0])}
    return {f"{block.key}-{name}": chart for name, chart in drawn.items() if chart is not None}


def _means(found: CampaignResults, block: Block, maximum: float) -> Chart | None:
    rows = tuple(
        DistributionRow(result.label, result.figures.mean, _answers(found, result.figures), _before(result, None))
        for result in block.results
    )
    return _drawn(found, block.title, rows, f"Среднее, от 0 до {formatting.decimal(maximum)}", "", maximum)


def _levels(found: CampaignResults, block: Block) -> Chart | None:
    """Shares that add up to all; None when they do not, or when there are more levels than shades."""
    legend = block.results[0].options
    same = all(result.options == legend for result in block.results)
    rows = tuple(_stacked(found, result) for result in block.results)
    if not same or not 1 < len(legend) <= len(BANDS) or not any(row.shares for row in rows):
        return None
    return StackedChart(block.title, tuple(option.label for option in legend), rows, found.campaign.row.title)


def _stacked(found: CampaignResults, result: Result) -> StackedRow:
    """All shares or none: some of them would leave a gap that looks like a level of its own."""
    values = [result.figures.values.get(option.key) for option in result.options]
    shares = tuple(one for one in values if one is not None)
    return StackedRow(result.label, shares if len(shares) == len(values) else (), _answers(found, result.figures))


def _options(found: CampaignResults, result: Result) -> Chart | None:
    if result.shape is Shape.TEXT:
        return None
    rows = tuple(
        DistributionRow(
            option.label,
            result.figures.values.get(option.key),
            _counted(found, result.figures.counts.get(option.key)),
            _before(result, option.key),
        )
        for option in result.options
    )
    if result.shape is Shape.RANK:
        return _drawn(found, result.label, rows, words.RANK_NOTE, "", max(1, len(rows)))
    mean = "" if result.figures.mean is None else f"В среднем {formatting.decimal(result.figures.mean)}"
    return _drawn(found, result.label, rows, mean, " %", 100)


def _counted(found: CampaignResults, count: int | None) -> str:
    return "" if count is None else words.counted_in_short(count, found.campaign.row.respondent)


def _drawn(
    found: CampaignResults, title: str, rows: tuple[DistributionRow, ...], note: str, unit: str, maximum: float
) -> Chart | None:
    if all(row.value is None for row in rows):
        return None
    said = ". ".join(filter(None, (found.campaign.row.title, note)))
    before = "" if found.earlier is None else f"прошлая волна: {found.earlier.title}"
    return DistributionChart(title, rows, said, unit, maximum, before, absent=words.ABSENT)


def _before(result: Result, key: str | None) -> float | None:
    if result.previous is None:
        return None
    return result.previous.mean if key is None else result.previous.values.get(key)


def _answers(found: CampaignResults, figures: Figures) -> str:
    """Behind a mean of a named survey; of a protected one it is not told who answered."""
    if found.source is Source.RELEASE or not figures.n:
        return ""
    return formatting.plural(figures.n, "ответ", "ответа", "ответов")
