"""What a question publishes: which measures, and how each ballot counts in them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.disclosure import Silence, classes_of, items_to_show, options_of, ranks_hold
from core.releases.model import MEASURE_LENGTH, Ballot, mean_measure, rank_measure, share_measure
from core.surveys.model import Question, QuestionType, Scale, SurveyDefinition
from core.surveys.scoring import item_points

_NOT_CHOSEN = ""
_ONE_OF = {QuestionType.SELECT_ONE, QuestionType.LIKERT}


@dataclass(frozen=True, slots=True)
class Column:
    """One measure or one topic with all its classes, in the order of the ballots."""

    name: str
    values: Sequence[float | None] = ()
    classes: Sequence[str] = ()
    """Of a topic: the measure that each ballot is counted in."""
    silent: frozenset[int] = field(default_factory=frozenset)
    """Of a topic: places of ballots without an answer whose authors may not have been asked."""
    whole: bool = False
    """Published of the municipality only."""


def columns(definition: SurveyDefinition, ballots: Sequence[Ballot], k: int) -> Iterator[Column]:
    """Of all questions; those that publish nothing are left out."""
    scales = {item: scale for scale in reversed(definition.scales) for item in scale.items}
    for question in definition.questions:
        if question.name in scales or not question.is_asked:
            continue
        if question.is_number:
            answers = [_number(ballot, question) for ballot in ballots]
            yield Column(mean_measure(question.name), values=answers)
        elif question.type is QuestionType.RANK:
            yield from _rank(question, ballots, k)
        elif question.choices:
            yield from _choices(question, _silence(definition, question), ballots, k)
    for scale in definition.scales:
        own = [item for item in scale.items if scales[item] is scale]
        yield from _items(definition, scale, own, ballots, k)


def _silence(definition: SurveyDefinition, question: Question) -> Silence:
    """Whether everybody was asked is known by the definition alone: a ballot does not tell what its author saw."""
    conditional = question.relevant is not None
    section = question.section
    while section is not None:
        around = definition.section(section)
        conditional = conditional or around.relevant is not None
        section = around.parent
    if conditional:
        return Silence.UNASKED
    return Silence.NEVER if question.required else Silence.SKIPPED


def _number(ballot: Ballot, question: Question) -> float | None:
    value = ballot.answers.get(question.name)
    return float(value) if isinstance(value, int | float) else None


def _marks(ballot: Ballot, question: Question) -> frozenset[int]:
    value = ballot.answers.get(question.name)
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({value}) if isinstance(value, int) else frozenset()


def _choices(question: Question, silence: Silence, ballots: Sequence[Ballot], k: int) -> Iterator[Column]:
    marks = [_marks(ballot, question) for ballot in ballots]
    if question.type in _ONE_OF or all(len(one) <= 1 for one in marks):
        yield from _distribution(question, silence, marks, k)
        return
    for option, by_group in options_of(marks, k, silence).items():
        name = share_measure(question.name, (option,))
        classes = [name if option in one else _NOT_CHOSEN for one in marks]
        yield Column(name, classes=classes, silent=_silent(marks, silence), whole=not by_group)


def _distribution(question: Question, silence: Silence, marks: Sequence[frozenset[int]], k: int) -> Iterator[Column]:
    """Classes that add up to all ballots. Several-of comes here when nobody made more than one mark."""
    sizes = [sum(choice.number in one for one in marks) for choice in question.choices]
    silent = sum(not one for one in marks)
    ordered = question.type is QuestionType.LIKERT
    found = classes_of(sizes, silent, k, silence, ordered=ordered)
    names = {number: share_measure(question.name, numbers) for numbers in found for number in numbers}
    # A list of hundreds of choices can give a class whose name is too long to be stored.
    if found and all(len(name) <= MEASURE_LENGTH for name in names.values()):
        classes = [names[next(iter(one), 0)] for one in marks]
        yield Column(f"share:{question.name}", classes=classes, silent=_silent(marks, silence))


def _silent(marks: Sequence[frozenset[int]], silence: Silence) -> frozenset[int]:
    if silence is not Silence.UNASKED:
        return frozenset()
    return frozenset(place for place, one in enumerate(marks) if not one)


def _items(
    definition: SurveyDefinition, scale: Scale, items: Sequence[str], ballots: Sequence[Ballot], k: int
) -> Iterator[Column]:
    """Means of the points. Points in uneven steps would let a sum tell how many people chose which."""
    steps = {round(b - a, 6) for a, b in pairwise(sorted(set(scale.points.values())))}
    if len(steps) > 1:
        return
    points = {item: [_points(definition, scale, item, ballot.answers) for ballot in ballots] for item in items}
    for item in items_to_show(points, k):
        yield Column(mean_measure(item), values=points[item], whole=True)


def _points(definition: SurveyDefinition, scale: Scale, item: str, answers: Mapping[str, object]) -> float | None:
    number = answers.get(item)
    return item_points(definition, scale, item, number) if isinstance(number, int) else None


def _rank(question: Question, ballots: Sequence[Ballot], k: int) -> Iterator[Column]:
    orders = [value for ballot in ballots if isinstance(value := ballot.answers.get(question.name), tuple)]
    if not ranks_hold(orders, k):
        return
    for choice in question.choices:
        places = [_place(ballot, question, choice.number) for ballot in ballots]
        yield Column(rank_measure(question.name, choice.number), values=places, whole=True)


def _place(ballot: Ballot, question: Question, choice: int) -> float | None:
    order = ballot.answers.get(question.name)
    return float(order.index(choice) + 1) if isinstance(order, tuple) else None
