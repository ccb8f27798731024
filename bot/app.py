"""The whole bot: what it says and does, given to the service that runs it."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot import handlers
from bot.guessing import Guesses
from bot.jobs import announcements, campaigns, digests, inbox, progress, reminders, retention
from bot.jobs.scheduler import Job
from bot.leases import TERM
from bot.limits import Limits
from bot.screens import deliveries
from bot.service import BotService, Parts
from bot.texts import plain
from bot.transport import Transport
from core.charts.raster import Rasteriser
from core.clock import Clock
from core.rights.model import Kept
from core.sealing import Sealer
from core.settings import Settings
from storage.session import Database

COMMANDS = ("start", "help")


def build(
    settings: Settings,
    db: Database,
    clock: Clock,
    sealer: Sealer,
    rasteriser: Rasteriser,
    *,
    limits: Limits | None = None,
    lease_term: timedelta = TERM,
) -> BotService:
    """`await build(…).run(stop)` is the bot. Raises bot.intake.WrongToken for what cannot be a token.

    `limits` and `lease_term` are for benchmarks and tests with several processes.
    """

    def jobs(wake_sender: Callable[[], None], transport: Transport) -> Sequence[Job]:
        return (
            announcements.job(db, clock, wake_sender),
            progress.job(db, clock, transport),
            campaigns.job(db, clock, sealer, wake_sender),
            reminders.job(db, clock, wake_sender),
            digests.job(db),
            inbox.job(db, clock),
            retention.job(db, clock, Kept.from_settings(settings)),
        )

    parts = Parts(
        routers=handlers.routers(),
        reshow=handlers.reshow,
        render=deliveries.render,
        jobs=jobs,
        commands={name: plain(f"commands.{name}") for name in COMMANDS},
        tools={"sealer": sealer, "rasteriser": rasteriser, "guesses": Guesses()},
    )
    return BotService(settings, db, clock, parts, limits=limits, lease_term=lease_term)
