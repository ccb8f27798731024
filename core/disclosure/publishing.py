"""Chooses as many groups as the rule allows, measure after measure."""

from collections import Counter
from collections.abc import Collection, Sequence, Set
from itertools import chain, product
from math import fsum

from core.disclosure.ballots import Shown, nothing_shown
from core.disclosure.model import DECIMALS, EVERYBODY, Figure, Group, Person, Place, groups_of
from core.disclosure.population import BOTH_SIDES, Counts, Population, count
from core.disclosure.table import Table
from core.disclosure.waves import Wave
from core.releases.model import Cut

_MEAN_PAIRS = (BOTH_SIDES, (1, 2), (2, 1))
"""Answered on both sides; above the lowest answer here and below the highest there; and the other way round."""


def disclose(
    people: Sequence[Person],
    k: int,
    measures: Sequence[str] | None = None,
    *,
    whole: Collection[str] = (),
    waves: Sequence[Wave] = (),
) -> list[Figure]:
    """The figures that may be published: as many groups as the rule allows, larger ones first.

    `measures` are names of values and of topics, the most important first, since what one shows limits the
    others; all when None. Those in `whole` are shown of the municipality only. A group that is withheld and one
    that nobody is in look the same: they are not in the list.
    """
    shown = nothing_shown(people, k, waves)
    sizes = Counter(group for person in people for group in groups_of(person.place))
    figures: list[Figure] = []
    for measure in _names(people) if measures is None else measures:
        if shown is None:
            break
        is_topic = any(measure in person.classes for person in people)
        population = _classes(people, measure) if is_topic else _answers(people, measure)
        shown, published = _choose(shown, Table(k, population), [EVERYBODY] if measure in whole else None)
        values = _shares(people, measure, sizes) if is_topic else _means(people, measure, published)
        ordered = sorted(published, key=lambda one: (one.cut, one.name))
        figures += [
            Figure(group.cut, group.name, name, sizes[group], round(value, DECIMALS))
            for group in ordered
            for name, value in values[group].items()
        ]
    return figures


def _names(people: Sequence[Person]) -> list[str]:
    return sorted({name for person in people for name in (*person.values, *person.classes)})


def _answers(people: Sequence[Person], measure: str) -> Population:
    """Who answered in numbers: people, those above the lowest, below the highest, and how the answers spread."""
    given = [(one.place, one.values[measure]) for one in people if measure in one.values]
    ranks = {value: rank for rank, value in enumerate(sorted({value for _, value in given}))}
    highest = len(ranks) - 1
    placed = [(place, ranks[value]) for place, value in given]
    counts = [(place, (1, rank > 0, rank < highest, rank, rank * rank)) for place, rank in placed]
    return count(counts, 3, _MEAN_PAIRS, spread=True)


def _classes(people: Sequence[Person], topic: str) -> Population:
    """All ballots and those of every class, without who stands there silently.

    With one class alone everybody would be unanimous; a second one, of nobody, withholds it.
    """
    names: list[str | None] = [*sorted({one.classes[topic] for one in people})]
    if len(names) == 1:
        names.append(None)
    sorts = range(1, len(names) + 1)
    counts: list[tuple[Place, Counts]] = []
    for one in people:
        answered = topic not in one.silent
        counts.append((one.place, (1, *(answered and one.classes[topic] == name for name in names))))
    return count(counts, len(names) + 1, (BOTH_SIDES, *product(sorts, sorts)))


def _choose(shown: Shown, table: Table, only: Sequence[Group] | None) -> tuple[Shown, set[Group]]:
    """Adds group after group while all stays safe, also with what other measures show of the ballots.

    What did not fit at first may fit later. Everybody comes first: without them nothing is shown.
    """
    published: set[Group] = set()
    waiting = list(only or _candidates(table.people))
    grown = True
    while grown:
        grown = False
        for group in waiting:
            alone = table.plus(group)
            together = None if alone is None else shown.plus(group)
            if together is not None and alone is not None:
                shown, table, grown = together, alone, True
                published.add(group)
        waiting = [group for group in waiting if group not in published]
    return shown, published


def _candidates(people: Population) -> list[Group]:
    """Everybody first, then kinds, experience, clusters; within a cut the larger group first."""
    order = (Cut.MUNICIPALITY, Cut.KIND, Cut.EXPERIENCE, Cut.CLUSTER)
    sizes = {group: people.total(row)[0] for group, row in people.parts.items()}
    return sorted(sizes, key=lambda group: (order.index(group.cut), -sizes[group], group.name))


def _means(people: Sequence[Person], measure: str, published: Set[Group]) -> dict[Group, dict[str, float]]:
    given: dict[Place, list[float]] = {}
    for one in people:
        if measure in one.values:
            given.setdefault(one.place, []).append(one.values[measure])
    within: dict[Group, list[list[float]]] = {group: [] for group in published}
    for place, values in given.items():
        for group in published & set(groups_of(place)):
            within[group].append(values)
    # Exact, so that the order in which ballots are read cannot be seen in the last digit.
    return {group: {measure: fsum(chain(*lists)) / sum(map(len, lists))} for group, lists in within.items()}


def _shares(people: Sequence[Person], topic: str, sizes: Counter[Group]) -> dict[Group, dict[str, float]]:
    placed = Counter((one.place, one.classes[topic]) for one in people)
    counts: Counter[tuple[str, Group]] = Counter()
    for (place, name), ballots in placed.items():
        counts.update({(name, group): ballots for group in groups_of(place)})
    found: dict[Group, dict[str, float]] = {}
    for (name, group), ballots in sorted(counts.items(), key=lambda one: one[0][0]):
        if name:
            found.setdefault(group, {})[name] = ballots / sizes[group] * 100
    return found
