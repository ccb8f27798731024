"""What a reader with all published figures, much time and a list of who took part can find out.

Knows nothing of how the rule works: two general solvers, one of linear algebra over fractions and one that looks
for all whole-numbered answers that fit.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

Row = Sequence[int]


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    matrix = [list(row) for row in rows if any(row)]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((i for i in range(found, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for i in range(len(matrix)):
            if i != found and matrix[i][column]:
                factor = matrix[i][column] / matrix[found][column]
                matrix[i] = [a - factor * b for a, b in zip(matrix[i], matrix[found], strict=True)]
        found += 1
    return found


def isolated(sizes: Sequence[int], rows: Sequence[Row], k: int) -> tuple[int, ...] | None:
    """A set of columns with 1 to k−1 people that some combination of the rows is only about.

    There is one exactly when the rows have a higher rank with these columns than without them.
    """
    exact = [[Fraction(value) for value in row] for row in rows]
    whole = rank(exact)
    for chosen in _small_sets(sizes, k):
        rest = [[value for i, value in enumerate(row) if i not in chosen] for row in exact]
        if rank(rest) < whole:
            return chosen
    return None


def _small_sets(sizes: Sequence[int], k: int) -> Iterator[tuple[int, ...]]:
    small = [i for i, size in enumerate(sizes) if 0 < size < k]
    for length in range(1, min(len(small), k - 1) + 1):
        for chosen in combinations(small, length):
            if sum(sizes[i] for i in chosen) < k:
                yield chosen


@dataclass(frozen=True)
class Sum:
    """A published sum: what one person of each kind of answer adds to it, over some places."""

    places: frozenset[int]
    weights: Sequence[int]


@dataclass
class Puzzle:
    """`truth[place][kind]`: how many people of a place gave that kind of answer; the reader knows the places only."""

    truth: Sequence[Sequence[int]]
    sums: Sequence[Sum]
    budget: int = 4_000
    _left: int = field(init=False, default=0)

    def determined(self, suspicious: Callable[[int, int], bool], watched: Sequence[frozenset[int]]) -> list[str]:
        """Counts of `watched` kinds in sets of places that must be what they are, and are suspicious (count, people).

        Empty as well when the budget runs out before that is certain.
        """
        open_questions = {
            (places, kinds): count
            for places in _subsets(len(self.truth))
            for kinds in watched
            if suspicious(count := _count(self.truth, places, kinds), _people(self.truth, places))
        }
        self._left = self.budget
        for seed in range(3):
            for other in self._answers(random.Random(seed)):
                for question in [one for one, count in open_questions.items() if _count(other, *one) != count]:
                    del open_questions[question]
                if not open_questions:
                    return []
        return [str(one) for one in open_questions] if self._left > 0 else []

    def _answers(self, lots: random.Random) -> Iterator[list[list[int]]]:
        """All tables with the same places and the same sums, in a random order."""
        targets = [
            sum(self.truth[p][kind] * weight for p in one.places for kind, weight in enumerate(one.weights))
            for one in self.sums
        ]
        yield from self._fill([], targets, lots)

    def _fill(self, done: list[list[int]], targets: list[int], lots: random.Random) -> Iterator[list[list[int]]]:
        if self._left <= 0 or not self._possible(len(done), targets):
            return
        if len(done) == len(self.truth):
            yield done
            return
        kinds = len(self.truth[0])
        for row in _spread(sum(self.truth[len(done)]), kinds, lots):
            self._left -= 1
            rest = [
                target - (sum(a * b for a, b in zip(row, one.weights, strict=True)) if len(done) in one.places else 0)
                for target, one in zip(targets, self.sums, strict=True)
            ]
            yield from self._fill([*done, row], rest, lots)

    def _possible(self, start: int, targets: list[int]) -> bool:
        for target, one in zip(targets, self.sums, strict=True):
            people = sum(sum(self.truth[p]) for p in one.places if p >= start)
            if not people * min(one.weights) <= target <= people * max(one.weights):
                return False
        return True


def _spread(people: int, kinds: int, lots: random.Random) -> Iterator[list[int]]:
    if kinds == 1:
        yield [people]
        return
    firsts = list(range(people + 1))
    lots.shuffle(firsts)
    for first in firsts:
        for rest in _spread(people - first, kinds - 1, lots):
            yield [first, *rest]


def _subsets(count: int) -> Iterator[frozenset[int]]:
    for length in range(1, count + 1):
        yield from map(frozenset, combinations(range(count), length))


def _count(table: Sequence[Sequence[int]], places: frozenset[int], kinds: frozenset[int]) -> int:
    return sum(table[place][kind] for place in places for kind in kinds)


def _people(table: Sequence[Sequence[int]], places: frozenset[int]) -> int:
    return sum(sum(table[place]) for place in places)
