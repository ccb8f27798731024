"""What is published of the whole municipality only: levels, items, ranks and texts, attacked by search."""

from collections.abc import Sequence
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure import disclose_bands, items_to_show, levels_hold, ranks_hold, texts_hold
from tests.disclosure.attack import Puzzle, Sum

K = 3
HERE = frozenset({0})

skewed = st.tuples(st.integers(0, 8), st.lists(st.integers(0, 8), min_size=1, max_size=13))
"""An answer that many give, and others."""


def crowd(drawn: tuple[int, list[int]], kinds: int) -> list[int]:
    liked, others = drawn
    return [one % kinds for one in [liked] * (len(others) // 2) + others][:13]


def solved(answers: Sequence[int], kinds: int, sums: Sequence[Sequence[int]], watched: Sequence[Sequence[int]]) -> bool:
    """Whether some watched answer must have been given by 1 to k−1 people, or by everybody."""
    puzzle = Puzzle([[answers.count(kind) for kind in range(kinds)]], [Sum(HERE, one) for one in sums], budget=20_000)
    found = puzzle.determined(
        lambda count, people: 0 < count < K or count == people, [frozenset(one) for one in watched]
    )
    return found != []


@settings(max_examples=200, deadline=None)
@given(skewed)
def test_levels_beside_the_mean_give_no_value_away(drawn: tuple[int, list[int]]) -> None:
    """Five values, two levels: 0–1 and 2–4."""
    answers = crowd(drawn, 5)
    levels = {"low": [float(one) for one in answers if one < 2], "high": [float(one) for one in answers if one >= 2]}
    counts = {name: len(held) for name, held in levels.items()}
    if not disclose_bands(counts, 0, K) or not levels_hold({n: v for n, v in levels.items() if v}, K):
        return
    sums = [[0, 1, 2, 3, 4], [1, 1, 0, 0, 0]]
    assert not solved(answers, 5, sums, [[kind] for kind in range(5)])


def test_levels_are_withheld_when_the_mean_tells_who_is_at_an_end() -> None:
    assert solved([0] * 6 + [1] + [2] * 6, 3, [[0, 1, 2], [1, 1, 0]], [[1]])
    assert not levels_hold({"low": [0.0] * 6 + [1.0], "high": [2.0] * 6}, K)
    assert levels_hold({"low": [0.0] * 6, "high": [2.0] * 6}, K), "levels that are single values are classes themselves"


@settings(max_examples=200, deadline=None)
@given(skewed)
def test_items_and_their_scale_give_no_answer_away(drawn: tuple[int, list[int]]) -> None:
    """Two items with three answers each; a kind is a pair of answers. The scale is published in any case."""
    pairs = list(product(range(3), repeat=2))
    answers = crowd(drawn, 9)
    points = {f"item{n}": [float(pairs[one][n]) for one in answers] for n in range(2)}
    shown = items_to_show(points, K)
    scale = [sum(pair) for pair in pairs]
    away = [sum(scale[one] > min(scale) for one in answers), sum(scale[one] < max(scale) for one in answers)]
    if min(away) < K or not shown:
        return
    sums = [scale, *([pair[int(item[-1])] for pair in pairs] for item in shown)]
    watched = [[kind for kind, pair in enumerate(pairs) if pair[n] == answer] for n in range(2) for answer in range(3)]
    assert not solved(answers, 9, sums, watched)


def test_an_item_is_not_left_over_when_the_others_are_taken_from_the_scale() -> None:
    varied, same = [0.0, 50.0, 100.0] * 4, [100.0] * 11 + [50.0]
    assert items_to_show({"a": varied, "b": varied, "c": same}, K) == ["b"], "a is withheld to hide c"
    assert items_to_show({"a": varied, "b": varied}, K) == ["a", "b"]
    assert items_to_show({"a": [None] * 12, "b": varied}, K) == []


@settings(max_examples=200, deadline=None)
@given(skewed)
def test_mean_places_give_no_order_away(drawn: tuple[int, list[int]]) -> None:
    orders = list(permutations(range(1, 4)))
    answers = crowd(drawn, 6)
    if not ranks_hold([orders[one] for one in answers], K):
        return
    sums = [[order.index(choice) for order in orders] for choice in range(1, 4)]
    assert not solved(answers, 6, sums, [[kind] for kind in range(6)])


def test_two_choices_that_all_put_first_are_not_told_apart_by_the_rest() -> None:
    """Means of 1.5 each say that everybody has these two at the top."""
    orders = [(1, 2, 3), (2, 1, 3)] * 8
    assert not ranks_hold(orders, K)
    assert ranks_hold([*orders, *[(3, 1, 2)] * 3], K)
    assert not ranks_hold([], K)


def test_texts_are_kept_when_many_wrote_and_nobody_is_left_alone_in_silence() -> None:
    assert texts_hold(5, 30, 5)
    assert texts_hold(30, 30, 5)
    assert not texts_hold(4, 30, 5)
    assert not texts_hold(29, 30, 5), "one wrote nothing"
