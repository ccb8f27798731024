"""What is sent while it goes on: its rhythm, and its edge. The answer has begun, so no page of a failure can follow."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import structlog
from fastapi.sse import ServerSentEvent

log = structlog.get_logger()


async def guarded(events: AsyncIterator[ServerSentEvent], path: str) -> AsyncIterator[ServerSentEvent]:
    """Ends the stream at an error; the log has it under a number. `path` is the address as a pattern."""
    try:
        async for event in events:
            yield event
    except Exception as error:
        log.error("admin.stream_broke", number=secrets.token_hex(4), path=path, exc_info=error)


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Between two looks; ends at once when the program is being stopped."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
