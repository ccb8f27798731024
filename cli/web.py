"""A web server inside this program: it leaves signals and the moment of its end to the program."""

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

DRAIN_SECONDS = 5


class PortTaken(Exception):
    """Somebody listens there already, or may not be asked to."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port}")
        self.host = host
        self.port = port


class WebServer(uvicorn.Server):
    def __init__(self, app: FastAPI, listener: socket.socket, trusted_proxy: str) -> None:
        """`trusted_proxy` is whom X-Forwarded-For is believed; whoever else sends it stays who they are."""
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                ws="none",
                server_header=False,
                forwarded_allow_ips=trusted_proxy,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
        )
        self._listener = listener

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def run_until_told(self) -> None:
        """Ends some time after `end`."""
        await self.serve([self._listener])

    def end(self) -> None:
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises PortTaken. Port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio switches Nagle's algorithm off only then.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTaken(host, port) from error
    return listener
