"""Ballots → what may be published of them. Pure; everything passes core.disclosure."""

from collections.abc import Sequence

from core.disclosure import Person, Wave, disclose, disclose_bands, levels_hold, texts_hold
from core.releases.model import ALL, Ballot, Cell, Cut, Release, band_measure, scale_measure
from core.releases.questions import Column, columns
from core.surveys.model import Scale, SurveyDefinition
from core.surveys.scoring import band_of


def tally(ballots: Sequence[Ballot], k: int, definition: SurveyDefinition, waves: Sequence[Wave] = ()) -> Release:
    """Scales first, then questions, in every cut; levels of scales, items, ranks and texts of the municipality only."""
    found = [*_scales(definition, ballots), *columns(definition, ballots, k)]
    people = _people(ballots, found)
    whole = {column.name for column in found if column.whole}
    figures = disclose(people, k, [column.name for column in found], whole=whole, waves=waves)
    cells = [Cell(one.cut, one.group, one.measure, one.n, one.value) for one in figures]
    shown = {cell.measure for cell in cells if cell.cut is Cut.MUNICIPALITY}
    for scale in definition.scales:
        if scale_measure(scale.name) in shown:
            cells.extend(_levels(ballots, k, scale))
    return Release(tuple(cells), tuple(_texts(definition, ballots, k)))


def _scales(definition: SurveyDefinition, ballots: Sequence[Ballot]) -> list[Column]:
    names = {name for ballot in ballots for name in ballot.scales}
    return [
        Column(scale_measure(scale.name), values=[ballot.scales.get(scale.name) for ballot in ballots])
        for scale in definition.scales
        if scale.name in names
    ]


def _people(ballots: Sequence[Ballot], found: Sequence[Column]) -> list[Person]:
    return [
        Person(
            ballot.cuts.kind,
            ballot.cuts.cluster,
            ballot.cuts.experience,
            {one.name: value for one in found if one.values and (value := one.values[place]) is not None},
            {one.name: one.classes[place] for one in found if one.classes},
            frozenset(one.name for one in found if place in one.silent),
        )
        for place, ballot in enumerate(ballots)
    ]


def _levels(ballots: Sequence[Ballot], k: int, scale: Scale) -> list[Cell]:
    values = [ballot.scales[scale.name] for ballot in ballots if scale.name in ballot.scales]
    by_band: dict[str, list[float]] = {band.code: [] for band in scale.bands}
    for value in values:
        if band := band_of(scale, value):
            by_band[band.code].append(value)
    if not levels_hold({code: held for code, held in by_band.items() if held}, k):
        return []
    counts = {code: len(held) for code, held in by_band.items()}
    shares = disclose_bands(counts, len(ballots) - len(values), k)
    return [
        Cell(Cut.MUNICIPALITY, ALL, band_measure(scale.name, band), len(ballots), share)
        for band, share in shares.items()
    ]


def _texts(definition: SurveyDefinition, ballots: Sequence[Ballot], k: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for question in definition.questions:
        written = [str(ballot.answers[question.name]) for ballot in ballots if question.name in ballot.answers]
        if question.is_text and texts_hold(len(written), len(ballots), k):
            found += [(question.name, text) for text in written]
    return found
