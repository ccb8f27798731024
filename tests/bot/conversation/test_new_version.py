"""A survey is edited in a spreadsheet and run as a new version; who had begun the old one goes on with the old one."""

import io

import openpyxl

from core.audiences.model import Audience
from core.authoring import actions as authoring
from core.authoring import queries as drafts
from core.authoring.model import NewDraft
from core.campaigns import actions as campaigns
from core.campaigns.model import NewCampaign
from core.clock import SystemClock
from core.people import queries as people
from core.people.model import Actor
from core.surveys.xlsform import read_workbook, write_workbook
from storage.models import Campaign, Response, SurveyVersion
from tests.bot.conversation.house import House

OLD, NEW = "Как часто к концу рабочего дня у вас совсем не остаётся сил?", "Сколько сил остаётся у вас к вечеру?"
TITLE = "Вторая волна"


def edited(content: bytes) -> bytes:
    """What a methodist does in a spreadsheet: another wording of one question, another version."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book["survey"].iter_rows():
        for cell in row:
            if cell.value == OLD:
                cell.value = NEW
    heading = {cell.value: cell.column for cell in book["settings"][1]}
    book["settings"].cell(2, heading["version"]).value = "своя"
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


async def publish(house: House, methodist: Actor, town: int) -> None:
    imported = read_workbook(edited(write_workbook(house.definitions["burnout"])), "burnout.xlsx")
    new = NewDraft(imported.definition, "burnout.xlsx", imported.notices, imported.languages, imported.language)
    draft_id = await authoring.upload(house.db, SystemClock(), methodist, town, new)
    async with house.db.read() as session:
        seen = (await drafts.draft(session, methodist, draft_id)).seen
    await authoring.publish(house.db, SystemClock(), methodist, draft_id, "своя", seen)


async def open_wave(house: House, methodist: Actor, like: Campaign) -> int:
    new = NewCampaign(
        like.municipality_id,
        "burnout",
        TITLE,
        Audience(),
        like.opens_at,
        like.closes_at,
        {"help_contact": "телефон доверия"},
    )
    campaign = await campaigns.create(house.db, SystemClock(), methodist, new)
    await campaigns.open_now(house.db, SystemClock(), methodist, campaign)
    return campaign


async def test_an_old_response_goes_on_with_its_own_version(house: House) -> None:
    reader = await house.teacher()
    await reader.open("burnout")
    await reader.turn("Далее →")
    assert OLD in reader.screen.text
    await reader.turn("Продолжить позже")
    async with house.db.read() as session:
        like = await session.get_one(Campaign, house.campaigns["burnout"])
        methodist = await people.actor_of_account(session, house.accounts[1])
    await publish(house, methodist, like.municipality_id)
    campaign = await open_wave(house, methodist, like)

    await reader.open("burnout")
    assert OLD in reader.screen.text
    await reader.turn("Часто")
    await reader.turn("Продолжить позже")
    await reader.card_titled(TITLE)
    await reader.turn("Начать")
    await reader.turn("Далее →")
    assert NEW in reader.screen.text

    async with house.looking.read() as session:
        old = await house.response("burnout")
        assert old is not None
        new = await session.get_one(Campaign, campaign)
        versions = [await session.get_one(SurveyVersion, one) for one in (old.survey_version_id, new.survey_version_id)]
    assert [one.version for one in versions] == ["1", "своя"]
    assert await house.answers("burnout") == {"work_evening": "often"}
    assert await house.count(Response) == 2
