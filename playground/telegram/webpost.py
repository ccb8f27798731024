"""One HTTP POST on a connection of its own, with nothing but the standard library."""

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

_MOST = 1024 * 1024


async def post(url: str, body: bytes, headers: Mapping[str, str], patience: float) -> tuple[int, str, bytes]:
    """(status, reason, body of the answer), within `patience` seconds.

    Raises TimeoutError, OSError (also for an answer that is no HTTP).
    """
    async with asyncio.timeout(patience):
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        context = ssl.create_default_context() if secure else None
        reader, writer = await asyncio.open_connection(host, port, ssl=context)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            fields = {"Host": parts.netloc, "Content-Length": str(len(body)), "Connection": "close", **headers}
            head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
            await writer.drain()
            return _answer(await _read_all(reader))
        finally:
            writer.close()


async def _read_all(reader: asyncio.StreamReader) -> bytes:
    raw = b""
    while len(raw) < _MOST and (part := await reader.read(_MOST)):
        raw += part
    return raw


def _answer(raw: bytes) -> tuple[int, str, bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdigit():
        raise ConnectionError("no HTTP answer")
    return int(words[1]), words[2] if len(words) > 2 else "", body
