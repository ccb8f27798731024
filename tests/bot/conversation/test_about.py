"""A survey that is answered for an organisation: what its screens say, and that one coordinator is enough."""

from sqlalchemy import select

from bot.screens.deliveries import render
from bot.screens.errands import Drop
from core.campaigns.model import INVITATION, REMINDER, CampaignState, ParticipationState
from core.clock import SystemClock
from core.surveys import actions
from core.surveys.loading import parse_definition
from storage.models import Campaign, Organisation, Participation, Teacher
from storage.outbox import Claimed
from tests.bot.conversation.house import House
from tests.bot.conversation.reader import Reader
from tests.bot.screens.checks import labels, shown, words

SURVEY = """
code: about_school
version: "1"
title: О школе
purpose: Узнать о школе
privacy: named
respondent: organisation
minutes: 2
k: 5
source: Для проверки
questions:
  - {type: integer, name: rooms, label: "Сколько в ней комнат?", required: true}
  - {type: integer, name: staff, label: "Сколько человек?", default: "${organisation_staff}"}
"""
TITLE = "Расскажите о школе"


async def ask_coordinators(house: House) -> tuple[int, int]:
    """Both teachers are asked about the school; ids of the campaign and of the school."""
    version = await actions.publish(house.db, SystemClock(), parse_definition(SURVEY, "about.yaml"))
    async with house.db.write() as session:
        school = await session.scalar(select(Organisation.id)) or 0
        other = await session.get_one(Campaign, house.campaigns["everything"])
        campaign = Campaign(
            municipality_id=other.municipality_id,
            survey_version_id=version,
            title=TITLE,
            state=CampaignState.OPEN,
            k=5,
            opens_at=other.opens_at,
            closes_at=other.closes_at,
        )
        session.add(campaign)
        await session.flush()
        session.add_all(
            Participation(campaign_id=campaign.id, teacher_id=teacher, subject=school, state=ParticipationState.INVITED)
            for teacher in await session.scalars(select(Teacher.id))
        )
        return campaign.id, school


def delivery(house: House, kind: str, campaign: int, subject: int, number: int = 0) -> Claimed:
    return Claimed(1, kind, campaign, house.accounts[number], {"subject": subject}, 1, "7", None)


async def open_card(reader: Reader) -> None:
    before = reader.lowest.message_id
    await reader.user.press("📋 Анкеты")
    listing = await reader.user.expect("Анкеты для вас", after=before)
    assert f"{TITLE}\nШкола" in listing.text
    await reader.turn(TITLE)


async def test_one_coordinator_answers_for_the_organisation(house: House) -> None:
    campaign, school = await ask_coordinators(house)
    first, second = await house.teacher(0), await house.teacher(1)
    await open_card(first)
    assert f"{TITLE}\nШкола" in first.screen.text
    assert "подобрать вам обучение" not in first.screen.text
    await first.turn("Начать")
    assert first.screen.text.startswith(f"{TITLE}\nШкола\nВопрос 1 из 2")
    await open_card(second)
    answer = await second.user.answer(await second.user.press("Начать"))
    assert "уже заполняет коллега" in answer["text"]
    await first.write("12")
    assert "По нашим данным: 2" in first.screen.text
    await first.turn("✓ Верно")
    await first.turn("Отправить")
    thanks = await first.user.expect("Анкета отправлена")
    assert "Ваши ответы вместе с вашим именем" in thanks.text
    await first.user.expect("Личный результат эта анкета не считает")
    assert await render(house.db, SystemClock(), delivery(house, REMINDER, campaign, school, 1)) == Drop()
    await second.user.press_raw(second.screen, f"surveys:card:{campaign}-{school}")
    await second.see("За вашу организацию уже ответил коллега")


async def test_a_survey_about_something_is_invited_to_by_its_name(house: House) -> None:
    campaign, school = await ask_coordinators(house)
    screen = shown(await render(house.db, SystemClock(), delivery(house, INVITATION, campaign, school)))
    assert f"{TITLE}\nШкола" in words(screen)
    assert screen.rows[0][0].action == f"surveys:card:{campaign}-{school}"
    assert await render(house.db, SystemClock(), delivery(house, INVITATION, campaign, 0)) == Drop()


async def test_a_reminder_knows_who_has_begun(house: House) -> None:
    campaign, school = await ask_coordinators(house)
    due = delivery(house, REMINDER, campaign, school)
    never = shown(await render(house.db, SystemClock(), due))
    assert "Напоминаем об анкете" in words(never)
    assert labels(never) == ["К анкете"]
    reader = await house.teacher()
    await open_card(reader)
    await reader.turn("Начать")
    await reader.write("12")
    await reader.turn("Продолжить позже")
    paused = shown(await render(house.db, SystemClock(), due))
    assert "Вопрос 2 из 2" in words(paused)
    assert [(one.label, one.action) for one in paused.rows[0]] == [("Продолжить", f"surveys:begin:{campaign}-{school}")]
    async with house.db.write() as session:
        (await session.get_one(Campaign, campaign)).state = CampaignState.CLOSED
    assert await render(house.db, SystemClock(), due) == Drop()
