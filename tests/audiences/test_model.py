"""Audiences as JSON."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audiences.model import Answered, Audience
from core.people.model import OrganisationKind

NAMES = [*Audience.__dataclass_fields__, "moon"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["school", "first", "yes"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


def test_only_what_is_set_is_written_in_a_fixed_order() -> None:
    several = Audience(
        kinds=frozenset({OrganisationKind.SCHOOL, OrganisationKind.PRESCHOOL}),
        organisations=frozenset({30, 4}),
        management=False,
        campaign=7,
        answered=Answered.NO,
    )
    assert list(several.to_json().items()) == [
        ("kinds", ["preschool", "school"]),
        ("organisations", [4, 30]),
        ("management", False),
        ("campaign", 7),
        ("answered", "no"),
    ]
    assert Audience().to_json() == {}
    assert Audience().is_everybody
    assert not several.is_everybody


@given(content=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_anything_else_is_refused(content: dict[str, Any]) -> None:
    try:
        found = Audience.from_json(content)
    except ValueError:
        return
    assert Audience.from_json(found.to_json()) == found
    assert set(found.to_json()) <= set(content)


@pytest.mark.parametrize(
    "content",
    [
        {"moon": 1},
        {"kinds": "school"},
        {"kinds": ["moon"]},
        {"organisations": [True]},
        {"management": 1},
        {"event": "1"},
    ],
)
def test_what_no_audience_writes(content: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which of several parsers refuses is of no matter
        Audience.from_json(content)
