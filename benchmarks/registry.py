"""The list of people among ten and a hundred times as many: a page, a search, filters, the last page."""

import random
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.result import Row
from core.people.model import Actor
from core.people.rules import YoungTeacherRule
from core.registry import queries
from core.registry.kinds import TEACHERS
from core.registry.model import Now, Wanted
from storage.migrate import upgrade
from storage.models import Account, Association, Chat, Municipality, Organisation, Position, Teacher
from storage.session import Database, open_database

SIZES = (1_000, 10_000, 100_000)
PER_ORGANISATION = 40
AT_ONCE = 5_000
TIMES = 5
NOW = Now(date(2026, 11, 23), YoungTeacherRule())
LOOKS: Mapping[str, Wanted] = {
    "первая страница": Wanted(),
    "поиск по двум словам": Wanted(text="ёлк имя7"),
    "одна организация": Wanted(filters={"organisation_id": "7"}),
    "молодые, кто ещё не в боте": Wanted(filters={"young": "yes", "joined": "no"}),
    "по категории, от высшей": Wanted(sort="category", down=True),
    "последняя страница": Wanted(page=10**6),
}
_LETTERS = "абвгдеёжзик"


async def measure() -> list[Row]:
    """The ratio is how many times more people cost the same time: 1 is a cost that does not grow with them."""
    costs = {size: await _costs(size) for size in SIZES}
    small = costs[SIZES[0]]
    return [
        Row(
            f"список педагогов, {size // 1000} 000 против 1 000: {look}",
            f"{seconds * 1000:.1f} мс",
            small[look] / seconds,
        )
        for look in LOOKS
        for size in SIZES[1:]
        for seconds in (costs[size][look],)
    ]


async def _costs(people: int) -> dict[str, float]:
    """Seconds of each look, the best of several."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{(Path(folder) / 'bench.db').as_posix()}"
        await upgrade(url)
        async with open_database(url) as db:
            await fill(db, people)
            return {name: await _seconds(db, wanted) for name, wanted in LOOKS.items()}


async def _seconds(db: Database, wanted: Wanted) -> float:
    methodist = Actor(1, None, 1, municipalities=frozenset({1}))
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        async with db.read() as session:
            await queries.page(session, methodist, 1, TEACHERS, wanted, NOW)
        best = min(best, time.perf_counter() - began)
    return best


async def fill(db: Database, people: int) -> None:
    """One municipality with as many made-up people, of whom every third has joined."""
    chance = random.Random(people)
    async with db.write() as session:
        session.add(Municipality(code="bench", name="bench", timezone="UTC", settings={}))
        session.add(Position(code="post", title="учитель", group="subject_teacher"))
        await session.flush()
        session.add(Association(municipality_id=1, code="circle", name="Объединение"))
        places = max(10, people // PER_ORGANISATION)
        session.add_all(
            Organisation(municipality_id=1, code=str(one), name=str(one), short_name=str(one), kind="school")
            for one in range(places)
        )
    for start in range(1, people + 1, AT_ONCE):
        async with db.write() as session:
            await _some(session, range(start, min(start + AT_ONCE, people + 1)), places, chance)


async def _some(session: AsyncSession, numbers: range, places: int, chance: random.Random) -> None:
    rows = [_person(number, places, chance) for number in numbers]
    await session.execute(insert(Teacher), rows)
    now = {"municipality_id": 1, "created_at": datetime(2026, 11, 23, tzinfo=UTC)}
    await session.execute(insert(Account), [{"id": one, "teacher_id": one, **now} for one in numbers])
    chats = [{"account_id": one, "channel": "bench", "address": str(one)} for one in numbers if one % 3 == 0]
    await session.execute(insert(Chat), chats)


def _person(number: int, places: int, chance: random.Random) -> dict[str, object]:
    words = {
        "surname": "".join(chance.choices(_LETTERS, k=7)).capitalize(),
        "given_name": f"Имя{chance.randrange(60)}",
        "patronymic": f"Отчество{chance.randrange(60)}",
    }
    return {
        **words,
        "id": number,
        "search": Teacher.search_of(words),
        "municipality_id": 1,
        "organisation_id": chance.randrange(places) + 1,
        "position_id": 1,
        "birth_year": chance.randint(1960, 2003),
        "first_work_year": chance.randint(1985, 2025),
        "category": chance.choice(["none", "first", "highest", "conformity"]),
        "category_date": date(chance.randint(2018, 2026), 5, 1),
    }
