"""Mentoring pairs and events of made-up people as rows. Work inside the caller's transaction."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from core.profiles.rules import young_teacher_rule
from playground.people.model import Population
from playground.people.together import events, pairs
from storage.models import Event, EventParticipant, MentoringPair, Municipality, Teacher


def enter_pairs(
    session: AsyncSession, municipality: Municipality, teachers: Sequence[Teacher], population: Population
) -> set[int]:
    """Places of those who have become mentors; `teachers` are the rows in the generator's order."""
    rule = young_teacher_rule(municipality.settings)
    made = pairs(population.people, rule, population.today, population.seed)
    session.add_all(
        MentoringPair(
            municipality_id=municipality.id,
            mentor_id=teachers[one.mentor].id,
            mentee_id=teachers[one.mentee].id,
            started_on=one.started_on,
        )
        for one in made
    )
    return {one.mentor for one in made}


async def enter_events(
    session: AsyncSession, municipality: Municipality, teachers: Sequence[Teacher], population: Population
) -> None:
    for one in events(population.people, population.today, municipality.timezone, population.seed):
        event = Event(
            municipality_id=municipality.id,
            kind=one.kind,
            title=one.title,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
        )
        session.add(event)
        await session.flush()
        session.add_all(
            EventParticipant(event_id=event.id, teacher_id=teachers[place].id) for place in one.participants
        )
