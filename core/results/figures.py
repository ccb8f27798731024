"""Counts of submitted answers → figures of questions and scales. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.results.counts import Counts, ScaleCount
from core.results.model import NOTHING, Figures, Option, Shape
from core.results.spans import SHOWN, Spread, spread
from core.surveys.model import Question, QuestionType, Scale, SurveyDefinition
from core.surveys.scoring import item_points
from core.surveys.wording import filled

SHAPES: Mapping[QuestionType, Shape] = {
    QuestionType.SELECT_ONE: Shape.ONE,
    QuestionType.LIKERT: Shape.ONE,
    QuestionType.SELECT_MULTIPLE: Shape.SEVERAL,
    QuestionType.INTEGER: Shape.NUMBER,
    QuestionType.DECIMAL: Shape.NUMBER,
    QuestionType.RANGE: Shape.NUMBER,
    QuestionType.RANK: Shape.RANK,
    QuestionType.DATE: Shape.MOMENT,
    QuestionType.TIME: Shape.MOMENT,
    QuestionType.DATETIME: Shape.MOMENT,
    QuestionType.TEXT: Shape.TEXT,
    QuestionType.LONG_TEXT: Shape.TEXT,
}
"""A note has none; that of a calculation depends on what it came to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question is read, decided once for all groups and waves that stand beside each other."""

    shape: Shape
    options: tuple[Option, ...]
    spread: Spread | None = None
    letters: int | None = None
    """Of a MOMENT: how many letters of it make an option: 7 a month, 4 a year, 3 ten years; 2 an hour."""


def wording(text: str) -> str:
    """A label for everybody: what each respondent had read there is left open."""
    return filled(text, lambda _: "…")


def points_of(definition: SurveyDefinition, question: Question) -> dict[str, float] | None:
    """Points by name of choice, when it is an item of a scale."""
    scale = next((one for one in definition.scales if question.name in one.items), None)
    if scale is None:
        return None
    return {one.name: item_points(definition, scale, question.name, one.number) for one in question.choices}


def reading(question: Question, *found: tuple[Question, Counts]) -> Reading:
    """`found`: the question and its counts in this wave and, where there is one to compare with, in the one before."""
    if question.choices:
        return Reading(SHAPES[question.type], tuple(Option(one.name, wording(one.label)) for one in question.choices))
    if question.is_number or _is_numeric(found):
        return _of_numbers(question, [value for one, counts in found for value in _numbers(one, counts)])
    words = {word for one, counts in found for word in counts.words.get(one.number, {})}
    if question.type is QuestionType.CALCULATE:
        return Reading(Shape.ONE, tuple(Option(one, one) for one in sorted(words)) if len(words) <= SHOWN else ())
    if SHAPES[question.type] is Shape.MOMENT:
        return _of_moments(question, words)
    return Reading(Shape.TEXT, ())


def figures(question: Question, read: Reading, counts: Counts, points: Mapping[str, float] | None = None) -> Figures:
    match read.shape:
        case Shape.NUMBER:
            return _number_figures(read, _numbers(question, counts))
        case Shape.RANK:
            return _places(question, counts)
        case Shape.TEXT:
            return Figures(counts.answered.get(question.number, 0))
        case Shape.SEVERAL:
            return _shares(counts.answered.get(question.number, 0), _marks(question, counts))
        case _ if question.choices:
            chosen = _marks(question, counts)
            return _shares(sum(chosen.values()), chosen, points)
        case _:
            words = _cut(counts.words.get(question.number, {}), read.letters)
            known = {option.key: words.get(option.key, 0) for option in read.options}
            return _shares(sum(words.values()), known)


def scale_figures(scale: Scale, count: ScaleCount | None) -> Figures:
    if count is None or count.n == 0:
        return Figures(0)
    bands = {band.code: count.bands.get(band.code, 0) for band in scale.bands}
    shares = {code: people / count.n * 100 for code, people in bands.items()}
    return Figures(count.n, shares, bands, count.total / count.n)


def _marks(question: Question, counts: Counts) -> dict[str, int]:
    stored = counts.numbers.get(question.number, {})
    found = {choice.name: 0 for choice in question.choices}
    for (item, number), people in stored.items():
        found[question.choice(item or int(number)).name] += people
    return found


def _shares(n: int, counts: Mapping[str, int], points: Mapping[str, float] | None = None) -> Figures:
    if n == 0:
        return Figures(0)
    mean = None if points is None else sum(points[name] * people for name, people in counts.items()) / n
    return Figures(n, {name: people / n * 100 for name, people in counts.items()}, dict(counts), mean)


def _places(question: Question, counts: Counts) -> Figures:
    sums: dict[str, list[float]] = {}
    for (item, place), people in counts.numbers.get(question.number, {}).items():
        found = sums.setdefault(question.choice(item).name, [0, 0])
        found[0] += people
        found[1] += people * place
    means = {name: total / people for name, (people, total) in sums.items()}
    return Figures(counts.answered.get(question.number, 0), means)


def _is_numeric(found: Sequence[tuple[Question, Counts]]) -> bool:
    """Calculations are stored as texts, whatever they came to."""
    words = [word for one, counts in found for word in counts.words.get(one.number, {})]
    calculated = all(one.type is QuestionType.CALCULATE for one, _ in found)
    return calculated and bool(words) and all(_number(word) is not None for word in words)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def _numbers(question: Question, counts: Counts) -> dict[float, int]:
    """Value → how often; of a calculation without what is no number."""
    if question.type is not QuestionType.CALCULATE:
        return {number: people for (_, number), people in counts.numbers.get(question.number, {}).items()}
    found: dict[float, int] = {}
    for word, people in counts.words.get(question.number, {}).items():
        if (value := _number(word)) is not None:
            found[value] = found.get(value, 0) + people
    return found


def _of_numbers(question: Question, values: list[float]) -> Reading:
    if question.row is not None and len(question.row.numbers) <= SHOWN:
        values = [*question.row.numbers, *values]
    found = spread(values)
    return Reading(Shape.NUMBER, found.options, found)


def _number_figures(read: Reading, values: Mapping[float, int]) -> Figures:
    n = sum(values.values())
    if n == 0 or read.spread is None:
        return NOTHING if read.spread is None else Figures(0)
    counts = {option.key: 0 for option in read.options}
    for value, people in values.items():
        counts[read.spread.key(value)] += people
    shares = {key: people / n * 100 for key, people in counts.items()}
    return Figures(n, shares, counts, sum(value * people for value, people in values.items()) / n)


def _of_moments(question: Question, words: set[str]) -> Reading:
    finest = (2,) if question.type is QuestionType.TIME else (7, 4, 3)
    for letters in finest:
        keys = sorted({word[:letters] for word in words})
        if len(keys) <= SHOWN or letters == finest[-1]:
            break
    return Reading(Shape.MOMENT, tuple(Option(key, _moment(key)) for key in keys), letters=letters)


def _moment(key: str) -> str:
    match len(key):
        case 2:
            return f"{key}:00–{key}:59"
        case 3:
            return f"{key}0–{key}9 годы"
        case 4:
            return key
        case _:
            return f"{key[5:]}.{key[:4]}"


def _cut(words: Mapping[str, int], letters: int | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for word, people in words.items():
        found[word[:letters]] = found.get(word[:letters], 0) + people
    return found
