"""Issue 2, "Must be shown": two commands, a teacher answers in the chat, the methodist sees the number."""

import re
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from playground.telegram.client import ChatUser
from playground.telegram.remote import RemoteStandIn
from storage.models import Ballot, Delivery, Response
from tests.admin.browser import Browser, words
from tests.bot.conversation.reader import TITLES, Reader
from tests.e2e.program import Program, running, until

pytestmark = pytest.mark.processes

CONTACT = "Психолог методического центра, по средам"
AUDIENCE = 476
NOT_JOINED_BESIDES_OURS = 4
FORM = {
    "opens_at": "2027-01-11T09:00",
    "closes_at": "2027-02-01T20:00",
    "whom_management": "teachers",
    "step": "save",
}


async def test_a_teacher_answers_and_the_methodist_sees_the_number(tmp_path: Path) -> None:
    async with (
        running(tmp_path) as program,
        RemoteStandIn(program.chat) as standin,
        sign_in(program) as methodist,
    ):
        burnout = await open_campaign(methodist, "burnout", help_contact=CONTACT)
        deficits = await open_campaign(methodist, "deficits")
        newcomer = next(one for one in program.cast() if not one["joined"])
        teacher = await join(standin, newcomer)

        invited = AUDIENCE - NOT_JOINED_BESIDES_OURS
        await until(lambda: all_sent(program, 2 * invited), "every invitation is sent")
        assert await number(methodist, f"/campaigns/{burnout}", "Доставлены") == str(invited)
        await check_what_was_sent(standin, program.cast())

        assert "не диагноз" in await answer(teacher, "burnout")
        assert "Ваш результат" in await answer(teacher, "deficits")
        assert await number(methodist, f"/campaigns/{deficits}", "Отправили анкету") == "1"
        assert "1 из 532" in words(await methodist.get("/indicators/D1"))
        assert f"1 из {AUDIENCE}" in words(await methodist.get("/indicators/B1"))
        assert await rows(program, Ballot) == 1
        assert await rows(program, Response) == 1  # of the named survey only

        await check_what_was_sent(standin, program.cast())


@asynccontextmanager
async def sign_in(program: Program) -> AsyncIterator[Browser]:
    async with aclosing(Browser(address=program.admin)) as browser:
        await browser.get(program.sign_in)
        await browser.follow(await browser.post(program.sign_in))
        yield browser


async def open_campaign(browser: Browser, survey: str, **more: str) -> int:
    """Makes a campaign for all teachers without managers, opens it and returns its id."""
    page = await browser.get(f"/campaigns/new/{survey}")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    made = await browser.post(f"/campaigns/new/{survey}", {**hidden, "title": TITLES[survey], **FORM, **more})
    place = (await browser.follow(made)).url.path
    opened = await browser.follow(await browser.post(f"{place}/open"))
    assert f"Участников: {AUDIENCE} человек" in words(opened)
    return int(place.rpartition("/")[2])


async def join(standin: RemoteStandIn, person: dict[str, Any]) -> ChatUser:
    user = await standin.user(person["name"], user_id=person["user_id"])
    await user.start(person["code"])
    await user.press("Согласиться")
    await user.expect("Вы вошли")
    return user


async def answer(user: ChatUser, survey: str) -> str:
    """Goes through a survey and returns all that was said after it was handed in."""
    reader = Reader(user)
    await reader.open(survey)
    await reader.walk()
    await reader.turn("Отправить")
    sent = await user.expect("Анкета отправлена")
    await user.wait_for(lambda: user.last.labels == ["К списку анкет"], patience=60, what="the feedback")
    return "\n".join(message.text for message in user.messages if message.message_id >= sent.message_id)


async def all_sent(program: Program, wanted: int) -> bool:
    async with program.db.read() as session:
        states = dict((await session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))).all())
    return states == {"sent": wanted}


async def rows(program: Program, table: type[Any]) -> int:
    async with program.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def number(browser: Browser, path: str, title: str) -> str:
    """The figure under a heading of a campaign's card."""
    found = re.search(rf"{title} (\d+)", words(await browser.get(path)))
    assert found is not None
    return found[1]


async def check_what_was_sent(standin: RemoteStandIn, cast: list[dict[str, Any]]) -> None:
    """Nothing was refused by the limits, and no word of the last thousand messages is a registry surname."""
    codes = [call["response"].get("error_code") for call in await standin.calls()]
    assert 429 not in codes
    said = {word for text in await standin.outgoing_text() for word in re.findall(r"[\w’'-]+", text)}
    assert "анкета" in said
    surnames = {one["name"].split()[0] for one in cast if one["group"] != "Методическая служба"}
    assert said & surnames == set()
