"""How the parts of the running program are, for the admin's system page and /healthz."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from admin.services import HealthPart
from bot.service import BotHealth
from core.clock import Clock
from storage.session import Database

QUIET = timedelta(minutes=3)
"""A long poll is answered within a minute; after this something is wrong."""


class Health:
    def __init__(self, bot: Callable[[], BotHealth], db: Database, clock: Clock) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock

    async def __call__(self) -> Sequence[HealthPart]:
        bot = self._bot()
        return await self._database(), self._telegram(bot), self._sender(bot)

    async def _database(self) -> HealthPart:
        try:
            async with self._db.read() as session:
                await session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return HealthPart("database", "База данных", ok=False, detail="не отвечает")
        return HealthPart("database", "База данных", ok=True)

    def _telegram(self, bot: BotHealth) -> HealthPart:
        silent = bot.last_poll is not None and self._clock.now() - bot.last_poll > QUIET
        if bot.username is None or silent:
            return HealthPart("telegram", "Telegram", ok=False, detail="пока не отвечает, программа ждёт и повторяет")
        return HealthPart("telegram", "Telegram", ok=True, detail=f"@{bot.username}")

    def _sender(self, bot: BotHealth) -> HealthPart:
        if bot.away:
            return HealthPart("sender", "Отправка сообщений", ok=False, detail="Telegram не принимает сообщения")
        detail = f"Telegram просит подождать ещё {bot.silence:.0f} с" if bot.silence else ""
        return HealthPart("sender", "Отправка сообщений", ok=True, detail=detail)
