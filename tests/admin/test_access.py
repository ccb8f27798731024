"""The table of roles and addresses (`access.txt`): an address without a line of its own fails here."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from core.people.model import Actor, Role
from core.staff import actions as staff
from storage.models import Account, AuditEntry
from storage.session import Database
from tests.admin.addresses import ADDRESSES, filled
from tests.admin.browser import Browser
from tests.admin.conftest import SignIn
from tests.admin.rooms_full import SECRET, address, fill
from tests.admin.test_safety import WITHOUT_ACCOUNT
from tests.admin.world import World
from tests.clocks import SetClock

STREAMS = {"/imports/{run_id}/progress", "/sign-in/check/events"}
"""They go on for as long as there is something to tell; who may see the first one sees its page."""
LINES = [
    line.split()
    for line in Path(__file__).with_name("access.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
TABLE = {(method, path): letters for method, letters, path in LINES}
ENDING = ("archive", "discard", "delete", "erase", "merge", "/end", "remove", "revoke", "switch", "undo", "session")
ENDING += ("withdraw", "municipality", "move", "password", "sign-out")
REFUSED = {403, 404}


def order(one: tuple[str, str]) -> tuple[object, ...]:
    """What ends something comes after everything else, and leaving last."""
    method, path = one
    return method != "GET", any(word in path for word in ENDING), "sign-out" in path, path


def test_every_address_has_a_line() -> None:
    assert {one for one in ADDRESSES if one[1] not in STREAMS} == set(TABLE)
    assert len(LINES) == len(TABLE)


async def account_of(letter: str, world: World, db: Database, clock: SetClock) -> int:
    if letter == "A":
        actor = Actor(world.administrator, None, None, everywhere=True, roles=frozenset({Role.ADMINISTRATOR}))
        return await staff.create(db, clock, actor, "Хранитель", Role.ADMINISTRATOR, world.town)
    return {
        "C": world.coordinator,
        "L": world.teacher,
        "M": world.methodist,
        "I": world.administrator,
        "F": world.other_methodist,
    }[letter]


@pytest.mark.parametrize("letter", "CLMAIF")
async def test_each_role_gets_in_where_it_should(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock, letter: str
) -> None:
    ids = await fill(sqlite_db, world, sign_in)
    browser = await sign_in(await account_of(letter, world, sqlite_db, clock))
    last = await last_entry(sqlite_db)
    wrong = []
    for method, path in sorted(TABLE, key=order):
        place = address(path, ids)
        answer = await (browser.get(place) if method == "GET" else browser.post(place))
        if (answer.status_code not in REFUSED) != (letter in TABLE[method, path]) or answer.status_code >= 500:
            wrong.append((method, path, answer.status_code))
        assert letter != "F" or SECRET not in answer.text, (method, path)
    assert wrong == []
    if letter == "F":
        assert await touched(sqlite_db, last) <= {world.other_town, None}


async def last_entry(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.max(AuditEntry.id))) or 0


async def touched(db: Database, since: int) -> set[int | None]:
    async with db.read() as session:
        return set(await session.scalars(select(AuditEntry.municipality_id).where(AuditEntry.id > since)))


async def test_who_was_switched_off_is_a_stranger_at_once(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    async with sqlite_db.write() as session:
        await session.execute(update(Account).where(Account.id == world.methodist).values(active=False))
    await all_refused(browser, {303})


async def all_refused(browser: Browser, expected: set[int]) -> None:
    for method, path in sorted(TABLE, key=order):
        if path not in WITHOUT_ACCOUNT:
            answer = await (browser.get(filled(path)) if method == "GET" else browser.post(filled(path)))
            assert answer.status_code in expected, (method, path, answer.status_code)
