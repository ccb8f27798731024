"""Made-up people of two towns with everything that an audience asks for, as rows and as plain values beside them."""

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.people.model import Actor, Category, OrganisationKind, PositionGroup, Role
from storage.models import (
    Account,
    Municipality,
    Organisation,
    Position,
    Subject,
    Teacher,
)
from storage.session import Database
from tests.clocks import SetClock

PEOPLE = 90
YOUNG = {"age_under": 35, "first_years": 3, "rule": "both"}


@dataclass(frozen=True)
class Place:
    id: int
    town: int
    kind: str
    archived: bool


@dataclass(frozen=True)
class Sheet:
    """A submitted questionnaire: its level in each area."""

    moment: int
    named: bool
    deficits: bool
    bands: dict[str, str]


@dataclass
class Person:
    place: Place
    position: int
    group: str
    category: str
    management: bool
    birth_year: int | None
    first_work_year: int | None
    archived: bool
    id: int = 0
    subjects: set[int] = field(default_factory=set)
    circles: set[int] = field(default_factory=set)
    """Associations that are present and of the own town, as member or leader."""
    mentor: bool = False
    mentee: bool = False
    asked: dict[int, list[str]] = field(default_factory=dict)
    """Campaign → states of what was asked."""
    events: set[int] = field(default_factory=set)
    sheets: list[Sheet] = field(default_factory=list)


@dataclass
class Town:
    db: Database
    clock: SetClock
    here: int = 0
    there: int = 0
    account: int = 0
    places: list[Place] = field(default_factory=list)
    positions: list[tuple[int, str]] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    circles: list[int] = field(default_factory=list)
    """The last but one is archived, the last one is the other town's."""
    campaigns: list[int] = field(default_factory=list)
    """The last one is the other town's."""
    events: list[int] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @property
    def methodist(self) -> Actor:
        return Actor(
            self.account, None, self.here, municipalities=frozenset({self.here}), roles=frozenset({Role.METHODIST})
        )

    @property
    def stranger(self) -> Actor:
        own = frozenset({self.there})
        return Actor(self.account, None, self.there, municipalities=own, roles=frozenset({Role.METHODIST}))

    @property
    def today(self) -> date:
        return self.clock.now().date()


async def found(db: Database, clock: SetClock, chance: random.Random) -> Town:
    """With its people, who have done nothing yet."""
    town = Town(db, clock)
    await _make_towns(town)
    await _make_lists(town)
    await _make_people(town, chance)
    return town


async def add(db: Database, *rows: Any) -> list[int]:
    async with db.write() as session:
        session.add_all(rows)
        await session.flush()
        return [getattr(row, "id", 0) for row in rows]


async def _make_towns(town: Town) -> None:
    settings = {"young_teacher": YOUNG}
    town.here, town.there = await add(
        town.db,
        *(Municipality(code=one, name=one, timezone="Asia/Irkutsk", settings=settings) for one in ("here", "there")),
    )
    (town.account,) = await add(
        town.db, Account(municipality_id=town.here, name="Методист", created_at=town.clock.now())
    )
    kinds = [*OrganisationKind, OrganisationKind.SCHOOL, OrganisationKind.SCHOOL]
    for number, kind in enumerate(kinds):
        where, closed = (town.there if number == 5 else town.here), number == 4
        row = Organisation(
            municipality_id=where,
            code=str(number),
            name=f"Организация {number}",
            short_name=f"Место {number}",
            kind=kind,
            archived_at=town.clock.now() if closed else None,
        )
        town.places.append(Place((await add(town.db, row))[0], where, kind, closed))


async def _make_lists(town: Town) -> None:
    for group in PositionGroup:
        row = Position(code=group, title=f"должность {group}", group=group)
        town.positions.append(((await add(town.db, row))[0], group))
    town.subjects = await add(town.db, *(Subject(code=one, title=one) for one in ("chess", "music", "art")))


async def _make_people(town: Town, chance: random.Random) -> None:
    rows = []
    for number in range(PEOPLE):
        position, group = chance.choice(town.positions)
        person = Person(
            place=chance.choice(town.places),
            position=position,
            group=group,
            category=chance.choice(list(Category)),
            management=chance.random() < 0.3,
            birth_year=chance.choice([None, 1970, 1991, 1992, 2001]),
            first_work_year=chance.choice([None, 1999, 2022, 2023, 2026]),
            archived=chance.random() < 0.1,
        )
        town.people.append(person)
        row = Teacher(
            municipality_id=person.place.town,
            organisation_id=person.place.id,
            position_id=position,
            surname=f"Примерова-{number}",
            given_name="Проба",
            category=person.category,
            is_management=person.management,
            birth_year=person.birth_year,
            first_work_year=person.first_work_year,
            archived_at=town.clock.now() if person.archived else None,
        )
        rows.append(row)
    for person, identity in zip(town.people, await add(town.db, *rows), strict=True):
        person.id = identity
