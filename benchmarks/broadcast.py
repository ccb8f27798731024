"""A broadcast at Telegram's limit, against the shortest time the limit allows: N / 30 seconds."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from benchmarks.result import Row
from bot.app import build
from bot.service import BotService
from cli.preparing import PROFILES, publish_built_in
from cli.settings import load_settings
from core.audiences.model import Audience
from core.campaigns import actions
from core.campaigns.model import INVITATION, NewCampaign
from core.charts.raster import Rasteriser
from core.clock import SystemClock
from core.people import queries
from core.sealing import Sealer
from core.settings import Settings
from playground.cast import Cast
from playground.seed import fill
from playground.telegram.model import User
from playground.telegram.server import StandInServer
from storage import outbox
from storage.migrate import upgrade
from storage.session import Database, open_database

LIMIT = 30
"""Messages a second in all (Bot FAQ)."""
LOOK_EVERY = 0.05
UNDER_WAY = {"queued", "sending", "retrying"}


async def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), telegram_updates="polling").model_copy(
            update={"database_url": None}
        )
        await upgrade(settings.database)
        async with open_database(settings.database) as db, StandInServer() as stand_in:
            await publish_built_in(db, SystemClock(), "zima")
            cast = await fill(db, SystemClock(), PROFILES, "zima", _Silent())
            _introduce(stand_in, cast)
            async with _bot(settings, stand_in, db) as bot:
                number, seconds = await _broadcast(db, cast, bot)
        refused = sum(call.response.get("error_code") == 429 for call in stand_in.state.calls)
    best = number / LIMIT
    return [
        Row(f"рассылка {number} приглашений, отказов 429: {refused}; против N/30", f"{seconds:.1f} с", best / seconds)
    ]


class _Silent:
    def stage(self, _title: str, _total: int) -> Callable[[], None]:
        return lambda: None


def _introduce(stand_in: StandInServer, cast: Cast) -> None:
    for member in cast.members:
        stand_in.state.add_user(User(member.user_id, member.name)).started = member.joined


@asynccontextmanager
async def _bot(settings: Settings, stand_in: StandInServer, db: Database) -> AsyncIterator[BotService]:
    there = {"telegram_api_url": stand_in.base_url, "telegram_token": SecretStr(stand_in.token)}
    stop = asyncio.Event()
    async with Rasteriser() as rasteriser, asyncio.TaskGroup() as group:
        service = build(settings.model_copy(update=there), db, SystemClock(), Sealer("benchmark"), rasteriser)
        group.create_task(service.run(stop))
        yield service
        stop.set()


async def _broadcast(db: Database, cast: Cast, bot: BotService) -> tuple[int, float]:
    """How many invitations, and the seconds from the opening until the last outcome is written."""
    clock = SystemClock()
    async with db.read() as session:
        methodist = await queries.actor_of_account(session, cast.methodist.account_id)
        municipality = (await queries.municipalities(session, methodist))[0].id
    audience = Audience(management=False)
    new = NewCampaign(municipality, "deficits", "Замер", audience, clock.now(), clock.now() + timedelta(days=1))
    campaign = await actions.create(db, clock, methodist, new)
    begun = time.perf_counter()
    await actions.open_now(db, clock, methodist, campaign)
    bot.wake_sender()  # as the page does that opens a campaign
    while True:
        async with db.read() as session:
            states = await outbox.count_by_state(session, INVITATION, campaign)
        if states and not UNDER_WAY & set(states):
            return sum(states.values()), time.perf_counter() - begun
        await asyncio.sleep(LOOK_EVERY)
