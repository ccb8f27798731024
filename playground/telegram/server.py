"""Running a stand-in on a real port inside a running event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from types import TracebackType

import uvicorn

from playground.telegram.app import Persona, create_app
from playground.telegram.client import ChatUser, LocalLine
from playground.telegram.model import User
from playground.telegram.state import StandIn
from playground.telegram.transport import CuttableProtocol


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program."""
        yield


def _listen(host: str, port: int) -> socket.socket:
    # The protocol is named because asyncio switches Nagle's algorithm off only then; else every answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


class StandInServer:
    """`async with StandInServer(state) as standin:`, then `standin.base_url` and `standin.token` for the bot.

    `port` 0 means any free one; `stop` and `start` keep the port, so that a bot can be shown a Telegram that is away.
    """

    def __init__(
        self,
        state: StandIn | None = None,
        people: Sequence[Persona] = (),
        *,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.state = state or StandIn()
        self.host = host
        self.port = port
        self._people = people
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self._next_user_id = 7_000_000_001

    @property
    def base_url(self) -> str:
        """http://host:port without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.settings.token

    async def user(self, name: str, user_id: int | None = None, username: str | None = None) -> ChatUser:
        """A person to act as; a new account unless `user_id` is known."""
        if user_id is None:
            user_id, self._next_user_id = self._next_user_id, self._next_user_id + 1
        self.state.add_user(User(user_id, name, username=username))
        return ChatUser(LocalLine(self.state), user_id, name)

    async def start(self) -> None:
        """Listen. Raises OSError if the port is taken."""
        self.state.reopen()
        listener = _listen(self.host, self.port)
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            create_app(self.state, self._people),
            http=CuttableProtocol,
            ws="none",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve([listener]), name="stand-in")
        ready = asyncio.create_task(self._server.ready.wait())
        await asyncio.wait([ready, self._task], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._task.done():
            self._task.result()

    async def stop(self) -> None:
        """Stop listening; the state stays."""
        if self._server is None or self._task is None:
            return
        self.state.close()
        self._server.should_exit = True
        await self._task
        self._server = self._task = None

    async def __aenter__(self) -> "StandInServer":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
