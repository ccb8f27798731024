"""A made-up municipality and the bot at work in it, for benchmarks."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from bot.app import build
from bot.limits import Limits
from bot.service import BotService
from cli.preparing import PROFILES, publish_built_in
from cli.settings import load_settings
from core.audiences.model import Audience
from core.campaigns import actions
from core.campaigns.model import INVITATION, NewCampaign
from core.charts.raster import Rasteriser
from core.clock import SystemClock
from core.people import queries
from core.people.model import Actor
from core.sealing import Sealer
from core.settings import Settings
from playground.cast import Cast
from playground.seed import fill
from storage import outbox
from storage.migrate import upgrade
from storage.session import Database, open_database

LOOK_EVERY = 0.25
UNDER_WAY = {"queued", "sending", "retrying"}


class Telegram(Protocol):
    """Where the stand-in is, in this process or in another one."""

    @property
    def base_url(self) -> str: ...

    @property
    def token(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Town:
    settings: Settings
    db: Database
    cast: Cast

    async def campaign(self, survey: str) -> tuple[Actor, int]:
        """A draft for all teachers but managers, and the methodist who may open it."""
        clock = SystemClock()
        methodist, municipality = await self.methodist()
        term = (clock.now(), clock.now() + timedelta(days=1))
        new = NewCampaign(municipality, survey, "Замер", Audience(management=False), *term)
        return methodist, await actions.create(self.db, clock, methodist, new)

    async def methodist(self) -> tuple[Actor, int]:
        """Who may do everything here, and in which municipality."""
        async with self.db.read() as session:
            methodist = await queries.actor_of_account(session, self.cast.methodist.account_id)
            return methodist, (await queries.municipalities(session, methodist))[0].id

    async def all_invited(self, campaign: int) -> int:
        """Waits until every invitation has its outcome; how many there were."""
        return await self.all_settled(INVITATION, campaign)

    async def all_settled(self, kind: str, subject: int) -> int:
        """The same for deliveries of any kind."""
        while True:
            async with self.db.read() as session:
                states = await outbox.count_by_state(session, kind, subject)
            if states and not UNDER_WAY & set(states):
                return sum(states.values())
            await asyncio.sleep(LOOK_EVERY)


@asynccontextmanager
async def open_town() -> AsyncIterator[Town]:
    """On SQLite in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), telegram_updates="polling").model_copy(
            update={"database_url": None}
        )
        await upgrade(settings.database)
        async with open_database(settings.database) as db:
            await publish_built_in(db, SystemClock(), "zima")
            yield Town(settings, db, await fill(db, SystemClock(), PROFILES, "zima", _Silent()))


@asynccontextmanager
async def bot_at_work(town: Town, telegram: Telegram, limits: Limits | None = None) -> AsyncIterator[BotService]:
    there = {"telegram_api_url": telegram.base_url, "telegram_token": SecretStr(telegram.token)}
    stop = asyncio.Event()
    async with Rasteriser() as rasteriser, asyncio.TaskGroup() as group:
        settings = town.settings.model_copy(update=there)
        service = build(settings, town.db, SystemClock(), Sealer("benchmark"), rasteriser, limits=limits)
        group.create_task(service.run(stop))
        yield service
        stop.set()


class _Silent:
    def stage(self, _title: str, _total: int) -> Callable[[], None]:
        return lambda: None
