"""aiogram's connection to the Bot API, with errors that say whether a request may have arrived."""

from typing import cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError, ClientTimeout

from bot.botapi import ANSWER_SECONDS, CONNECT_SECONDS, result_of, silence
from bot.outcomes import GARBLED, Undelivered


class Connection(AiohttpSession):
    """Raises Undelivered for every refusal and silence, where aiogram has an exception for each.

    aiogram joins "could not connect" and "no answer came" into one error and chokes on the HTML page of a
    gateway; for a message that must not come twice the difference matters.
    """

    def __init__(self, url: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        super().__init__(api=TelegramAPIServer.from_base(url.rstrip("/"), is_local=False), timeout=answer_seconds)
        self._kinds: set[type] = set()
        """Of answers. pydantic forgets a type that nobody holds, and aiogram asks for it with every answer: to build
        it anew stops everything for milliseconds."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's
    ) -> TelegramType:
        """One call; see the class."""
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        limits = ClientTimeout(total=timeout or self.timeout, sock_connect=CONNECT_SECONDS)
        try:
            async with session.post(url, data=form, timeout=limits) as response:
                status, body = response.status, await response.read()
        except (ClientError, TimeoutError, OSError) as error:
            raise Undelivered(silence(error)) from None  # its words hold the address, and so the token
        result_of(status, body)
        try:
            answer = self.check_response(bot=bot, method=method, status_code=status, content=body.decode())
        except (ClientDecodeError, UnicodeDecodeError) as error:
            raise Undelivered(GARBLED) from error
        self._kinds.add(type(answer))
        return cast(TelegramType, answer.result)
