"""The command that prints invites: who gets a link, and how it is written."""

import pytest
from sqlalchemy import select

from cli import invites as command
from core.clock import SystemClock
from core.invites import actions
from core.people.model import Channel
from storage.models import AuditEntry
from storage.session import Database
from tests.clocks import SetClock
from tests.invites.town import make_town


async def test_everybody_who_has_not_joined_gets_a_link(sqlite_db: Database) -> None:
    now = SetClock(SystemClock().now())
    town = await make_town(sqlite_db, now)
    place = await command._place(sqlite_db, "school")
    rows = await command._codes(sqlite_db, place)
    assert [name.split()[0] for name, _ in rows] == ["Фёдорова-2", "Фёдорова-3", "Фёдорова-6"]
    account = await actions.join(sqlite_db, now, Channel.TELEGRAM, "7", rows[0][1])
    assert account == town.accounts["invited"]
    async with sqlite_db.read() as session:
        made = select(AuditEntry).where(
            AuditEntry.action == "invite.made", AuditEntry.subject == f"organisation:{place}"
        )
        assert (await session.scalars(made)).one().account_id is None


async def test_an_organisation_where_all_have_joined_gives_none(sqlite_db: Database) -> None:
    await make_town(sqlite_db, SetClock(SystemClock().now()))
    assert await command._codes(sqlite_db, await command._place(sqlite_db, "preschool")) == []


def test_a_name_is_never_a_formula(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    command._print_csv([("=1+1", "https://t.me/test_bot?start=code")])
    written = capfdbinary.readouterr().out.decode("utf-8-sig")
    assert written == "Кому;Ссылка\r\n'=1+1;https://t.me/test_bot?start=code\r\n"
