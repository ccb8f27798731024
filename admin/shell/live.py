"""The edge of what is sent while it goes on: the answer has begun, so no page of a failure can follow."""

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
