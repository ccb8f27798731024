"""The whole plumbing against the stand-in over HTTP, with a conversation of one sentence."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy import func, select

from bot.intake import WrongToken, incoming
from bot.jobs.scheduler import Job
from bot.screens.errands import Errand, Show
from bot.screens.model import Button, Screen
from bot.service import BotService, Parts
from bot.transport import Transport
from core.clock import Clock, SystemClock
from core.people.model import Actor
from core.settings import Settings
from playground.telegram.model import User
from playground.telegram.server import StandInServer
from storage import inbox, outbox
from storage.inbox import UpdateWork
from storage.models import Account, AuditEntry, Chat, Delivery
from storage.outbox import Claimed, NewDelivery
from storage.session import Database, Store
from tests.bot.plumbing.fakes import effects, message, rows, states, until

PRESS = ((Button("Нажать", "x:press"),),)


class Conversation:
    """Counts what it is told, in the database, and answers with the count."""

    def __init__(self) -> None:
        self.reshown: list[str] = []
        self.actors: list[Actor | None] = []
        self.broken = False
        self.gate: asyncio.Event | None = None
        self.begun = asyncio.Event()

    def router(self) -> Router:
        router = Router()
        router.message.register(self.said)
        router.callback_query.register(self.pressed)
        return router

    async def said(
        self, message: Message, store: Store, clock: Clock, transport: Transport, actor: Actor | None
    ) -> None:
        self.actors.append(actor)
        self.begun.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.broken and message.text == "bad":
            raise ValueError(message.text)
        async with store.write() as session:
            session.add(AuditEntry(at=clock.now(), action=message.text or "", details={}))
        await transport.show(message.chat.id, Screen(f"Записано: {message.text}", PRESS))

    async def pressed(self, query: CallbackQuery, store: Store, clock: Clock, transport: Transport) -> None:
        async with store.write() as session:
            session.add(AuditEntry(at=clock.now(), action="press", details={}))
        assert query.message is not None
        await transport.show(query.message.chat.id, Screen("Нажато"), edit=query.message.message_id)

    async def reshow(self, person: str, *, transport: Transport, **_tools: object) -> None:
        self.reshown.append(person)
        await transport.show(person, Screen("Вы здесь"))

    async def render(self, _db: Database, _clock: Clock, delivery: Claimed) -> Errand:
        return Show(Screen(f"Приглашение {delivery.subject}"))

    def parts(self) -> Parts:
        def jobs(_wake: Callable[[], None], _transport: Transport) -> Sequence[Job]:
            return ()

        return Parts([self.router()], self.reshow, self.render, jobs, {"start": "Начать"}, {})


class Bench:
    def __init__(self, db: Database, standin: StandInServer, settings: Settings) -> None:
        self.db = db
        self.standin = standin
        self.settings = settings
        self.conversation = Conversation()
        self.service = self.another()

    def another(self) -> BotService:
        return BotService(self.settings, self.db, SystemClock(), self.conversation.parts())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        task = asyncio.create_task(self.service.run(stop))
        try:
            yield stop
        finally:
            stop.set()
            await task

    async def unsent(self) -> int:
        async with self.db.read() as session:
            return await session.scalar(select(func.count()).where(Delivery.state != "sent")) or 0

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call.params for call in self.standin.state.calls if call.method.lower() == method.lower()]


def settings_for(standin: StandInServer, folder: Path, **more: object) -> Settings:
    given = {"telegram_token": standin.token, "telegram_api_url": standin.base_url, "data_dir": folder, **more}
    return Settings.model_validate(given)


@pytest.fixture
async def bench(sqlite_db: Database, tmp_path: Path) -> AsyncIterator[Bench]:
    async with StandInServer() as standin:
        yield Bench(sqlite_db, standin, settings_for(standin, tmp_path))


async def test_what_is_said_and_pressed_is_done_once_and_answered(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    async with bench.running():
        await user.start()
        shown = await user.expect("Записано: /start")
        press = await user.press("Нажать")
        await user.expect("Нажато")
        assert (await user.answer(press))["text"] == ""
        assert user.last.message_id == shown.message_id
    assert await effects(bench.db) == ["/start", "press"]
    assert await states(bench.db) == {"done": 2}


async def test_it_introduces_itself_and_says_how_it_is(bench: Bench) -> None:
    bench.standin.state.webhook.url = "https://left-over.example/"
    user = await bench.standin.user("Учитель")
    assert bench.service.health().username is None
    async with bench.running():
        await user.start()
        await user.expect("Записано")
        await until(lambda: bench.called("setMyCommands"))
        health = bench.service.health()
        assert health.username == bench.standin.state.settings.bot_username
        assert health.last_poll is not None
        assert health.last_look is not None
        assert (health.dispatching, health.sending, health.scheduling) == (True, True, True)
        assert (health.away, health.silence) == (False, 0)
    assert not bench.service.health().dispatching


async def test_who_writes_is_known(bench: Bench) -> None:
    user, stranger = await bench.standin.user("Учитель"), await bench.standin.user("Чужой")
    async with bench.db.write() as session:
        session.add(Account(id=7, name="a", created_at=SystemClock().now()))
        await session.flush()
        session.add(Chat(account_id=7, channel="telegram", address=str(user.user_id)))
    async with bench.running():
        await user.start()
        await user.expect("Записано")
        await stranger.start()
        await stranger.expect("Записано")
    found = [actor.account_id if actor else None for actor in bench.conversation.actors]
    assert found == [7, None]


async def test_telegram_away_at_start_and_after_the_effect_loses_nothing(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    bench.standin.state.faults.down = True
    await user.start()
    async with bench.running():
        await until(lambda: not bench.service.health().last_poll and bench.service.health().last_look)
        bench.standin.state.faults.down = False
        await user.expect("Записано: /start")
        bench.standin.state.faults.server_error(times=2, method="sendMessage")
        await user.send("два")
        await user.expect("Вы здесь")
    assert await effects(bench.db) == ["/start", "два"]
    assert await states(bench.db) == {"done": 2}


async def test_a_broken_handler_tells_the_person_and_serves_the_others(bench: Bench) -> None:
    user, other = await bench.standin.user("Учитель"), await bench.standin.user("Другой")
    bench.conversation.broken = True
    async with bench.running():
        await user.send("bad")
        await other.send("good")
        await other.expect("Записано: good")
        await user.expect("мы уже разбираемся")
        await user.send("next")
        await user.expect("Записано: next")
    assert await states(bench.db) == {"aside": 1, "done": 2}


async def test_what_cannot_be_decoded_is_set_aside_as_is_a_kind_that_is_unknown(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    bench.standin.state.inject_update({"message": {"garbage": 1}})
    bench.standin.state.inject_update({"something_new": {"from": {"id": user.user_id}}})
    async with bench.running():
        await user.send("hello")
        await user.expect("Записано: hello")
    found = {row.reason for row in await rows(bench.db) if row.state == "aside"}
    assert await states(bench.db) == {"aside": 2, "done": 1}
    assert found == {"undecodable"}


async def test_after_a_crash_between_effect_and_screen_the_person_sees_where_they_are(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    await user.start()
    number = bench.standin.state.queue.entries[0].update_id
    await inbox.receive(
        bench.db,
        "telegram",
        [inbox.Incoming(number, str(user.user_id), "{}")],
        SystemClock().now(),
    )
    async with UpdateWork(bench.db, (await rows(bench.db))[0].id).write():
        pass
    async with bench.running():
        await user.expect("Вы здесь")
        await until(lambda: not bench.standin.state.queue.entries, "the repeated update to be confirmed")
    assert bench.conversation.reshown == [str(user.user_id)]
    assert await effects(bench.db) == []


async def test_a_stop_lets_the_running_handler_end_and_keeps_the_rest(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    bench.conversation.gate = asyncio.Event()
    await user.send("one")
    await user.send("two")
    async with bench.running() as stop:
        await bench.conversation.begun.wait()
        stop.set()
        asyncio.get_running_loop().call_later(0.05, bench.conversation.gate.set)
    assert await states(bench.db) == {"done": 1, "new": 1}
    bench.service = bench.another()
    async with bench.running():
        await user.expect("Записано: two")
    assert await effects(bench.db) == ["one", "two"]


async def test_two_processes_on_one_database_do_everything_once(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    second, stop = bench.another(), asyncio.Event()
    async with bench.running():
        await until(lambda: bench.service.health().dispatching)
        rival = asyncio.create_task(second.run(stop))
        await user.send("one")
        await user.expect("Записано: one")
        assert not second.health().dispatching
        stop.set()
        await rival
    assert await effects(bench.db) == ["one"]


async def test_a_broadcast_leaves_nobody_out_and_a_press_meanwhile_is_answered(bench: Bench) -> None:
    """At Telegram's limit, with enough people to empty its burst three times; see benchmarks.broadcast for more."""
    people = range(1, 101)
    presser = await bench.standin.user("Нажимающий")
    for number in people:
        bench.standin.state.add_user(User(number, f"u{number}")).started = True
    async with bench.running():
        async with bench.db.write() as session:
            session.add_all(Account(id=number, name="a", created_at=SystemClock().now()) for number in people)
            await session.flush()
            session.add_all(Chat(account_id=number, channel="telegram", address=str(number)) for number in people)
            now = SystemClock().now()
            await outbox.enqueue(session, [NewDelivery("k", 5, number, now) for number in people])
        bench.service.wake_sender()
        await presser.start()
        for number in range(3):
            await presser.send(f"hello {number}")
            await presser.expect(f"Записано: hello {number}")
        assert await bench.unsent(), "answered while the broadcast went on"
        await until(lambda: nobody_left(bench))
    chats = [bench.standin.state.chats[number] for number in people]
    assert [len(chat.messages) for chat in chats] == [1] * len(people)
    assert not [call for call in bench.standin.state.calls if call.response.get("error_code") == 429]


