"""Invites on the pages: who has joined, a sheet that is made once, ending, the paper form."""

import asyncio
import io
import re
from pathlib import Path

import docx
import httpx
import openpyxl
import pytest
from sqlalchemy import delete, func, select

from admin.invites import words as invite_words
from admin.shell import texts
from core.invites import actions as invites
from core.invites.model import Standing, Whom
from core.invites.rules import TERMS
from core.people.model import Channel, Role
from storage.models import Account, AuditEntry, Chat, Grant, Invite, Organisation, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.clocks import SetClock

ROOT = Path(__file__).parents[2]
FIRST, SECOND, THIRD = 2, 4, 6
"""Teachers of the school besides the coordinator, by their place in the world."""


@pytest.fixture
async def left(sqlite_db: Database, world: World) -> list[int]:
    """Three teachers of the school have not joined."""
    chosen = [world.teachers[place] for place in (FIRST, SECOND, THIRD)]
    async with sqlite_db.write() as session:
        accounts = select(Account.id).where(Account.teacher_id.in_(chosen))
        await session.execute(delete(Chat).where(Chat.account_id.in_(accounts)))
    return chosen


@pytest.fixture
async def coordinator(sign_in: SignIn, world: World, left: list[int]) -> Browser:
    return await sign_in(world.coordinator)


async def form(browser: Browser, school: int, *people: int) -> dict[str, str | list[str]]:
    """What the sheet's page would send."""
    page = await browser.get(f"/invites/{school}/sheet", params={"person": list(people)})
    assert page.status_code == 200
    fields: dict[str, str | list[str]] = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    whom = re.search(r'name="whom" value="(\w+)" checked', page.text)
    assert whom is not None
    return {**fields, "person": [str(one) for one in people], "whom": whom[1], "days": "180", "ending": "docx"}


