"""How far somebody's rights reach, who is young, how experienced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import rules
from core.people.model import Role
from core.people.rules import GrantView, YoungTeacherRule


def test_grants_add_up_to_rights() -> None:
    actor = rules.actor(
        1,
        5,
        2,
        [
            GrantView(Role.METHODIST, 2, None, None),
            GrantView(Role.COORDINATOR, 2, 30, None),
            GrantView(Role.LEADER, 2, None, 7),
        ],
    )
    assert actor.manages(2)
    assert not actor.manages(3)
    assert (actor.organisations, actor.associations, actor.everywhere) == (frozenset({30}), frozenset({7}), False)
    assert Role.TEACHER in actor.roles


def test_a_methodist_of_nowhere_manages_nothing() -> None:
    actor = rules.actor(1, None, None, [GrantView(Role.METHODIST, None, None, None)])
    assert not actor.everywhere
    assert not actor.manages(1)


@given(st.integers(1940, 2030), st.none() | st.integers(1940, 2030))
def test_everybody_has_one_band_of_experience(year: int, first: int | None) -> None:
    band = rules.experience(first, year)
    assert (band == "unknown") == (first is None)


@pytest.mark.parametrize(
    ("birth", "first", "both", "either"),
    [
        (1992, 2024, True, True),
        (1991, 2024, False, True),  # 35 already
        (1992, 2022, False, True),  # in the fourth year
        (1980, 2010, False, False),
        (None, 2024, False, True),
        (1992, None, False, True),
    ],
)
def test_who_is_a_young_teacher_in_2026(birth: int | None, first: int | None, both: bool, either: bool) -> None:
    assert rules.is_young(birth, first, 2026, YoungTeacherRule()) is both
    assert rules.is_young(birth, first, 2026, YoungTeacherRule(both=False)) is either
