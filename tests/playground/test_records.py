"""The made-up municipality's banks, awards and expert work."""

from collections import Counter
from datetime import date

from cli.preparing import PROFILES
from core.people.model import Level, MentorState
from core.profiles.loading import load_profile
from playground.people.generator import generate
from playground.records import records
from storage.models import Award, ExpertWork, MentorBankEntry, Municipality, Programme, Teacher

TODAY = date(2026, 11, 25)


def made(seed: int = 1) -> list[object]:
    population = generate(load_profile(PROFILES / "zima.yaml"), seed, TODAY)
    town = Municipality(id=1, code="zima", name="Зима", timezone="Asia/Irkutsk", settings={"words": {}})
    teachers = [Teacher(id=number) for number, _ in enumerate(population.people, start=1)]
    return list(records(town, teachers, population))


def test_every_list_of_the_registry_has_something_in_it() -> None:
    found = Counter(type(one) for one in made())
    assert all(found[kind] > 5 for kind in (Programme, Award, ExpertWork, MentorBankEntry))


def test_days_are_past_and_codes_are_known() -> None:
    for one in made():
        if isinstance(one, Award | ExpertWork):
            assert one.level in set(Level)
        if isinstance(one, Award):
            assert one.given_on is not None
            assert one.given_on < TODAY
        if isinstance(one, MentorBankEntry):
            assert one.state in {MentorState.CONFIRMED, MentorState.PROPOSED}


def test_one_seed_gives_the_same_rows() -> None:
    told = [
        [(type(one).__name__, getattr(one, "title", ""), getattr(one, "teacher_id", 0)) for one in made()] for _ in "ab"
    ]
    assert told[0] == told[1]