def codes(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, words(response)
    document = docx.Document(io.BytesIO(response.content))
    said = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    return re.findall(r"https://t\.me/test_bot\?start=(\S+)", said)


async def test_the_list_counts_the_own_organisation_only(coordinator: Browser, world: World, sign_in: SignIn) -> None:
    said = words(await coordinator.get("/invites"))
    assert "Подключились к боту 3 из 6 человек" in said
    assert "Детский сад № 2" not in said
    everybody = words(await (await sign_in(world.methodist)).get("/invites"))
    assert "Подключились к боту 9 из 12 человек" in everybody
    assert "Детский сад № 2" in everybody


async def test_people_by_standing(coordinator: Browser, world: World) -> None:
    address = f"/invites/{world.school}"
    assert "6 человек" in words(await coordinator.get(address))
    page = words(await coordinator.get(address, params={"state": "not-joined"}))
    assert "3 человека" in page
    assert [number for number in (2, 4, 6, 8, 10) if f"Примерова-{number}" in page] == [2, 4, 6]
    assert "1 человек" in words(await coordinator.get(address, params={"text": "примерова-4"}))
    assert "Никого не нашли" in words(await coordinator.get(address, params={"state": "off"}))
    assert (await coordinator.get(address, params={"state": "king"})).status_code == 404


async def test_a_sheet_brings_people_in(
    coordinator: Browser, world: World, sqlite_db: Database, clock: SetClock, left: list[int]
) -> None:
    answer = await coordinator.post(f"/invites/{world.school}/sheet", await form(coordinator, world.school))
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    first, *rest = codes(answer)
    assert len(rest) == 2
    await invites.join(sqlite_db, clock, Channel.TELEGRAM, "9001", first)
    said = words(await coordinator.get(f"/invites/{world.school}"))
    assert said.count("до 22 мая 2027") == 2
    assert "Подключились 4 из 6 человек" in said


async def test_a_second_press_gives_the_same_sheet(coordinator: Browser, world: World, left: list[int]) -> None:
    fields = await form(coordinator, world.school)
    address = f"/invites/{world.school}/sheet"
    both = await asyncio.gather(*(coordinator.post(address, fields) for _ in range(2)))
    assert codes(both[0]) == codes(both[1])
    other = await coordinator.post(address, {**fields, "ending": "pdf", "consents": "yes"})
    assert re.findall(rb"start=([^)]+)\)", other.content) == [one.encode() for one in codes(both[0])]


async def test_a_page_from_before_makes_nothing(
    coordinator: Browser, world: World, clock: SetClock, sqlite_db: Database
) -> None:
    fields = await form(coordinator, world.school)
    address = f"/invites/{world.school}/sheet"
    made = codes(await coordinator.post(address, fields))
    changed = await coordinator.post(address, {**fields, "whom": "not_joined"})
    assert changed.status_code == 409
    assert "3 приглашения, выданные раньше" in words(changed)
    clock.advance(minutes=16)
    late = await coordinator.post(address, fields)
    assert late.status_code == 409
    assert "новый мы не сделали" in words(late)
    await invites.join(sqlite_db, clock, Channel.TELEGRAM, "9001", made[0])


async def test_after_ending_the_same_form_gives_no_dead_codes(coordinator: Browser, world: World) -> None:
    fields = await form(coordinator, world.school)
    address = f"/invites/{world.school}"
    await coordinator.post(f"{address}/sheet", fields)
    assert "Отозвано приглашений: 3" in words(await coordinator.follow(await coordinator.post(f"{address}/revoke-all")))
    assert (await coordinator.post(f"{address}/sheet", fields)).status_code == 409


async def test_chosen_people_get_a_sheet_of_their_own(coordinator: Browser, world: World, left: list[int]) -> None:
    fields = await form(coordinator, world.school, left[0])
    assert fields["whom"] == "chosen"
    assert len(codes(await coordinator.post(f"/invites/{world.school}/sheet", fields))) == 1


async def test_chosen_invites_are_ended_after_a_question(
    coordinator: Browser, world: World, left: list[int], sqlite_db: Database
) -> None:
    address = f"/invites/{world.school}"
    await coordinator.post(f"{address}/sheet", await form(coordinator, world.school))
    empty = await coordinator.follow(await coordinator.get(f"{address}/revoke"))
    assert "Сначала отметьте людей" in words(empty)
    asked = words(await coordinator.get(f"{address}/revoke", params={"person": left[:2]}))
    assert "Действующее приглашение есть у 2 человек" in asked
    done = await coordinator.post(f"{address}/revoke", {"person": [str(one) for one in left[:2]]})
    assert "Отозвано приглашений: 2" in words(await coordinator.follow(done))
    async with sqlite_db.read() as session:
        assert await session.scalar(select(func.count()).where(Invite.revoked_at.is_(None))) == 1


async def test_nothing_is_made_while_the_bot_has_no_name(
    coordinator: Browser, world: World, sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_code: str) -> None:
        return None

    fields = await form(coordinator, world.school)
    transport = coordinator._client._transport
    assert isinstance(transport, httpx.ASGITransport)
    object.__setattr__(transport.app.state.services, "invite_link", silent)  # type: ignore[attr-defined]
    answer = await coordinator.post(f"/invites/{world.school}/sheet", {**fields, "days": "365", "consents": "yes"})
    assert answer.status_code == 409
    assert "Telegram ещё не ответил" in words(answer)
    assert re.search(r'value="365" selected', answer.text)
    assert re.search(r'name="consents" value="yes" checked', answer.text)
    async with sqlite_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Invite)) == 0


@pytest.mark.parametrize(("field", "value"), [("days", "7"), ("days", "²"), ("whom", "everybody"), ("seen", "x")])
async def test_what_the_page_does_not_offer_is_refused(
    coordinator: Browser, world: World, field: str, value: str
) -> None:
    fields = await form(coordinator, world.school)
    answer = await coordinator.post(f"/invites/{world.school}/sheet", {**fields, field: value})
    assert answer.status_code == 409


