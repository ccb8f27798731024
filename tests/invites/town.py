"""A town with a school and a kindergarten, and people of every standing in the school."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from core.people import queries
from core.people.model import Actor, Channel, Role
from storage.models import Account, Chat, Grant, Invite, Municipality, Organisation, Position, Teacher
from storage.session import Database
from tests.clocks import SetClock

ZONE = "Asia/Irkutsk"
NAMES = ("joined", "stopped", "invited", "none", "off", "archived", "methodist")


@dataclass
class Town:
    """Ids; `teachers` and `accounts` of the school's people by their standing (see NAMES)."""

    id: int = 0
    school: int = 0
    kindergarten: int = 0
    coordinator: int = 0
    methodist: int = 0
    teachers: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)


async def make_town(db: Database, clock: SetClock, code: str = "town") -> Town:
    """`methodist` in the school is a teacher who is a methodist of the town as well; not joined."""
    town = Town()
    async with db.write() as session:
        place = Municipality(code=code, name="Город", timezone=ZONE, settings={})
        position = Position(code=f"{code}-math", title="учитель математики", group="subject_teacher")
        session.add_all([place, position])
        await session.flush()
        organisations = [
            Organisation(municipality_id=place.id, code=kind, name=name, short_name=name, kind=kind)
            for kind, name in (("school", "Школа № 1"), ("preschool", "Детский сад № 2"))
        ]
        session.add_all(organisations)
        await session.flush()
        town.id, town.school, town.kindergarten = place.id, organisations[0].id, organisations[1].id
        people = {
            name: Teacher(
                municipality_id=place.id,
                organisation_id=town.school,
                position_id=position.id,
                surname=f"Фёдорова-{number}",
                given_name="Проба",
                patronymic="Примеровна",
            )
            for number, name in enumerate(NAMES)
        }
        people["archived"].archived_at = clock.now()
        people["joined"].paper_consent_on = date(2026, 9, 1)
        session.add_all(people.values())
        staff = [Account(municipality_id=place.id, name=name, created_at=clock.now()) for name in ("К", "М")]
        session.add_all(staff)
        await session.flush()
        accounts = {
            name: Account(municipality_id=place.id, teacher_id=one.id, active=name != "off", created_at=clock.now())
            for name, one in people.items()
        }
        session.add_all(accounts.values())
        await session.flush()
        session.add_all(
            [
                Grant(account_id=staff[0].id, role=Role.COORDINATOR, organisation_id=town.school),
                Grant(account_id=staff[1].id, role=Role.METHODIST, municipality_id=place.id),
                Grant(account_id=accounts["methodist"].id, role=Role.METHODIST, municipality_id=place.id),
                Chat(account_id=accounts["joined"].id, channel=Channel.TELEGRAM, address=f"{code}1"),
                Chat(
                    account_id=accounts["stopped"].id,
                    channel=Channel.TELEGRAM,
                    address=f"{code}2",
                    unreachable="blocked",
                ),
                Invite(
                    account_id=accounts["invited"].id,
                    code_hash=f"{code}-hash",
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(days=100),
                ),
            ]
        )
    town.coordinator, town.methodist = staff[0].id, staff[1].id
    town.teachers = {name: one.id for name, one in people.items()}
    town.accounts = {name: one.id for name, one in accounts.items()}
    return town


async def actor(db: Database, account_id: int) -> Actor:
    async with db.read() as session:
        return await queries.actor_of_account(session, account_id)
