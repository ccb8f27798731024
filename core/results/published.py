"""Cells of a frozen release → figures of questions and scales. Pure; what has no cell stays absent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.releases.model import ALL, SILENT, Cell, Cut, Measure, MeasureKind, parse_measure
from core.results.figures import SHAPES, Reading, wording
from core.results.model import NOTHING, Figures, Option, Shape
from core.results.words import NO_ANSWER, OR
from core.surveys.model import Question, Scale

EVERYBODY = (Cut.MUNICIPALITY, ALL)
Group = tuple[Cut, str]


@dataclass(frozen=True, slots=True)
class Published:
    """What a campaign has published of each group, by question or scale."""

    groups: Mapping[Group, Mapping[str, list[tuple[Measure, Cell]]]]

    def of(self, group: Group, name: str) -> list[tuple[Measure, Cell]]:
        return self.groups.get(group, {}).get(name, [])

    def ballots(self, group: Group) -> int | None:
        """How many were cast there; None when nothing was published."""
        return next((cell.n for found in self.groups.get(group, {}).values() for _, cell in found), None)

    def in_cut(self, cut: Cut) -> set[str]:
        return {group for of, group in self.groups if of is cut}


def published(cells: Iterable[Cell]) -> Published:
    groups: defaultdict[Group, dict[str, list[tuple[Measure, Cell]]]] = defaultdict(dict)
    for cell in cells:
        measure = parse_measure(cell.measure)
        groups[cell.cut, cell.group].setdefault(measure.name, []).append((measure, cell))
    return Published(groups)


def reading(question: Question, cells: Published) -> Reading:
    """Choices that were published together are one option; one of several that was withheld keeps its line."""
    if not question.choices:
        return Reading(SHAPES[question.type], ())
    if SHAPES[question.type] is Shape.RANK:
        return Reading(Shape.RANK, tuple(Option(one.name, wording(one.label)) for one in question.choices))
    shares = [measure for measure, _ in cells.of(EVERYBODY, question.name) if measure.kind is MeasureKind.SHARE]
    found = sorted({one.classes for one in shares}, key=_in_order)
    options = [_option(question, classes) for classes in found]
    shape = SHAPES[question.type]
    if shape is Shape.SEVERAL:
        told = {number for classes in found for number in classes}
        options += [_option(question, (one.number,)) for one in question.choices if one.number not in told]
    return Reading(shape, tuple(options))


def figures(question: Question, cells: Published, group: Group) -> Figures:
    found = cells.of(group, question.name)
    values: dict[str, float] = {}
    mean = None
    for measure, cell in found:
        match measure.kind:
            case MeasureKind.MEAN:
                mean = cell.value
            case MeasureKind.RANK | MeasureKind.SHARE:
                values[_key(question, measure.classes)] = cell.value
            case _:
                continue
    return Figures(found[0][1].n, values, mean=mean) if found else NOTHING


def scale_figures(scale: Scale, cells: Published, group: Group) -> Figures:
    found = cells.of(group, scale.name)
    means = [cell for measure, cell in found if measure.kind is MeasureKind.SCALE]
    if not means:
        return NOTHING
    shares = {measure.detail: cell.value for measure, cell in found if measure.kind is MeasureKind.BAND}
    return Figures(means[0].n, shares, mean=means[0].value)


def is_told(question: Question) -> bool:
    """Whether a question can be published at all: neither notes, calculations nor days ever are."""
    return question.is_asked and (question.is_number or question.is_text or bool(question.choices))


def _in_order(classes: tuple[int, ...]) -> tuple[int, ...]:
    """As the choices stand in the survey; "no answer" comes last."""
    return tuple(number for number in classes if number != SILENT) or (10**6,)


def _key(question: Question, classes: tuple[int, ...]) -> str:
    """Names do not change with the order of choices, so that waves can be compared by them."""
    return "+".join("" if number == SILENT else question.choice(number).name for number in classes)


def _option(question: Question, classes: tuple[int, ...]) -> Option:
    told = [number for number in classes if number != SILENT]
    labels = [wording(question.choice(number).label) for number in told]
    if SILENT in classes:
        labels.append(NO_ANSWER if not labels else NO_ANSWER.lower())
    return Option(_key(question, classes), OR.join(labels))