async def test_the_paper_form_is_noted(
    coordinator: Browser, world: World, left: list[int], sqlite_db: Database
) -> None:
    address = f"/invites/{world.school}/paper"
    assert "Примерова-2" in words(await coordinator.get(address, params={"person": left[:1]}))
    for day, said in (("2026-11-24", "ещё не наступил"), ("вчера", "Укажите день"), ("", "Укажите день")):
        wrong = await coordinator.post(address, {"person": str(left[0]), "day": day})
        assert wrong.status_code == 422
        assert said in words(wrong)
        assert f'value="{day}"' in wrong.text
    done = await coordinator.post(address, {"person": str(left[0]), "day": "2026-11-20"})
    assert "отмечено у людей: 1" in words(await coordinator.follow(done))
    async with sqlite_db.read() as session:
        assert str((await session.get_one(Teacher, left[0])).paper_consent_on) == "2026-11-20"


async def test_who_has_not_joined_as_a_workbook(
    sign_in: SignIn, world: World, left: list[int], sqlite_db: Database
) -> None:
    async with sqlite_db.write() as session:
        (await session.get_one(Teacher, left[0])).surname = "=1+1"
    methodist = await sign_in(world.methodist)
    for address in ("/invites/not-joined.xlsx", f"/invites/{world.school}/not-joined.xlsx"):
        answer = await methodist.get(address)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == ("Организация", "Фамилия, имя, отчество", "Должность", "Приглашение действует до")
        assert len(rows) == 4
        assert [cell.data_type for cell in sheet["B"]] == ["s"] * 4
    async with sqlite_db.read() as session:
        noted = select(func.count()).where(AuditEntry.action == "invite.exported")
        assert await session.scalar(noted) == 2


ADDRESSES = ("", "/sheet", "/revoke", "/revoke-all", "/paper", "/not-joined.xlsx")


@pytest.mark.parametrize("end", ADDRESSES)
async def test_nobody_reaches_another_organisation(
    coordinator: Browser, sign_in: SignIn, world: World, end: str
) -> None:
    assert (await coordinator.get(f"/invites/{world.kindergarten}{end}")).status_code == 404
    stranger = await sign_in(world.other_methodist)
    assert (await stranger.get(f"/invites/{world.school}{end}", params={"person": 1})).status_code == 404
    if end not in ("", "/not-joined.xlsx"):
        fields = {"whom": "not_joined", "days": "180", "day": "2026-11-20", "person": str(world.teachers[1])}
        assert (await coordinator.post(f"/invites/{world.kindergarten}{end}", fields)).status_code in (404, 405)
        assert (await stranger.post(f"/invites/{world.school}{end}", fields)).status_code in (404, 405)


async def test_a_leader_hands_out_no_invites(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    async with sqlite_db.write() as session:
        await session.execute(delete(Grant).where(Grant.account_id == world.coordinator))
        session.add(Grant(account_id=world.coordinator, role=Role.LEADER, association_id=None))
    leader = await sign_in(world.coordinator)
    assert (await leader.get("/invites")).status_code == 403
    assert (await leader.get("/invites/not-joined.xlsx")).status_code == 403
    assert (await leader.get(f"/invites/{world.school}")).status_code == 404


async def test_names_are_shown_as_they_are(coordinator: Browser, world: World, sqlite_db: Database) -> None:
    async with sqlite_db.write() as session:
        (await session.get_one(Organisation, world.school)).short_name = "Школа <b>№ 1</b>"
    page = await coordinator.get(f"/invites/{world.school}")
    assert "<b>№ 1" not in page.text
    answer = await coordinator.post(f"/invites/{world.school}/sheet", await form(coordinator, world.school))
    assert answer.headers["content-disposition"].isascii()


def test_everything_said_about_invites_has_words() -> None:
    assert set(invite_words.STANDING) == set(Standing)
    assert set(invite_words.WHOM) == set(Whom)
    assert tuple(days for days, _ in invite_words.TERM_CHOICES) == TERMS
    shown = [one for _, codes in invite_words.FILTERS.values() for one in codes]
    assert set(shown) == set(Standing)
    in_the_chat = {"invite.refused", "invite.other_chat"}
    raised = {
        key
        for folder in ("core/invites", "admin/invites")
        for file in (ROOT / folder).rglob("*.py")
        for key in re.findall(r'AppError\("([a-z_.]+)"', file.read_text(encoding="utf-8"))
    }
    assert {key for key in raised - in_the_chat if not texts.knows(key)} == set()