async def nobody_left(bench: Bench) -> bool:
    return not await bench.unsent()


async def test_a_webhook_is_asked_for_with_its_secret_and_feeds_the_same_worker(
    sqlite_db: Database, tmp_path: Path
) -> None:
    async with StandInServer() as standin:
        more = {"telegram_updates": "webhook", "telegram_webhook_secret": "s3cret", "admin_url": "http://127.0.0.1:9"}
        bench = Bench(sqlite_db, standin, settings_for(standin, tmp_path, **more))
        user = await standin.user("Учитель")
        async with bench.running():
            await until(lambda: standin.state.webhook.url)
            assert standin.state.webhook.url == "http://127.0.0.1:9/telegram/updates"
            [asked] = bench.called("setWebhook")
            assert asked["secret_token"] == "s3cret"
            [route] = bench.service.routes()
            assert route.path == "/telegram/updates"
            await user.start()
            await inbox.receive(sqlite_db, "telegram", [incoming(message(1, person=user.user_id))], SystemClock().now())
            await user.expect("Записано: hello")
    assert bench.called("getUpdates") == []


@pytest.mark.parametrize("token", ["1:wrong", "nonsense"])
async def test_a_wrong_token_is_said_in_words(bench: Bench, tmp_path: Path, token: str) -> None:
    settings = settings_for(bench.standin, tmp_path, telegram_token=token)
    with pytest.raises(WrongToken, match="TELEGRAM_TOKEN"):
        await BotService(settings, bench.db, SystemClock(), bench.conversation.parts()).run(asyncio.Event())


async def test_refused_commands_stop_nothing(bench: Bench) -> None:
    user = await bench.standin.user("Учитель")
    parts = bench.conversation.parts()
    bad = Parts(parts.routers, parts.reshow, parts.render, parts.jobs, {"БОЛЬШИЕ": "x"}, {})
    bench.service = BotService(bench.settings, bench.db, SystemClock(), bad)
    async with bench.running():
        await user.send("hello")
        await user.expect("Записано: hello")
    assert len(bench.called("setMyCommands")) == 1
