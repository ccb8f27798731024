"""Issue 4, "Must be shown": a coordinator prints the sheet, a teacher joins by the link of their slip."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import select

from playground.cast import Groups
from playground.telegram.client import ChatUser
from playground.telegram.remote import RemoteStandIn
from storage.models import Account, Chat, Teacher
from tests.admin.browser import Browser, words
from tests.e2e.program import Program, running

pytestmark = pytest.mark.processes


async def test_a_teacher_joins_by_the_printed_link(tmp_path: Path) -> None:
    async with running(tmp_path) as program, RemoteStandIn(program.chat) as standin:
        newcomer, coordinator = await colleagues(program)
        async with signed_in(program, standin, coordinator) as browser:
            place = await own_organisation(browser)
            sheet = await print_sheet(browser, place, newcomer["name"])
        assert newcomer["name"] in sheet
        link = re.search(re.escape(program.chat) + r"/\?start=(\S+)", sheet[newcomer["name"]])
        assert link is not None

        phone = await standin.user("Новый телефон")
        await phone.start(link[1])
        await phone.press("Согласиться")
        await phone.expect("Вы вошли")
        assert await account_of(program, phone) == newcomer["account_id"]

        other = await standin.user("Кто-то ещё")
        await other.start(link[1])
        await other.expect("не подошла")
        old = await standin.user(newcomer["name"], user_id=newcomer["user_id"])
        await old.start(newcomer["code"])
        await old.expect("не подошла")


async def colleagues(program: Program) -> tuple[dict[str, Any], dict[str, Any]]:
    """Somebody who has not joined, and the coordinator of their organisation."""
    cast = program.cast()
    async with program.db.read() as session:
        rows = await session.execute(
            select(Account.id, Teacher.organisation_id).join(Teacher, Teacher.id == Account.teacher_id)
        )
        places = dict(rows.all())
    coordinators = {places[one["account_id"]]: one for one in cast if one["group"] == Groups.COORDINATORS}
    newcomer = next(one for one in cast if not one["joined"] and places[one["account_id"]] in coordinators)
    return newcomer, coordinators[places[newcomer["account_id"]]]


@asynccontextmanager
async def signed_in(program: Program, standin: RemoteStandIn, person: dict[str, Any]) -> AsyncIterator[Browser]:
    """By the link that the bot gives in the chat."""
    user = await standin.user(person["name"], user_id=person["user_id"])
    number = await user.send("🗂 Кабинет методиста")
    button = (await user.expect("Ссылка для входа в кабинет", after=number)).button("Войти в кабинет")
    assert button is not None
    address = (button.url or "").removeprefix(program.admin)
    async with aclosing(Browser(address=program.admin)) as browser:
        await browser.get(address)
        await browser.follow(await browser.post(address))
        yield browser


async def own_organisation(browser: Browser) -> str:
    (found,) = re.findall(r'href="(/invites/\d+)"', (await browser.get("/invites")).text)
    return str(found)


async def print_sheet(browser: Browser, place: str, name: str) -> dict[str, str]:
    """The whole organisation's sheet: name → everything that stands on the slip."""
    listed = await browser.get(place, params={"state": "not-joined"})
    assert name in words(listed)
    page = await browser.get(f"{place}/sheet")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    fields = {**hidden, "whom": "not_joined", "days": "90", "consents": "yes"}
    pdf = await browser.post(f"{place}/sheet", {**fields, "ending": "pdf"})
    assert pdf.content.startswith(b"%PDF")
    file = await browser.post(f"{place}/sheet", {**fields, "ending": "docx"})
    rows = docx.Document(io.BytesIO(file.content)).tables[0].rows
    slips = ["\n".join(cell.text for cell in row.cells) for row in rows]
    links = re.findall(rb"/URI \(([^)]+)\)", pdf.content)
    assert [link.decode() in slip for link, slip in zip(links, slips, strict=True)] == [True] * len(slips)
    return {slip.splitlines()[1]: slip for slip in slips}


async def account_of(program: Program, user: ChatUser) -> int | None:
    async with program.db.read() as session:
        return await session.scalar(select(Chat.account_id).where(Chat.address == str(user.user_id)))
