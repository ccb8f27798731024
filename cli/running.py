"""One process: web pages, bot and, in the playground, the stand-in for Telegram."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from pydantic import SecretStr

from admin.app import create_app
from admin.importing.working import take_up
from bot.app import build
from bot.intake import WrongToken
from bot.service import BotService
from cli import announcing, logs
from cli.console import WRONG_USE, give_up, say, stages
from cli.health import Health
from cli.preparing import PROFILES, install_profile, prepare_database, publish_built_in
from cli.web import PortTaken, WebServer, listen
from cli.words import explain
from core.accounts import actions as accounts
from core.charts.raster import Rasteriser
from core.clock import SystemClock
from core.errors import AppError
from core.people import queries
from core.sealing import Sealer
from core.settings import Settings
from playground.answering import Answering
from playground.campaigns import open_campaigns
from playground.cast import Cast, read_cast, write_cast
from playground.seed import fill, made_up_people
from playground.telegram.model import User
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn
from storage.session import Database, open_database

INTERRUPTED = 130
"""Exit code of a program that Ctrl-C ended before it could serve; 128 plus the signal's number."""
KEPT_CALLS = 1000
"""Requests of the bot that the stand-in remembers; tests keep all, a day at the playground need not."""


E = TypeVar("E", bound=BaseException)


@dataclass(frozen=True, slots=True)
class Playing:
    fresh: bool
    answers: float


def run_telegram(settings: Settings) -> None:
    """Serves real Telegram until SIGTERM or Ctrl-C."""
    logs.set_up(settings)
    _until_stopped(_telegram(settings))


def run_playground(settings: Settings, *, fresh: bool = False, answers: float = 0) -> None:
    """Serves the stand-in until SIGTERM or Ctrl-C, on data of its own beside the real ones."""
    logs.set_up(settings)
    folder = settings.data_dir / "playground"
    own = settings.model_copy(update={"data_dir": folder, "database_url": None, "telegram_updates": "polling"})
    _until_stopped(_playground(own, Playing(fresh, answers)))


def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    trouble: list[tuple[str, int]] = []
    try:
        asyncio.run(work)
    except* PortTaken as taken:
        trouble.extend((announcing.port_taken(one), WRONG_USE) for one in _each(taken))
    except* WrongToken:
        trouble.append(("Telegram не принимает токен. Проверьте TELEGRAM_TOKEN в файле .env.", WRONG_USE))
    except* AppError as foreseen:
        trouble.extend((explain(one), 1) for one in _each(foreseen))
    except* KeyboardInterrupt:
        trouble.append(("Остановлено до начала работы.", INTERRUPTED))
    if trouble:
        give_up(*trouble[0])


def _each(group: BaseExceptionGroup[E]) -> Iterator[E]:
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            yield from _each(one)
        else:
            yield one


async def _telegram(settings: Settings) -> None:
    await prepare_database(settings)
    clock = SystemClock()
    async with open_database(settings.database) as db:
        await publish_built_in(db, clock, settings.profile)
        await install_profile(db, clock, settings.profile)
        async with _serving(settings, db) as serving:
            announcing.telegram(serving.settings)
            await serving.run()
    say("Остановлено. Все подтверждённые ответы сохранены.")


async def _playground(settings: Settings, playing: Playing) -> None:
    cast_file = settings.data_dir / "cast.json"
    cast = None if playing.fresh else read_cast(cast_file)
    if cast is None and settings.data_dir.exists():
        shutil.rmtree(settings.data_dir)  # made-up people only, and perhaps half of them
    known = cast is not None
    await prepare_database(settings)
    clock = SystemClock()
    async with open_database(settings.database) as db:
        await publish_built_in(db, clock, settings.profile if cast is None else cast.profile)
        if cast is None:
            with stages() as progress:
                cast = await fill(db, clock, PROFILES, settings.profile, progress)
            write_cast(cast_file, cast)
        if playing.answers:
            await _answer(settings, db, cast, playing.answers)
        async with (
            _stand_in(settings, cast) as stand_in,
            _serving(_pointed_at(settings, stand_in), db, stand_in.base_url) as serving,
        ):
            token = await accounts.make_sign_in_link(db, clock, cast.methodist.account_id)
            announcing.playground(serving.settings, stand_in.base_url, token, cast, known=known)
            await serving.run()
    say("Остановлено. Учебные данные сохранены, следующий запуск продолжит с них.")


