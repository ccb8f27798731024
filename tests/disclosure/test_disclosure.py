"""SPEC §3: no cell, total or difference between published cells may describe fewer than k people."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.disclosure import Figure, Person, disclose, disclose_bands
from core.releases.model import Cut
from tests.disclosure import attack

KINDS_OF_CLUSTERS = {"s1": "school", "s2": "school", "p1": "preschool", "p2": "preschool", "": "school"}

persons = st.builds(
    lambda cluster, experience, values: Person(KINDS_OF_CLUSTERS[cluster], cluster, experience, values),
    st.sampled_from(sorted(KINDS_OF_CLUSTERS)),
    st.sampled_from(["0-3", "4-10", "21+"]),
    st.dictionaries(st.sampled_from(["work", "students"]), st.sampled_from([0.0, 25.0, 50.0, 100.0])),
)


@st.composite
def populations(draw: st.DrawFn) -> list[Person]:
    """A few places with many people each and a few with one or two: where differences hurt."""
    groups = draw(st.lists(st.tuples(persons, st.sampled_from([1, 1, 2, 3, 4, 7])), max_size=9))
    values = st.sampled_from([0.0, 50.0, 75.0])
    people = [
        Person(one.kind, one.cluster, one.experience, {name: draw(values) for name in one.values})
        for one, times in groups
        for _ in range(times)
    ]
    return people[:26]


def members(figure: Figure, person: Person) -> bool:
    return {
        Cut.MUNICIPALITY: True,
        Cut.KIND: person.kind == figure.group,
        Cut.EXPERIENCE: person.experience == figure.group,
        Cut.CLUSTER: person.cluster == figure.group,
    }[figure.cut]


def isolated(people: Sequence[Person], figures: Sequence[Figure], k: int) -> tuple[int, ...] | None:
    """A set of places with 1 to k−1 people that some combination of the figures is only about."""
    places = Counter((one.kind, one.cluster, one.experience) for one in people)
    names = sorted(places)
    probes = [Person(*name, {}) for name in names]
    rows = [[int(members(figure, probe)) for probe in probes] for figure in figures]
    return attack.isolated([places[name] for name in names], rows, k)


LONE_NEWCOMER = [
    *(Person("school", "s1", "0-3", {"work": float(25 * (i % 3))}) for i in range(12)),
    Person("school", "s2", "0-3", {"work": 100.0}),
    *(Person("school", "s2", "4-10", {"work": float(25 * (i % 2))}) for i in range(11)),
]
"""Everybody of s1 is new; so "new" less "s1" would be the one newcomer of s2."""


@settings(max_examples=150, deadline=None)
@given(populations(), st.integers(3, 5))
@example(LONE_NEWCOMER, 3)
def test_no_combination_of_figures_isolates_fewer_than_k(people: list[Person], k: int) -> None:
    figures = disclose(people, k)
    for measure in ("work", "students"):
        answered = [one for one in people if measure in one.values]
        of_measure = [one for one in figures if one.measure == measure]
        assert isolated(answered, of_measure, k) is None
    assert isolated(people, figures, k) is None, "the numbers of ballots themselves"


@settings(max_examples=150, deadline=None)
@given(populations(), st.integers(3, 5))
def test_figures_are_true_and_of_at_least_k(people: list[Person], k: int) -> None:
    for figure in disclose(people, k):
        group = [one for one in people if members(figure, one)]
        values = [one.values[figure.measure] for one in group if figure.measure in one.values]
        assert len(values) >= k
        assert figure.n == len(group)
        assert figure.value == round(sum(values) / len(values), 1)
        assert len(set(values)) > 1, "a mean of equal answers is everybody's answer"


def test_the_attack_is_caught_by_the_brute_force() -> None:
    """The test above can fail: a naive rule "every cell has k people" falls to it."""
    naive = [
        Figure(cut, group, "work", 0, 0.0)
        for cut, group in [(Cut.EXPERIENCE, "0-3"), (Cut.CLUSTER, "s1"), (Cut.CLUSTER, "s2")]
    ]
    assert isolated(LONE_NEWCOMER, naive, 3) is not None


def shown(people: Sequence[Person], k: int) -> set[tuple[str, str]]:
    return {(one.cut.value, one.group) for one in disclose(people, k)}


def staff(cluster: str, people: int, experience: str = "21+") -> list[Person]:
    kind = KINDS_OF_CLUSTERS[cluster]
    return [Person(kind, cluster, experience, {"work": float(25 * (i % 4))}) for i in range(people)]


def test_all_groups_are_shown_when_all_are_large() -> None:
    people = [*staff("s1", 20), *staff("s2", 20), *staff("p1", 20), *staff("p2", 20)]
    assert shown(people, 10) == {
        ("municipality", "all"),
        ("kind", "school"),
        ("kind", "preschool"),
        ("experience", "21+"),
        *(("cluster", name) for name in ("s1", "s2", "p1", "p2")),
    }


def test_a_small_group_takes_its_smallest_neighbour_with_it() -> None:
    """Withholding only p2 would leave it as "preschool less p1"."""
    people = [*staff("s1", 20), *staff("s2", 20), *staff("p1", 20), *staff("p2", 4)]
    clusters = {name for cut, name in shown(people, 10) if cut == "cluster"}
    assert clusters == {"s1", "s2"}


def test_a_small_kind_takes_another_with_it() -> None:
    people = [*staff("s1", 30), *staff("p1", 4)]
    assert shown(people, 10) == {("municipality", "all"), ("experience", "21+")}


def test_nothing_is_shown_of_fewer_than_k_people() -> None:
    assert disclose(staff("s1", 9), 10) == []
    assert disclose([], 10) == []


def test_nothing_is_shown_when_everybody_answered_alike() -> None:
    people = [Person("school", "s1", "21+", {"work": 100.0}) for _ in range(30)]
    assert disclose(people, 10) == []


def test_a_unanimous_group_is_not_left_over_by_subtraction() -> None:
    alike = [Person("preschool", "p1", "21+", {"work": 100.0}) for _ in range(15)]
    cells = shown([*staff("s1", 20), *alike], 10)
    assert ("kind", "preschool") not in cells
    assert ("kind", "school") not in cells


def test_those_who_skipped_are_not_told_by_n() -> None:
    people = [*staff("s1", 20), *(Person("school", "s1", "21+", {}) for _ in range(2))]
    (everybody,) = [one for one in disclose(people, 10) if one.cut is Cut.MUNICIPALITY]
    assert everybody.n == 22


def test_levels_are_shown_when_every_level_is_empty_or_large() -> None:
    assert disclose_bands({"low": 10, "high": 30, "highest": 0}, 0, 10) == {"low": 25.0, "high": 75.0, "highest": 0.0}


def test_levels_are_withheld_together() -> None:
    assert disclose_bands({"low": 30, "high": 9}, 0, 10) == {}
    assert disclose_bands({"low": 30, "high": 12}, 1, 10) == {}, "one silent person would be the difference"
    assert disclose_bands({"low": 30, "high": 0}, 0, 10) == {}, "everybody on one level"
    assert disclose_bands({}, 0, 10) == {}
