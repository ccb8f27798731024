"""A later wave less an earlier one, when everybody answers alike twice, tells nothing of fewer than k people."""

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.disclosure import Figure, Group, Person, Place, Wave, compare, disclose
from core.releases.model import Cut
from tests.disclosure.attack import isolated
from tests.disclosure.populations import PLACES, in_group

Kind = tuple[Place | None, Place | None]
"""Where people were in the first wave and where they are in the second; None when they took no part."""
People = list[tuple[Kind, int]]

OLD, NEW = PLACES[3], PLACES[2]


def part(people: People, wave: int) -> dict[int, Place]:
    """By number of the person."""
    everybody = [kind for kind, count in people for _ in range(count)]
    return {number: place for number, kind in enumerate(everybody) if (place := kind[wave]) is not None}


def release(places: dict[int, Place], k: int, waves: Sequence[Wave] = ()) -> list[Figure]:
    return disclose([Person(*place, {"work": float(who % 5)}) for who, place in places.items()], k, waves=waves)


def groups(figures: Sequence[Figure]) -> set[Group]:
    return {Group(one.cut, one.group) for one in figures}


def both(people: People, k: int) -> tuple[list[Figure], list[Figure]]:
    before, now = part(people, 0), part(people, 1)
    first = release(before, k)
    if not first:
        return [], release(now, k)
    return first, release(now, k, [compare(k, groups(first), before, now)])


def difference(people: People, first: Sequence[Figure], second: Sequence[Figure], k: int) -> tuple[int, ...] | None:
    rows = [
        [int(place is not None and in_group(place, figure)) for (*wave,), _ in people for place in (wave[number],)]
        for number, figures in enumerate((first, second))
        for figure in figures
    ]
    return isolated([count for _, count in people], rows, k)


@st.composite
def turnouts(draw: st.DrawFn) -> People:
    place = st.sampled_from(PLACES)
    stays = place.map(lambda one: (one, one))
    kind = st.one_of(
        stays,
        stays,
        st.tuples(place, st.none()),
        st.tuples(st.none(), place),
        st.tuples(place, place),
    )
    kinds = draw(st.lists(kind, min_size=1, max_size=8, unique=True))
    return [(one, draw(st.sampled_from([1, 2, 5, 8, 12]))) for one in kinds]


SAME_BUT_ONE: People = [((OLD, OLD), 20), ((NEW, NEW), 20), ((None, NEW), 1)]
LEFT_IN_ANOTHER_PLACE: People = [
    ((PLACES[0], None), 20),
    ((PLACES[1], PLACES[1]), 2),
    ((PLACES[4], PLACES[4]), 20),
    ((PLACES[5], PLACES[5]), 20),
]
"""The first wave of school less the twenty who left are two."""


@settings(max_examples=300, deadline=None)
@given(turnouts(), st.integers(3, 5))
@example(SAME_BUT_ONE, 3)
@example(LEFT_IN_ANOTHER_PLACE, 3)
def test_no_combination_of_two_waves_isolates_fewer_than_k(people: People, k: int) -> None:
    first, second = both(people, k)
    assert difference(people, first, second, k) is None


def test_without_the_rule_the_one_who_joined_stands_alone() -> None:
    first, second = release(part(SAME_BUT_ONE, 0), 3), release(part(SAME_BUT_ONE, 1), 3)
    assert difference(SAME_BUT_ONE, first, second, 3) is not None
    assert both(SAME_BUT_ONE, 3)[1] == []


def test_changes_alone_are_not_enough_to_look_at() -> None:
    """Twenty left, which is many, yet what they leave behind of their group is two."""
    first, second = release(part(LEFT_IN_ANOTHER_PLACE, 0), 3), release(part(LEFT_IN_ANOTHER_PLACE, 1), 3)
    whole = [one for one in second if one.cut is Cut.MUNICIPALITY]
    assert difference(LEFT_IN_ANOTHER_PLACE, first, whole, 3) is not None


def test_the_same_people_are_shown_in_the_same_groups() -> None:
    people: People = [((OLD, OLD), 20), ((NEW, NEW), 20), ((PLACES[4], PLACES[4]), 20)]
    first, second = both(people, 5)
    assert groups(first) == groups(second)
    assert len(groups(second)) > 3


def test_the_same_people_of_whom_some_have_grown_older_lose_only_their_bands() -> None:
    people: People = [((OLD, OLD), 20), ((NEW, NEW), 20), ((NEW, OLD), 2), ((PLACES[4], PLACES[4]), 20)]
    cuts = {one.cut for one in both(people, 5)[1]}
    assert Cut.KIND in cuts
    assert Cut.EXPERIENCE not in cuts


def test_a_large_turnover_lets_every_group_be_shown() -> None:
    people: People = [
        (kind, 10) for place in (OLD, PLACES[5]) for kind in ((place, place), (place, None), (None, place))
    ]
    first, second = both(people, 5)
    assert groups(first) == groups(second)


def test_waves_of_different_people_do_not_matter_to_each_other() -> None:
    people: People = [((OLD, None), 20), ((None, PLACES[5]), 20)]
    first, second = both(people, 5)
    assert first
    assert second


def test_people_who_were_erased_cannot_be_called_the_same() -> None:
    people: People = [((OLD, OLD), 20)]
    before, now = part(people, 0), part(people, 1)
    wave = compare(5, groups(release(before, 5)), before, now, complete=False)
    assert release(now, 5, [wave]) == []
