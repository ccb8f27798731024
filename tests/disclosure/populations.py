"""Made-up people in a few places, and what is published of them as the solvers want it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from core.disclosure import Figure, Person, Place
from core.disclosure.model import Group, groups_of
from tests.disclosure.attack import Puzzle, Sum

PLACES = (
    Place("school", "s1", "0-3"),
    Place("school", "s1", "21+"),
    Place("school", "s2", "0-3"),
    Place("school", "s2", "21+"),
    Place("preschool", "p1", "0-3"),
    Place("preschool", "p1", "21+"),
)

Answers = dict[Place, list[int]]
"""The number of everybody's answer, from 0."""


def in_group(place: Place, figure: Figure) -> bool:
    return Group(figure.cut, figure.group) in groups_of(place)


def people_of(answers: Answers, person: Callable[[Place, int], Person]) -> list[Person]:
    return [person(place, answer) for place, given in answers.items() for answer in given]


def table(answers: Answers, kinds: int) -> list[list[int]]:
    counts = [Counter(given) for given in answers.values()]
    return [[count[kind] for kind in range(kinds)] for count in counts]


def rows(places: Sequence[Place], figures: Iterable[Figure]) -> list[list[int]]:
    return [[int(in_group(place, figure)) for place in places] for figure in figures]


def puzzle(answers: Answers, figures: Iterable[tuple[Figure, Sequence[int]]], kinds: int) -> Puzzle:
    """`figures` with the weight of every kind of answer in the sum behind it."""
    places = list(answers)
    sums = [
        Sum(frozenset(i for i, place in enumerate(places) if in_group(place, figure)), weights)
        for figure, weights in figures
    ]
    return Puzzle(table(answers, kinds), sums)
