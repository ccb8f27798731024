"""Several actions as one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession


class Joined:
    """Lets several actions work in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        yield self._session

    @asynccontextmanager
    async def write(self, *, scrub: bool = False) -> AsyncIterator[AsyncSession]:
        """Erasing has to say so where the transaction begins, and nothing here erases."""
        if scrub:
            raise ValueError("not within another transaction")
        yield self._session