async def _answer(settings: Settings, db: Database, cast: Cast, share: float) -> None:
    clock = SystemClock()
    answering = Answering(db, clock, Sealer.from_settings(settings))
    async with db.read() as session:
        methodist = await queries.actor_of_account(session, cast.methodist.account_id)
        municipality = (await queries.municipalities(session, methodist))[0]
    opened = await open_campaigns(db, clock, methodist, municipality.id)
    made_up = made_up_people(PROFILES, cast)
    with stages() as progress:
        await answering.answer_all(list(opened.values()), made_up, share, municipality.timezone, progress)


@asynccontextmanager
async def _stand_in(settings: Settings, cast: Cast) -> AsyncIterator[StandInServer]:
    state = StandIn(StandInSettings(keep_calls=KEPT_CALLS), folder=settings.data_dir / "telegram")
    server = StandInServer(state, cast.personas(), port=settings.playground_port)
    try:
        await server.start()
    except OSError as error:
        raise PortTaken(server.host, settings.playground_port) from error
    try:
        for member in cast.members:
            state.add_user(User(member.user_id, member.name))
            # Who joined while the playground was filled has a chat with the bot, as people who joined do.
            state.chats[member.user_id].started |= member.joined
        yield server
    finally:
        await server.stop()


def _pointed_at(settings: Settings, stand_in: StandInServer) -> Settings:
    there = {"telegram_api_url": stand_in.base_url, "telegram_token": SecretStr(stand_in.token)}
    return settings.model_copy(update=there)


@dataclass(frozen=True, slots=True)
class Serving:
    settings: Settings
    bot: BotService
    web: WebServer
    stopping: asyncio.Event
    """Open pages that stream watch it."""
    stop: asyncio.Event
    """Set by SIGTERM and SIGINT."""
    group: asyncio.TaskGroup
    interrupted: Callable[[], Coroutine[Any, Any, None]]
    """Goes on with the work of pages that the last end of the program has interrupted."""

    async def run(self) -> None:
        """Until it is told to stop. The bot drains first, while its pages still answer; then the pages end.

        Work that pages have started is waited for.
        """
        async with self.group as group:
            group.create_task(self.interrupted())
            group.create_task(self._bot())
            group.create_task(self.web.run_until_told())

    async def _bot(self) -> None:
        await self.bot.run(self.stop)
        self.stopping.set()
        self.web.end()


@asynccontextmanager
async def _serving(settings: Settings, db: Database, chat: str | None = None) -> AsyncIterator[Serving]:
    """`chat` is the address of the stand-in's chat page, where invites of the playground lead."""
    listener = listen(settings.admin_host, settings.admin_port)
    settings = settings.model_copy(update={"admin_port": listener.getsockname()[1]})
    clock, sealer = SystemClock(), Sealer.from_settings(settings)
    group = asyncio.TaskGroup()
    async with Rasteriser() as rasteriser:
        bot = build(settings, db, clock, sealer, rasteriser)
        app = create_app(
            settings,
            db,
            clock,
            sealer,
            rasteriser,
            sign_in_hint=announcing.SIGN_IN_HINT,
            health=Health(bot.health, db, clock),
            wake_sender=bot.wake_sender,
            spawn=group.create_task,
            invite_link=partial(_invite_link, bot, chat),
        )
        app.router.routes.extend(bot.routes())
        web, services = WebServer(app, listener, settings.trusted_proxy), app.state.services
        yield Serving(settings, bot, web, services.stopping, _stop_by_signal(), group, partial(take_up, services))


async def _invite_link(bot: BotService, chat: str | None, code: str) -> str | None:
    if chat is not None:
        return f"{chat}/?start={code}"
    return None if bot.username is None else f"https://t.me/{bot.username}?start={code}"


def _stop_by_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop
