"""Issue 3, "Must be shown": all seven surveys answered in the playground by those they are meant for."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.campaigns.model import ParticipationState, ResponseState
from playground.campaigns import SURVEYS
from playground.cast import Groups
from playground.seed import USER_IDS
from playground.telegram.client import ChatMessage
from playground.telegram.remote import RemoteStandIn
from storage.models import Account, Answer, Ballot, Campaign, Delivery, Participation, Response
from tests.bot.conversation.reader import Reader, plainly
from tests.e2e.program import Program, running, until

pytestmark = pytest.mark.processes

ANONYMOUS = "burnout"
THEIRS = {
    Groups.TEACHERS: ("deficits", "needs", "burnout", "satisfaction"),
    Groups.YOUNG: ("adaptation", "mentoring"),
    Groups.MENTORS: ("mentoring",),
    Groups.COORDINATORS: ("self_review",),
}


@dataclass(frozen=True)
class Person:
    """Somebody of the cast who has not answered any of these surveys yet."""

    name: str
    user_id: int
    teacher_id: int
    surveys: tuple[str, ...]


async def test_all_seven_are_answered_by_the_words_on_the_buttons(tmp_path: Path) -> None:
    async with (
        running(tmp_path, "playground", "--answers", "0.02") as program,
        RemoteStandIn(program.chat) as standin,
    ):
        campaigns = await opened(program)
        assert set(campaigns) == set(SURVEYS)
        for group, surveys in THEIRS.items():
            person = await find(program, campaigns, group, surveys)
            await until(partial(invited, program, person), "the invitations have arrived")
            reader = Reader(await standin.user(person.name, user_id=person.user_id))
            for survey in surveys:
                before = await ballots(program, campaigns[survey])
                await fill_in(reader, survey)
                await check_rows(program, person, survey, campaigns[survey], before)


async def fill_in(reader: Reader, survey: str) -> None:
    """From the menu to the thanks; whoever is asked about several pairs takes the first."""
    title = SURVEYS[survey].title
    user = reader.user
    await user.refresh()
    asked = await user.send("/start")
    await user.press("📋 Анкеты")
    shown = await user.expect("Анкеты для вас", after=asked)
    found = [one for row in shown.buttons for one in row if leads_to(title, one.text)]
    assert found, f"{title!r} is not among {shown.labels}"
    await user.press_raw(shown, str(found[0].data))
    await user.wait_for(lambda: "Начать" in reader.screen.labels, what="the card")
    await reader.turn("Начать")
    await reader.walk(carefully)
    await user.press("Отправить")
    await user.expect("Анкета отправлена", after=asked)


def leads_to(title: str, label: str) -> bool:
    """A label may say first what the survey is about («учитель: Название»), and be cut off."""
    return title.startswith(label.rpartition(": ")[2].rstrip("…"))


def carefully(screen: ChatMessage) -> str:
    """What is known is confirmed; a number that does not fit is followed by a smaller one."""
    if "✓ Верно" in screen.labels:
        return "✓ Верно"
    return plainly(screen) if "⚠️" not in screen.text else "1"


async def opened(program: Program) -> dict[str, int]:
    """Campaigns by survey, as a session of our own sees them."""
    async with program.db.read() as session:
        rows = (await session.execute(select(Campaign.title, Campaign.id).where(Campaign.state == "open"))).all()
    by_title = {title: campaign for title, campaign in rows}  # noqa: C416 - dict() does not know rows
    return {code: by_title[example.title] for code, example in SURVEYS.items()}


async def find(program: Program, campaigns: dict[str, int], group: str, surveys: tuple[str, ...]) -> Person:
    """The first of the group who is asked all these and has answered none."""
    members = {one["account_id"]: one for one in program.cast() if one["group"] == group}
    wanted = [campaigns[survey] for survey in surveys]
    async with program.db.read() as session:
        rows = await session.execute(
            select(Account.id, Account.teacher_id)
            .join(Participation, Participation.teacher_id == Account.teacher_id)
            .where(Account.id.in_(members), Participation.campaign_id.in_(wanted))
            .group_by(Account.id, Account.teacher_id)
            .having(
                func.count(Participation.campaign_id.distinct()) == len(wanted),
                func.max(Participation.state) == ParticipationState.INVITED,
                func.min(Participation.state) == ParticipationState.INVITED,
            )
            .order_by(Account.id)
        )
        found = rows.first()
    assert found, f"nobody of {group} is asked {surveys}"
    account, teacher = found
    return Person(members[account]["name"], USER_IDS + account, teacher or 0, surveys)


async def invited(program: Program, person: Person) -> bool:
    """Nothing more will come in between."""
    async with program.db.read() as session:
        rows = select(func.count()).where(Delivery.account_id == person.user_id - USER_IDS, Delivery.state != "sent")
        return (await session.execute(rows)).scalar_one() == 0


async def ballots(program: Program, campaign: int) -> int:
    async with program.db.read() as session:
        rows = select(func.count()).select_from(Ballot).where(Ballot.campaign_id == campaign)
        return (await session.execute(rows)).scalar_one()


async def check_rows(program: Program, person: Person, survey: str, campaign: int, before: int) -> None:
    theirs = (Response.campaign_id == campaign, Response.teacher_id == person.teacher_id)
    async with program.db.read() as session:
        submitted = await session.scalar(
            select(func.count())
            .select_from(Participation)
            .where(
                Participation.campaign_id == campaign,
                Participation.teacher_id == person.teacher_id,
                Participation.state == ParticipationState.SUBMITTED,
            )
        )
        states = list(await session.scalars(select(Response.state).where(*theirs)))
        answers = await session.scalar(
            select(func.count()).select_from(Answer).join(Response, Response.id == Answer.response_id).where(*theirs)
        )
    assert submitted == 1, survey
    if survey == ANONYMOUS:
        assert (states, answers) == ([], 0)
        assert await ballots(program, campaign) == before + 1
    else:
        assert states == [ResponseState.SUBMITTED]
        assert (answers or 0) >= 3
