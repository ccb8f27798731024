"""What made-up people do together: mentoring pairs, two events that are over and one to come.

Pure, and drawn apart from the people themselves, so that these stay the same when something is added here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from core.events.model import EventKind
from core.people.rules import YoungTeacherRule, is_young
from playground.people.model import MadeUpTeacher

WITHOUT_MENTOR = 0.15
MOST_MENTEES = 3
_MONTHS_TOGETHER = 10
_DAYS_AGO = {EventKind.COURSE: 12, EventKind.SEMINAR: 4, EventKind.WEBINAR: -3}
"""On which day the event ends; negative: it is still to come."""


@dataclass(frozen=True, slots=True)
class MadeUpPair:
    """Places of both in the list of people."""

    mentor: int
    mentee: int
    started_on: date


@dataclass(frozen=True, slots=True)
class MadeUpEvent:
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    participants: tuple[int, ...]
    """Places in the list of people, ascending."""


def young(people: Sequence[MadeUpTeacher], rule: YoungTeacherRule, today: date) -> list[int]:
    """Places of the young teachers, by the municipality's own rule."""
    return [
        place
        for place, one in enumerate(people)
        if not one.is_management and is_young(one.birth_year, one.first_work_year, today.year, rule)
    ]


def pairs(people: Sequence[MadeUpTeacher], rule: YoungTeacherRule, today: date, seed: int) -> list[MadeUpPair]:
    """A mentor of the same organisation, or else one who teaches the same; some young teachers have none yet."""
    rng = Random(f"{seed} pairs")
    mentors = [place for place, one in enumerate(people) if one.is_mentor]
    load: Counter[int] = Counter()
    found = []
    for mentee in young(people, rule, today):
        able = [one for one in mentors if one != mentee and load[one] < MOST_MENTEES]
        near = [one for one in able if people[one].organisation_code == people[mentee].organisation_code]
        alike = [one for one in able if set(people[one].subjects) & set(people[mentee].subjects)]
        choice = near or alike
        if not choice or rng.random() < WITHOUT_MENTOR:
            continue
        mentor = min(choice, key=lambda one: (load[one], one))
        load[mentor] += 1
        began = today - timedelta(days=30 * rng.randint(1, _MONTHS_TOGETHER))
        found.append(MadeUpPair(mentor, mentee, began))
    return found


def events(people: Sequence[MadeUpTeacher], today: date, timezone: str, seed: int) -> list[MadeUpEvent]:
    """Two that are over, a course of five days and a seminar of an afternoon; and a webinar that can be announced."""
    rng = Random(f"{seed} events")
    teachers = [place for place, one in enumerate(people) if not one.is_management]
    course = _event(EventKind.COURSE, "Функциональная грамотность: от задания к уроку", today, timezone, days=5)
    seminar = _event(EventKind.SEMINAR, "Трудный разговор с родителями", today, timezone, days=1)
    webinar = _event(EventKind.WEBINAR, "Обратная связь, которая помогает учиться", today, timezone, days=1)
    return [
        MadeUpEvent(*one, tuple(sorted(rng.sample(teachers, min(size, len(teachers))))))
        for one, size in ((course, 60), (seminar, 35), (webinar, 30))
    ]


def _event(
    kind: EventKind, title: str, today: date, timezone: str, *, days: int
) -> tuple[EventKind, str, datetime, datetime]:
    last = today - timedelta(days=_DAYS_AGO[kind])
    zone = ZoneInfo(timezone)
    starts = datetime.combine(last - timedelta(days=days - 1), time(10), zone)
    return kind, title, starts, datetime.combine(last, time(16), zone)
