"""Lives of the bot: real processes on one database, forked from a warm one, so that a hundred deaths take minutes."""

import asyncio
import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from pydantic import SecretStr

SHORT_LEASE = timedelta(seconds=1)
"""The next life waits so long for the lease of a killed one."""
BOOT = timedelta(seconds=60)
WHOLE_BOT = ("bot.app", "core.sealing", "storage.session")


@dataclass(frozen=True, slots=True)
class World:
    """What a life needs to know; plain strings, so that it can be sent to another process."""

    database_url: str
    api_url: str
    token: str
    folder: str


def live(world: World) -> None:
    """The whole bot as the program runs it, until it is killed. Runs in a process of its own."""
    # Imported here: the test process pays for nothing, the fork server has it all in memory.
    from bot.app import build
    from bot.limits import Limits, Rates
    from core.charts.raster import Rasteriser
    from core.clock import SystemClock
    from core.sealing import Sealer
    from core.settings import Settings
    from storage.session import open_database

    settings = Settings(
        _env_file=None,
        telegram_token=SecretStr(world.token),
        telegram_api_url=world.api_url,
        data_dir=Path(world.folder),
    )
    quick = Limits(Rates(overall=10_000, chat=10_000, chat_burst=100))

    async def until_killed() -> None:
        async with open_database(world.database_url) as db, Rasteriser() as rasteriser:
            service = build(
                settings, db, SystemClock(), Sealer("secret"), rasteriser, limits=quick, lease_term=SHORT_LEASE
            )
            await service.run(asyncio.Event())

    asyncio.run(until_killed())


class Lives:
    """Starts and kills; at most one is alive. `parts` are the modules that a life of this kind needs."""

    def __init__(self, world: World, life: Callable[[World], None] = live, parts: Sequence[str] = WHOLE_BOT) -> None:
        self._world = world
        self._life = life
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(parts))
        self._process: BaseProcess | None = None
        self.killed = 0

    def start(self) -> None:
        # A daemon could not have the worker process that draws pictures.
        self._process = self._context.Process(target=self._life, args=(self._world,), daemon=False)
        self._process.start()

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        assert self._process is not None
        assert self._process.is_alive(), "the bot died by itself"
        self._process.kill()
        self._process.join()
        self.killed += 1

    def end(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()
