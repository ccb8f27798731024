"""Two small municipalities with people, and actors of every role, for tests of cards, moves and merging."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core.people.model import Actor, Role
from storage.models import Account, Association, Base, Grant, Municipality, Organisation, Position, Teacher
from storage.session import Database
from tests.clocks import SetClock


@dataclass(frozen=True)
class Folk:
    """Ids. `first` and `second` look like doubles and work in `school`; `outsider` lives in the other town."""

    town: int
    other_town: int
    school: int
    kindergarten: int
    foreign_school: int
    association: int
    position: int
    first: int
    second: int
    third: int
    outsider: int
    methodist: Actor
    administrator: Actor
    stranger: Actor
    """Methodist of the other town."""


async def make_folk(db: Database, clock: SetClock) -> Folk:
    async with db.write() as session:
        towns = [Municipality(code=code, name=code, timezone="Asia/Irkutsk", settings={}) for code in ("a", "b")]
        position = Position(code="math", title="учитель математики", group="subject_teacher")
        session.add_all([*towns, position])
        await session.flush()
        places = [
            Organisation(municipality_id=town.id, code=code, name=code, short_name=code, kind="school")
            for town, code in ((towns[0], "Школа № 1"), (towns[0], "Сад № 2"), (towns[1], "Чужая школа"))
        ]
        circle = Association(municipality_id=towns[0].id, code="math", name="РМО математиков")
        session.add_all([*places, circle])
        await session.flush()
        people = [
            Teacher(
                municipality_id=place.municipality_id,
                organisation_id=place.id,
                position_id=position.id,
                surname=surname,
                given_name=name,
                birth_year=1985,
            )
            for place, surname, name in (
                (places[0], "Семёнова", "Проба"),
                (places[0], "Семенова", "Проба"),
                (places[1], "Иная", "Особа"),
                (places[2], "Чужая", "Особа"),
            )
        ]
        session.add_all(people)
        await session.flush()
        staff = [
            Account(municipality_id=town.id, name=name, created_at=clock.now())
            for town, name in ((towns[0], "Методист"), (towns[0], "Администратор"), (towns[1], "Чужой"))
        ]
        session.add_all(staff)
        await session.flush()
        return Folk(
            town=towns[0].id,
            other_town=towns[1].id,
            school=places[0].id,
            kindergarten=places[1].id,
            foreign_school=places[2].id,
            association=circle.id,
            position=position.id,
            first=people[0].id,
            second=people[1].id,
            third=people[2].id,
            outsider=people[3].id,
            methodist=_actor(staff[0], towns[0].id),
            administrator=_actor(staff[1], towns[0].id, administers=True),
            stranger=_actor(staff[2], towns[1].id),
        )


def _actor(account: Account, town: int, *, administers: bool = False) -> Actor:
    return Actor(
        account.id,
        None,
        town,
        municipalities=frozenset({town}),
        administered=frozenset({town}) if administers else frozenset(),
        roles=frozenset({Role.ADMINISTRATOR if administers else Role.METHODIST}),
    )


async def add(db: Database, *rows: Base) -> list[Any]:
    """Stores rows and returns their ids (None where a table has none of its own)."""
    async with db.write() as session:
        session.add_all(rows)
        await session.flush()
        return [getattr(row, "id", None) for row in rows]


async def account_of(db: Database, clock: SetClock, teacher_id: int, town: int, *grants: Grant) -> int:
    account = (await add(db, Account(municipality_id=town, teacher_id=teacher_id, created_at=clock.now())))[0]
    for grant in grants:
        grant.account_id = account
    await add(db, *grants)
    return int(account)


async def rows(db: Database, table: type[Any], *conditions: Any) -> list[Any]:
    async with db.read() as session:
        return list(await session.scalars(select(table).where(*conditions)))


async def count(db: Database, table: type[Any], *conditions: Any) -> int:
    async with db.read() as session:
        found: int = (await session.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one()
        return found
