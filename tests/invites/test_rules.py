"""Who may make an invite for whom."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.invites.rules import last_moment, may_invite
from core.people import rules
from core.people.model import Actor, Role
from core.people.rules import GrantView

ids = st.none() | st.integers(1, 3)
grants = st.builds(GrantView, st.sampled_from(Role), ids, ids, ids)


@given(st.lists(grants, max_size=4))
def test_an_administrator_of_the_installation_may_invite_everybody(held: list[GrantView]) -> None:
    everywhere = rules.actor(1, None, None, [GrantView(Role.ADMINISTRATOR, None, None, None)])
    assert may_invite(everywhere, held)


@given(st.lists(grants, max_size=3), st.lists(grants, max_size=3))
def test_nobody_gains_by_somebody_elses_code(own: list[GrantView], theirs: list[GrantView]) -> None:
    who, other = rules.actor(1, None, 1, own), rules.actor(2, None, 1, theirs)
    if not may_invite(who, theirs):
        return
    assert who.everywhere or not other.everywhere
    assert who.everywhere or other.municipalities <= who.municipalities
    assert who.everywhere or other.administered <= who.administered
    if not who.municipalities and not who.everywhere:
        assert other.organisations - {None} <= who.organisations
        assert other.associations <= who.associations


def test_a_plain_teacher_can_be_invited_by_anybody_who_reaches_them() -> None:
    assert may_invite(Actor(1, None, 1), [])


def test_the_term_ends_with_a_day_of_the_municipality() -> None:
    now = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # already the 24th in Irkutsk
    assert last_moment(now, 30, "Asia/Irkutsk").astimezone(UTC) == datetime(2026, 12, 24, 16, tzinfo=UTC)
