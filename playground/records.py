"""What the registry keeps beside the people themselves: banks of programmes and mentors, awards, expert work.

Made up like the people, from a seed of its own, so that the people stay the same whatever is added here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from core.people.model import MentorState, StudyForm
from playground.people.courses import programmes
from playground.people.model import MadeUpTeacher, Population
from storage.models import Award, Base, ExpertWork, MentorBankEntry, Municipality, Programme, Teacher

HONOURS = Path(__file__).parent / "people" / "honours.yaml"
AWARDED, EXPERTS, VOLUNTEERS = 0.12, 0.07, 0.02
"""Shares of people with an award, with expert work, and of those who have just offered to be mentors."""
EXPERIENCED = 8
"""Years of work before one is awarded or asked as an expert."""


def records(municipality: Municipality, teachers: Sequence[Teacher], population: Population) -> Iterator[Base]:
    """Rows to be added, in the order of the people."""
    rng = Random(population.seed + 1)
    yield from _programmes(municipality)
    for row, one in zip(teachers, population.people, strict=True):
        yield from _of(row, one, population.today, rng)


def _programmes(municipality: Municipality) -> Iterator[Programme]:
    words = municipality.settings.get("words", {})
    for kind, programme in programmes():
        yield Programme(
            municipality_id=municipality.id,
            title=programme["title"],
            provider=_provider(words, programme["provider"]),
            kind=kind,
            form=StudyForm.REMOTE if programme.get("ict") else StudyForm.MIXED,
            hours=programme["hours"],
            areas=_areas(programme),
            federal_register=programme.get("register", False),
            ict=programme.get("ict", False),
            management_team=programme.get("management_team", False),
        )


def _provider(words: Mapping[str, Any], code: str) -> str:
    known = {"academy": words.get("federal_academy"), "regional_institute": words.get("regional_institute")}
    return known.get(code) or code


def _areas(programme: Mapping[str, Any]) -> list[str]:
    if programme.get("ict"):
        return ["ict_area"]
    areas = {"manager": "management_area", "specialist": "psychology_area"}
    return [areas.get(programme["groups"][0], "methodical_area")]


def _of(row: Teacher, one: MadeUpTeacher, today: date, rng: Random) -> Iterator[Base]:
    """Draws the same numbers for everybody, so that one person's luck does not change the next one's."""
    award, work, offer, ago = rng.random(), rng.random(), rng.random(), rng.randrange(30, 1500)
    honour, task = rng.choice(_honours()["awards"]), rng.choice(_honours()["expert_work"])
    day = today - timedelta(days=ago)
    experienced = today.year - one.first_work_year >= EXPERIENCED
    if experienced and award < AWARDED:
        yield Award(teacher_id=row.id, title=honour["title"], level=honour["level"], given_on=day)
    if experienced and work < EXPERTS:
        yield ExpertWork(teacher_id=row.id, title=task["title"], level=task["level"], done_on=day)
    if one.is_mentor or (experienced and offer < VOLUNTEERS):
        state = MentorState.CONFIRMED if one.is_mentor else MentorState.PROPOSED
        yield MentorBankEntry(teacher_id=row.id, year=today.year, state=state)


@cache
def _honours() -> dict[str, list[dict[str, str]]]:
    loaded: dict[str, list[dict[str, str]]] = yaml.safe_load(HONOURS.read_text(encoding="utf-8"))
    return loaded
