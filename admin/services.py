"""What every page may need, put together once when the program starts."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

from fastapi import Depends, Request

from admin.invites.kept import KeptSheets
from admin.shell.once import Once
from admin.signing_in.throttle import Throttle
from core.charts.raster import Rasteriser
from core.clock import Clock
from core.sealing import Sealer
from core.settings import Settings
from storage.session import Database


@dataclass(frozen=True, slots=True)
class HealthPart:
    """State of one part of the program: `code` for machines, `title` and `detail` for people."""

    code: str
    title: str
    ok: bool
    detail: str = ""


Health = Callable[[], Awaitable[Sequence[HealthPart]]]
"""Asks every part of the running program how it is."""


Spawn = Callable[[Coroutine[Any, Any, None]], object]
"""Starts work that goes on after the answer; it belongs to the program's task group and must not raise."""


InviteLink = Callable[[str], Awaitable[str | None]]
"""The address that joins by this code; None while the messenger has not said what the bot is called."""


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    db: Database
    clock: Clock
    sealer: Sealer
    rasteriser: Rasteriser
    health: Health
    wake_sender: Callable[[], None]
    """Called after deliveries were queued, so that the sender need not wait for its next look."""
    spawn: Spawn
    invite_link: InviteLink
    sign_in_hint: str | None
    """A sentence under the sign-in form: where this installation gives out sign-in links."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the program is shutting down; open streams end then."""
    throttle: Throttle = field(default_factory=Throttle)
    once: Once = field(default_factory=Once)
    sheets: KeptSheets = field(default_factory=KeptSheets)

    @property
    def secure(self) -> bool:
        """People reach the admin by https, so cookies may insist on it."""
        return self.settings.public_admin_url.startswith("https://")


def services_of(request: Request) -> Services:
    return cast(Services, request.app.state.services)


ServicesHere = Annotated[Services, Depends(services_of)]
