"""Many numbers as a few spans: everything is counted once, and labels say what is in them."""

from hypothesis import given
from hypothesis import strategies as st

from core.results.spans import SHOWN, spread

numbers = st.one_of(st.integers(-(10**6), 10**6).map(float), st.decimals(-1000, 1000, places=2).map(float))


@given(st.lists(numbers, min_size=1, max_size=200))
def test_every_value_has_a_place_and_there_are_few_places(values: list[float]) -> None:
    found = spread(values)
    keys = [option.key for option in found.options]
    assert {found.key(value) for value in values} <= set(keys)
    assert len(keys) == len(set(keys)) <= SHOWN
    assert list(found.starts) == sorted(found.starts)
    for value in values:
        start = float(found.key(value))
        assert start <= value
        if found.width is not None:
            assert value < start + found.width + 1e-6


def test_labels() -> None:
    assert [option.label for option in spread([3, 1.5]).options] == ["1,5", "3"]
    assert [option.label for option in spread([float(one) for one in range(0, 100, 5)]).options][:2] == ["0–9", "10–19"]
    assert spread([one / 10 for one in range(20)]).options[1].label == "от 0,2 до 0,4"
    assert [option.label for option in spread([-2.0]).options] == ["−2"]
