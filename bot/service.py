"""The bot at work: intake, turns, sender and jobs in one task group, on one database."""

import asyncio
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram import Bot, Dispatcher, Router
from aiogram.utils.token import TokenValidationError
from starlette.routing import Route

from bot import webhook
from bot.backoff import Sleep, sleeping_until
from bot.botapi import BotApi
from bot.connection import Connection
from bot.dispatch import Turns
from bot.edge import Edge
from bot.failures import caught, kind_of
from bot.identity import Identity
from bot.intake import Intake, WrongToken
from bot.introduction import Introduction
from bot.jobs.scheduler import Job, Ticker
from bot.leases import TERM, Leases
from bot.limits import Limits
from bot.screens.errands import Errand
from bot.sender import Sender
from bot.transport import Transport
from core.clock import Clock
from core.people.model import Channel
from core.settings import Settings
from storage.outbox import Claimed
from storage.session import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot says and does, apart from how. `tools` are handed to handlers and to `reshow` by name."""

    routers: Sequence[Router]
    reshow: Callable[..., Awaitable[None]]
    """`reshow(person, db=…, clock=…, transport=…, **tools)`: shows where somebody is now."""
    render: Callable[[Database, Clock, Claimed], Awaitable[Errand]]
    """What is to be done with a delivery whose turn has come."""
    jobs: Callable[[Callable[[], None], Transport], Sequence[Job]]
    """Given the waking of the sender, and what edits messages that show how something goes."""
    commands: Mapping[str, str]
    tools: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BotHealth:
    """Facts for the health page; all moments are UTC."""

    username: str | None
    """None until Telegram has answered once."""
    last_poll: datetime | None
    """When Telegram last answered a question for updates; always None with a webhook."""
    last_look: datetime | None
    """When the inbox was last read."""
    waiting: int
    """Updates taken from the inbox and not finished."""
    dispatching: bool
    sending: bool
    scheduling: bool
    """Whether this process holds the lease."""
    under_way: int
    """Deliveries claimed and not settled."""
    away: bool
    """Telegram did not take the last delivery."""
    silence: float
    """Seconds for which Telegram has forbidden us to send."""


class BotService:
    """Raises WrongToken at once for what cannot be a token."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        parts: Parts,
        *,
        limits: Limits | None = None,
        lease_term: timedelta = TERM,
    ) -> None:
        self._settings = settings
        self._db = db
        self._clock = clock
        self._parts = parts
        self._limits = limits or Limits()
        self._bot = _telegram(settings)
        self._leases = Leases(
            db, clock, _holder(), ("dispatch", "sender", "scheduler"), term=lease_term, changed=self._wake
        )
        self.transport = Transport(self._bot, self._limits)
        self._tools = {
            "db": db,
            "clock": clock,
            "transport": self.transport,
            "settings": settings,
            "wake_sender": self.wake_sender,
            **parts.tools,
        }
        edge = Edge(self._bot, self._dispatcher(), self.transport, self._reshow)
        self._turns = Turns(db, clock, Channel.TELEGRAM, edge, may_work=self._may("dispatch"))
        self._sender = Sender(db, clock, self._limits, self.transport, self._render, may_work=self._may("sender"))
        self._ticker = Ticker(parts.jobs(self.wake_sender, self.transport), self._may("scheduler"))
        self._api = BotApi(settings.telegram_api_url, _token(settings))
        self._intake = Intake(self._api, db, clock, self._turns.wake)
        self.username: str | None = None

    def wake_sender(self) -> None:
        """Deliveries were queued in this process."""
        self._sender.wake()

    def routes(self) -> list[Route]:
        """The webhook, when the settings ask for one."""
        secret = self._settings.telegram_webhook_secret
        if self._settings.telegram_updates != "webhook" or secret is None:
            return []
        return webhook.routes(self._db, self._clock, secret.get_secret_value(), self._turns.wake)

    def health(self) -> BotHealth:
        return BotHealth(
            username=self.username,
            last_poll=self._intake.last_poll,
            last_look=self._turns.last_look,
            waiting=self._turns.waiting,
            dispatching=self._leases.held("dispatch"),
            sending=self._leases.held("sender"),
            scheduling=self._leases.held("scheduler"),
            under_way=self._sender.under_way,
            away=self._sender.away,
            silence=self._limits.paused_for,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Ends when `stop` is set and what had begun has ended. Raises WrongToken."""
        sleep = sleeping_until(stop)
        try:
            async with self._api, self._bot.session, asyncio.TaskGroup() as group:
                await self._leases.renew()
                group.create_task(self._leases.run(sleep, stop))
                group.create_task(self._turns.run(sleep, stop))
                group.create_task(self._sender.run(sleep, stop))
                group.create_task(self._ticker.run(stop))
                await self._receive(sleep, stop)
        except BaseExceptionGroup as group:
            if group.subgroup(WrongToken) is not None:
                raise WrongToken from group
            raise
        finally:
            if (error := await caught(self._leases.release())) is not None:
                log.warning("leases not released", error=kind_of(error))

    async def _receive(self, sleep: Sleep, stop: asyncio.Event) -> None:
        introduction = Introduction(self._api, sleep, stop)
        self.username = await introduction.username()
        secret = self._settings.telegram_webhook_secret
        async with asyncio.TaskGroup() as group:
            group.create_task(introduction.show_commands(self._parts.commands))
            if self._settings.telegram_updates == "webhook" and secret is not None:
                address = self._settings.public_admin_url + webhook.PATH
                await introduction.ask_for_webhook(address, secret.get_secret_value())
            else:
                await introduction.ask_for_polling()
                await self._intake.run(sleep, stop)

    def _dispatcher(self) -> Dispatcher:
        """aiogram's, without its own state machine: state is rows."""
        dispatcher = Dispatcher(disable_fsm=True, **self._tools)
        dispatcher.update.outer_middleware(Identity())
        dispatcher.include_routers(*self._parts.routers)
        return dispatcher

    def _may(self, name: str) -> Callable[[], bool]:
        return lambda: self._leases.held(name)

    def _wake(self) -> None:
        self._turns.wake()
        self._sender.wake()

    async def _reshow(self, person: str) -> None:
        await self._parts.reshow(person, **self._tools)

    async def _render(self, delivery: Claimed) -> Errand:
        return await self._parts.render(self._db, self._clock, delivery)


def _holder() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


def _token(settings: Settings) -> str:
    if settings.telegram_token is None:
        raise WrongToken
    return settings.telegram_token.get_secret_value()


def _telegram(settings: Settings) -> Bot:
    try:
        return Bot(_token(settings), session=Connection(settings.telegram_api_url))
    except TokenValidationError as error:
        raise WrongToken from error
