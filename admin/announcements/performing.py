"""What a press on a question does: one step, one action of core, and what is said afterwards."""

from dataclasses import dataclass, field

from admin.announcements.reach import Here
from admin.announcements.words import people
from admin.campaigns.forms import moment_of
from admin.services import Services
from admin.shell import formatting
from core.announcements import actions
from core.errors import AppError

AT_FIELD = frozenset({"announcement.time_unreadable", "announcement.in_past"})
"""Refusals that belong to the field with the time."""


@dataclass(frozen=True, slots=True)
class Done:
    """Where one is led, key and values of what is said there."""

    place: str
    key: str
    params: dict[str, str] = field(default_factory=dict)


async def perform(services: Services, here: Here, code: str, send_at: str, revision: int, form_id: str) -> Done:
    """`send_at` as the browser sends it. Raises AppError announcement.*, audience.*, event.*."""
    match code:
        case "send" | "schedule" | "series":
            return await _send(services, here, code, send_at, revision)
        case "copy":
            return await _copy(services, here, form_id)
        case _:
            return await _run(services, here, code)


async def _send(services: Services, here: Here, code: str, send_at: str, revision: int) -> Done:
    db, clock, actor = services.db, services.clock, here.viewer.actor
    match code:
        case "send":
            count = await actions.publish(db, clock, actor, here.id, revision=revision)
            services.wake_sender()
            return Done(here.card, "announcement.published", {"people": people(count)})
        case "schedule":
            moment = moment_of(send_at, here.zone)
            if moment is None:
                raise AppError("announcement.time_unreadable")
            await actions.schedule(db, clock, actor, here.id, moment, revision=revision)
            return Done(here.card, "announcement.scheduled", {"when": formatting.moment(moment, here.zone)})
        case _:
            await actions.start_series(db, clock, actor, here.id, revision=revision)
            return Done(here.card, "announcement.series_started")


async def _copy(services: Services, here: Here, form_id: str) -> Done:
    """A doubled press makes one copy."""

    async def work() -> str:
        made = await actions.copy(services.db, services.clock, here.viewer.actor, here.id)
        return f"/announcements/{made}/edit"

    key = f"{here.viewer.actor.account_id}:announcement:{here.id}:copy:{form_id}"
    return Done(await services.once.run(key, work), "announcement.copied")


async def _run(services: Services, here: Here, code: str) -> Done:
    db, clock, actor = services.db, services.clock, here.viewer.actor
    match code:
        case "unschedule":
            await actions.unschedule(db, clock, actor, here.id)
            return Done(here.card, "announcement.unscheduled")
        case "pause":
            await actions.pause(db, clock, actor, here.id)
            return Done(here.card, "announcement.paused")
        case "go_on":
            await actions.go_on(db, clock, actor, here.id)
            services.wake_sender()
            return Done(here.card, "announcement.goes_on")
        case "stop":
            await actions.stop(db, clock, actor, here.id)
            return Done(here.card, "announcement.stopped")
        case _:
            chats = await actions.recall(db, clock, actor, here.id)
            services.wake_sender()
            return Done(
                here.card, "announcement.recall_begun", {"chats": formatting.plural(chats, "чата", "чатов", "чатов")}
            )
