"""Two small municipalities with staff of every role and two published surveys, for tests of the pages."""

from dataclasses import dataclass
from pathlib import Path

from core.accounts import actions as accounts
from core.clock import Clock
from core.people import actions as people
from core.people.model import Channel, Role
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.models import Account, Chat, Grant, Municipality, Organisation, Position, Teacher
from storage.session import Database

CATALOGUE = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue"
PASSWORD = "верная-лошадь-скрепка"


@dataclass(frozen=True)
class World:
    """Ids. `methodist`, `coordinator`… are accounts; the coordinator's organisation is `school`."""

    town: int
    other_town: int
    school: int
    kindergarten: int
    administrator: int
    methodist: int
    other_methodist: int
    coordinator: int
    teacher: int
    teachers: tuple[int, ...]


async def make_world(db: Database, clock: Clock) -> World:
    for code in ("deficits", "burnout"):
        file = CATALOGUE / f"{code}.yaml"
        await surveys.publish(db, clock, parse_definition(file.read_text(encoding="utf-8"), file.name))
    town, school, kindergarten, teachers = await _town(db, "town", "Город <b>Ясный</b>")
    other_town, *_ = await _town(db, "other", "Другой город")
    joined = await _accounts(db, clock, town, school, teachers)
    staff = [
        await accounts.create_staff(db, clock, name, role, place, login=login, password=PASSWORD)
        for name, role, place, login in (
            ("Администратор", Role.ADMINISTRATOR, None, "admin"),
            ("Методист", Role.METHODIST, town, "methodist"),
            ("Чужой методист", Role.METHODIST, other_town, "other"),
        )
    ]
    return World(town, other_town, school, kindergarten, *staff, joined[0], joined[1], tuple(teachers))


async def _town(db: Database, code: str, name: str) -> tuple[int, int, int, list[int]]:
    async with db.write() as session:
        town = Municipality(code=code, name=name, timezone="Asia/Irkutsk", settings={})
        position = Position(code=f"{code}-math", title="учитель математики", group="subject_teacher")
        session.add_all([town, position])
        await session.flush()
        places = [
            Organisation(municipality_id=town.id, code=kind, name=name, short_name=f"{name} {code}", kind=kind)
            for kind, name in (("school", "Школа № 1"), ("preschool", "Детский сад № 2"))
        ]
        session.add_all(places)
        await session.flush()
        teachers = [
            Teacher(
                municipality_id=town.id,
                organisation_id=places[number % 2].id,
                position_id=position.id,
                surname=f"Примерова-{number}",
                given_name="Проба",
                first_work_year=2015,
            )
            for number in range(12)
        ]
        session.add_all(teachers)
        await session.flush()
        return town.id, places[0].id, places[1].id, [one.id for one in teachers]


async def _accounts(db: Database, clock: Clock, town: int, school: int, teachers: list[int]) -> list[int]:
    """All teachers have joined; the first one is the coordinator of the school."""
    await people.publish_consent(db, clock, "1", "Согласие")
    async with db.write() as session:
        accounts = [Account(municipality_id=town, teacher_id=one, created_at=clock.now()) for one in teachers]
        session.add_all(accounts)
        await session.flush()
        session.add_all(
            Chat(account_id=one.id, channel=Channel.TELEGRAM, address=str(number))
            for number, one in enumerate(accounts)
        )
        session.add(Grant(account_id=accounts[0].id, role=Role.COORDINATOR, organisation_id=school))
    return [one.id for one in accounts]
