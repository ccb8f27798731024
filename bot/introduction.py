"""What the bot tells Telegram about itself at start: how updates shall arrive, and its commands."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot.backoff import Sleep, delay
from bot.botapi import BotApi
from bot.intake import ALLOWED_UPDATES, LONGEST_PAUSE, WrongToken
from bot.outcomes import Undelivered
from bot.waiting import unless

log = structlog.get_logger()


class Introduction:
    """Every step is repeated until Telegram answers; a refusal is logged and stops nothing but a wrong token."""

    def __init__(self, api: BotApi, sleep: Sleep, stop: asyncio.Event) -> None:
        self._api = api
        self._sleep = sleep
        self._stop = stop

    async def username(self) -> str | None:
        """The bot's name for links, without @. None when the program was stopped before Telegram answered."""
        me = await self._insist("getMe", {})
        return str(me["username"]) if isinstance(me, dict) and "username" in me else None

    async def ask_for_polling(self) -> None:
        """Takes away a webhook that is left over; what waits at Telegram stays there."""
        await self._insist("deleteWebhook", {"drop_pending_updates": False})

    async def ask_for_webhook(self, url: str, secret: str) -> None:
        await self._insist("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": list(ALLOWED_UPDATES)})

    async def show_commands(self, commands: Mapping[str, str]) -> None:
        """`commands`: what each one does, in a few words."""
        shown = [{"command": name, "description": words} for name, words in commands.items()]
        await self._insist("setMyCommands", {"commands": shown})

    async def _insist(self, method: str, params: Mapping[str, Any]) -> Any:
        failures = 0
        while not self._stop.is_set():
            try:
                return await unless(self._stop, self._api.call(method, params))
            except Undelivered as error:
                if error.code in (401, 404):
                    raise WrongToken from error
                if not error.trouble.passes:
                    log.error("telegram refuses", method=method, reason=error.trouble.reason)
                    return None
                failures += 1
                log.warning("telegram is away", method=method, reason=error.trouble.reason, failures=failures)
                await self._sleep(error.trouble.wait or delay(failures, longest=LONGEST_PAUSE))
        return None
