"""Pairs and events of made-up people: possible, and the same for the same seed."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.events.model import EventKind
from core.people.rules import YoungTeacherRule
from core.profiles.loading import load_profile
from playground.people.generator import generate
from playground.people.model import Population
from playground.people.together import MOST_MENTEES, events, pairs, young
from playground.seed import SEED

PROFILES = Path(__file__).parents[2] / "profiles"
TODAY = date(2026, 9, 1)
RULE = YoungTeacherRule()
seeds = st.integers(min_value=0, max_value=2**32)
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def population() -> Population:
    return generate(load_profile(PROFILES / "zima.yaml"), 7, TODAY)


def test_somebody_has_no_mentor_yet_in_the_playground(population: Population) -> None:
    """So that the list of those has something in it."""
    made = pairs(population.people, RULE, TODAY, SEED)
    assert len(made) < len(young(population.people, RULE, TODAY))


@few
@given(seed=seeds)
def test_pairs_are_possible(population: Population, seed: int) -> None:
    people = population.people
    made = pairs(people, RULE, TODAY, seed)
    beginners = young(people, RULE, TODAY)
    assert 0 < len(made) <= len(beginners)
    assert len({one.mentee for one in made}) == len(made)
    for one in made:
        mentor, mentee = people[one.mentor], people[one.mentee]
        assert one.mentee in beginners
        assert mentor.is_mentor
        assert mentor.organisation_code == mentee.organisation_code or set(mentor.subjects) & set(mentee.subjects)
        assert one.started_on < TODAY
    assert max(Counter(one.mentor for one in made).values()) <= MOST_MENTEES


@few
@given(seed=seeds)
def test_two_events_are_over_and_one_is_to_come(population: Population, seed: int) -> None:
    made = events(population.people, TODAY, "Asia/Irkutsk", seed)
    assert [one.kind for one in made] == [EventKind.COURSE, EventKind.SEMINAR, EventKind.WEBINAR]
    assert [one.ends_at.date() < TODAY for one in made] == [True, True, False]
    assert made[-1].starts_at.date() > TODAY
    for one in made:
        assert one.starts_at < one.ends_at
        assert one.ends_at.date() > TODAY - timedelta(days=30)
        assert len(set(one.participants)) == len(one.participants) >= 30
        assert not any(population.people[place].is_management for place in one.participants)


def test_the_rule_of_the_municipality_decides_who_is_young(population: Population) -> None:
    by_age = young(population.people, YoungTeacherRule(35, -1, both=False), TODAY)
    assert len(by_age) > len(young(population.people, RULE, TODAY))


def test_the_same_seed_gives_the_same(population: Population) -> None:
    assert pairs(population.people, RULE, TODAY, 3) == pairs(population.people, RULE, TODAY, 3)
    assert pairs(population.people, RULE, TODAY, 3) != pairs(population.people, RULE, TODAY, 4)
