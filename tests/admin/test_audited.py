"""Which changes, asked for by an empty form, leave a line in the audit (`audited.txt`); one without it fails."""

from pathlib import Path

from storage.session import Database
from tests.admin.addresses import CHANGING
from tests.admin.conftest import SignIn
from tests.admin.rooms_full import address, fill
from tests.admin.test_access import last_entry, order
from tests.admin.world import World

FILE = Path(__file__).with_name("audited.txt")
LINES = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
NOTED = {path: mark == "+" for mark, path in LINES}
OTHER_SESSION = ("/enter", "/sign", "/account/")


def when(path: str) -> tuple[object, ...]:
    """What is brought back has been put away before; the person comes back first, then what is theirs."""
    return path.endswith("/restore"), not path.startswith("/people"), *order(("POST", path))


def test_every_change_has_a_line() -> None:
    assert set(CHANGING) == set(NOTED)


async def test_what_is_changed_is_noted(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    ids = await fill(sqlite_db, world, sign_in)
    browser = await sign_in(world.administrator)
    found = {}
    for path in sorted(CHANGING, key=when):
        before = await last_entry(sqlite_db)
        await browser.post(address(path, ids))
        found[path] = await last_entry(sqlite_db) > before
        if path.startswith(OTHER_SESSION):
            browser = await sign_in(world.administrator)
    assert found == NOTED
