"""Sheets that were just made, so that a second press gives the same one again.

Codes cannot be read from the database, so a doubled press must not make new ones: the sheet that comes first would be
invalid in the coordinator's hands. The form carries an id; whoever sends it again within a quarter of an hour (twice
by haste, or for the other format) gets the sheet that was made. After that, after a restart or in another process,
`SheetRequest.seen` sees to it that nothing is made by mistake: the form is out of date and says so.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.invites.model import Sheet, SheetRequest

KEPT_FOR = timedelta(minutes=15)
MOST = 30

Key = tuple[int, str]
"""Account and id of the form."""


@dataclass(frozen=True, slots=True)
class _Kept:
    until: datetime
    request: SheetRequest
    sheet: Sheet


class KeptSheets:
    def __init__(self) -> None:
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._running: dict[Key, asyncio.Lock] = {}

    async def get_or_make(
        self, key: Key, request: SheetRequest, now: datetime, make: Callable[[], Awaitable[Sheet]]
    ) -> Sheet:
        """The sheet of this form; an error of `make` is not remembered."""
        lock = self._running.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                kept = self._kept.get(key)
                if kept is not None and kept.request == request and kept.until > now:
                    return kept.sheet
                sheet = await make()
                self.forget(request.organisation_id, now)
                self._kept[key] = _Kept(now + KEPT_FOR, request, sheet)
                return sheet
        finally:
            self._running.pop(key, None)

    def forget(self, organisation_id: int, now: datetime) -> None:
        """The organisation's codes have ended or may have; and whatever is kept for too long or too much."""
        for key, kept in list(self._kept.items()):
            if kept.request.organisation_id == organisation_id or kept.until <= now:
                del self._kept[key]
        while len(self._kept) >= MOST:
            self._kept.popitem(last=False)
