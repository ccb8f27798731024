"""The bot at work against the stand-in, a town with teachers, and a reader who sees what is on the screen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import build
from bot.limits import Limits, Rates
from bot.texts.consent import CONSENT_VERSION, consent_text
from bot.transport import Transport
from core.campaigns.model import CampaignState, ParticipationState
from core.charts.raster import Rasteriser
from core.clock import SystemClock
from core.invites import actions as invites
from core.outgoing.model import AT_ANY_HOUR, SETTING
from core.outgoing.rules import to_json
from core.people import actions as people
from core.people.model import Role
from core.sealing import Sealer
from core.settings import Settings
from core.surveys import actions as surveys
from core.surveys.drafts import answers_of
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition
from core.surveys.situation import value_text
from playground.telegram.client import ChatUser
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn
from storage.models import (
    Account,
    Campaign,
    Chat,
    Grant,
    Municipality,
    Organisation,
    Participation,
    Position,
    Response,
    Teacher,
)
from storage.models.base import Base
from storage.session import Database, open_database
from tests.bot.conversation.reader import TITLES, Reader

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[2] / "bot" / "surveys" / "catalogue"
FILES = {
    "everything": HERE / "everything.yaml",
    "deficits": CATALOGUE / "deficits.yaml",
    "burnout": CATALOGUE / "burnout.yaml",
}
SURNAME = "Примерова"
UNHURRIED = StandInSettings(chat_burst=10_000, overall_burst=10_000)
QUICK = Rates(overall=10_000, chat=10_000, chat_burst=100)


@dataclass
class House:
    """`looking` is a database session of its own, apart from the bot's."""

    standin: StandInServer
    db: Database
    looking: Database
    transport: Transport
    wake: Callable[[], None]
    """Tells the sender that there is something to send, as pages do."""
    definitions: dict[str, SurveyDefinition] = field(default_factory=dict)
    campaigns: dict[str, int] = field(default_factory=dict)
    accounts: list[int] = field(default_factory=list)

    async def invite(self, number: int = 0) -> str:
        return await invites.make_invite(self.db, SystemClock(), self.accounts[number])

    async def newcomer(self, number: int = 0) -> ChatUser:
        """Somebody with a phone and an invite, who has just pressed START."""
        user = await self.standin.user(f"Педагог {number}")
        await user.start(await self.invite(number))
        return user

    async def teacher(self, number: int = 0) -> "Reader":
        """Somebody who has joined and agreed."""
        user = await self.newcomer(number)
        await user.press("Согласиться")
        for title in TITLES.values():
            await user.expect(f"Для вас есть анкета.\n\n{title}")
        return Reader(user)

    async def close(self, code: str) -> None:
        async with self.db.write() as session:
            await session.execute(
                update(Campaign).where(Campaign.id == self.campaigns[code]).values(state=CampaignState.CLOSED)
            )

    async def response(self, code: str) -> Response | None:
        """The only one, as another session sees it."""
        async with self.looking.read() as session:
            rows = await session.scalars(select(Response).where(Response.campaign_id == self.campaigns[code]))
            return rows.one_or_none()

    async def answers(self, code: str) -> dict[str, object]:
        """What is stored of the only response, by name of question; choices by name."""
        response = await self.response(code)
        if response is None:
            return {}
        definition = self.definitions[code]
        async with self.looking.read() as session:
            found = await answers_of(session, definition, response.id)
        return {definition.question(n).name: value_text(definition.question(n), value) for n, value in found.items()}

    async def count(self, table: type[Base]) -> int:
        rows = select(func.count()).select_from(table)
        async with self.looking.read() as session:
            return await session.scalar(rows) or 0

    async def state(self, code: str, number: int = 0) -> str | None:
        rows = (
            select(Participation.state)
            .join(Account, Account.teacher_id == Participation.teacher_id)
            .where(Participation.campaign_id == self.campaigns[code], Account.id == self.accounts[number])
        )
        async with self.looking.read() as session:
            return await session.scalar(rows)

    async def chat(self, user: ChatUser) -> Chat | None:
        async with self.looking.read() as session:
            rows = await session.scalars(select(Chat).where(Chat.address == str(user.user_id)))
            return rows.one_or_none()


async def until(look: Callable[[], Awaitable[object]], wanted: object) -> None:
    """Waits for what no chat tells of."""
    for _ in range(500):
        found = await look()
        if found == wanted:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"still {found!r} instead of {wanted!r}")


@asynccontextmanager
async def open_house(url: str, folder: Path, rasteriser: Rasteriser) -> AsyncIterator[House]:
    """Everything runs until the block ends."""
    async with (
        StandInServer(StandIn(UNHURRIED)) as standin,
        open_database(url) as db,
        open_database(url) as looking,
    ):
        settings = Settings(
            _env_file=None,
            telegram_token=SecretStr(standin.token),
            telegram_api_url=standin.base_url,
            data_dir=folder,
            admin_url="https://cabinet.example",
        )
        service = build(settings, db, SystemClock(), Sealer("secret"), rasteriser, limits=Limits(QUICK))
        house = House(standin, db, looking, service.transport, service.wake_sender)
        await _furnish(house)
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        try:
            yield house
        finally:
            stop.set()
            await running


async def _furnish(house: House) -> None:
    clock = SystemClock()
    await people.publish_consent(house.db, clock, CONSENT_VERSION, consent_text("Центр развития образования"))
    versions = {}
    for code, file in FILES.items():
        house.definitions[code] = parse_definition(file.read_text(encoding="utf-8"), file.name)
        versions[code] = await surveys.publish(house.db, clock, house.definitions[code])
    async with house.db.write() as session:
        teachers = await _town(session)
        town = teachers[0].municipality_id
        accounts = [Account(municipality_id=town, teacher_id=one.id, created_at=clock.now()) for one in teachers]
        campaigns = {code: _campaign(town, code, version) for code, version in versions.items()}
        session.add_all([*accounts, *campaigns.values()])
        await session.flush()
        session.add(Grant(account_id=accounts[1].id, role=Role.METHODIST, municipality_id=town))
        session.add_all(
            Participation(campaign_id=campaign.id, teacher_id=teacher.id, state=ParticipationState.INVITED)
            for campaign in campaigns.values()
            for teacher in teachers
        )
    house.accounts = [account.id for account in accounts]
    house.campaigns = {code: campaign.id for code, campaign in campaigns.items()}


async def _town(session: AsyncSession) -> list[Teacher]:
    town = Municipality(code="town", name="Город", timezone="Asia/Irkutsk", settings={SETTING: to_json(AT_ANY_HOUR)})
    position = Position(code="math", title="учитель математики", group="subject_teacher")
    session.add_all([town, position])
    await session.flush()
    school = Organisation(municipality_id=town.id, code="s1", name="Школа", short_name="Школа", kind="school")
    session.add(school)
    await session.flush()
    teachers = [
        Teacher(
            municipality_id=town.id,
            organisation_id=school.id,
            position_id=position.id,
            surname=SURNAME,
            given_name="Проба",
        )
        for _ in range(2)
    ]
    session.add_all(teachers)
    await session.flush()
    return teachers


def _campaign(municipality_id: int, code: str, version_id: int) -> Campaign:
    now = SystemClock().now()
    return Campaign(
        municipality_id=municipality_id,
        survey_version_id=version_id,
        title=TITLES[code],
        state=CampaignState.OPEN,
        options={"help_contact": "телефон доверия"},
        k=5,
        opens_at=now,
        opened_at=now,
        closes_at=now + timedelta(days=7),
    )
