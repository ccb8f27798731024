"""Options become classes of at least k people, and what nobody chose looks like what few chose."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure import Silence, classes_of, options_of
from core.disclosure.classes import Class

sizes = st.lists(st.integers(0, 12), min_size=1, max_size=7)


@given(sizes, st.integers(0, 12), st.integers(3, 6), st.sampled_from(Silence), st.booleans())
def test_every_choice_is_in_one_class_of_at_least_k(
    people: list[int], silent: int, k: int, silence: Silence, ordered: bool
) -> None:
    found = classes_of(people, silent, k, silence, ordered=ordered)
    numbers = [number for one in found for number in one]
    assert found == [] or len(found) >= 2
    assert len(numbers) == len(set(numbers))
    if found:
        assert {number for number in numbers if number} == set(range(1, len(people) + 1))
        assert (0 in numbers) or (silence is Silence.NEVER and not silent)
    hidden = 0 if silence is Silence.UNASKED else silent
    for one in found:
        assert sum(people[number - 1] if number else hidden for number in one) >= k


@pytest.mark.parametrize("silence", [Silence.NEVER, Silence.SKIPPED])
@pytest.mark.parametrize("ordered", [True, False])
def test_the_classes_cannot_be_run_backwards(ordered: bool, silence: Silence) -> None:
    """Of all answers of up to 16 people that would give the same table no choice has the same small number in all."""
    k = 3
    seen: defaultdict[tuple[tuple[Class, int], ...], list[tuple[int, ...]]] = defaultdict(list)
    for sizes in product(range(17), repeat=4):
        if sum(sizes) <= 16 and not (silence is Silence.NEVER and sizes[0]):
            found = classes_of(sizes[1:], sizes[0], k, silence, ordered=ordered)
            seen[tuple((one, sum(sizes[number] for number in one)) for one in found)].append(sizes)
    del seen[()]
    assert len(seen) > 50
    for table, possible in seen.items():
        for number in (number for one, _ in table for number in one):
            counts = {sizes[number] for sizes in possible}
            assert len(counts) > 1 or min(counts) >= k, (table, number)


def test_neighbours_go_together_when_choices_are_ordered() -> None:
    assert classes_of([1, 4, 9, 0, 2], 0, 5, Silence.NEVER, ordered=True) == [(1, 2), (3, 4, 5)]


def test_small_choices_go_together_when_they_are_not() -> None:
    assert classes_of([1, 9, 4, 8], 0, 5, Silence.NEVER, ordered=False) == [(1, 3), (2,), (4,)]
    assert classes_of([1, 9, 2, 8], 0, 5, Silence.NEVER, ordered=False) == [(1, 2, 3), (4,)]


def test_silence_stands_by_itself_only_where_it_is_large_and_everybody_was_asked() -> None:
    assert classes_of([9, 9], 5, 5, Silence.SKIPPED, ordered=True) == [(0,), (1,), (2,)]
    assert classes_of([9, 8], 4, 5, Silence.SKIPPED, ordered=True) == [(0, 1), (2,)]
    assert classes_of([9, 8], 0, 5, Silence.SKIPPED, ordered=True) == [(0, 1), (2,)]
    assert classes_of([9, 8], 50, 5, Silence.UNASKED, ordered=True) == [(0, 1), (2,)]
    assert classes_of([9, 0], 9, 5, Silence.SKIPPED, ordered=True) == [(0,), (1, 2)]


def test_one_class_alone_is_nothing() -> None:
    assert classes_of([20, 2], 0, 5, Silence.NEVER, ordered=True) == []
    assert classes_of([4, 4], 40, 5, Silence.UNASKED, ordered=False) == []
    assert classes_of([0, 0], 40, 5, Silence.SKIPPED, ordered=False) == []


def marks(**people: int) -> list[frozenset[int]]:
    """ "_12" = 5: five people marked 1 and 2."""
    return [frozenset(map(int, name[1:])) for name, count in people.items() for _ in range(count)]


def test_options_too_rare_or_too_common_are_left_out() -> None:
    found = options_of(marks(_12=6, _1=12, _123=2, _=3), 5, Silence.SKIPPED)
    assert list(found) == [2], "1 has only three people who did not mark it, 3 has two who did"


def test_an_option_within_another_is_withheld_when_few_are_between() -> None:
    assert options_of(marks(_12=8, _1=2, _13=1, _3=9, _=6), 5, Silence.SKIPPED) == {1: True, 3: True}
    assert options_of(marks(_12=8, _1=7, _13=1, _3=9, _=6), 5, Silence.SKIPPED) == {1: True, 3: True, 2: False}


def test_people_who_were_not_asked_do_not_count_as_not_having_marked() -> None:
    assert options_of(marks(_1=9, _12=6, _2=2, _=30), 5, Silence.UNASKED) == {2: True}
