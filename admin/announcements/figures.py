"""The live part of an announcement's card: how it travels, who pressed, what stands in the way."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from fastapi.sse import ServerSentEvent
from markupsafe import Markup

from admin.announcements import words
from admin.announcements.reach import Here
from admin.services import Services
from admin.shell import live
from admin.shell.page import fragment
from core.accounts.queries import actor_of_session
from core.announcements import queries
from core.announcements.model import (
    PER_SECOND,
    AnnouncementDetail,
    AnnouncementState,
    Counts,
    OrganisationReport,
    PressKind,
    Trouble,
)
from core.errors import AppError

LOOK_EVERY = 2.0
"""Seconds between two looks at the figures."""

GOING = frozenset({AnnouncementState.SENDING, AnnouncementState.PAUSED})


@dataclass(frozen=True, slots=True)
class Figures:
    detail: AnnouncementDetail
    organisations: Sequence[OrganisationReport]
    reasons: Sequence[tuple[str, str, int]]
    """State, reason in words, how many."""
    resting: bool = False
    """The rest waits for the end of the quiet hours."""

    def html(self) -> Markup:
        counts = self.detail.row.counts
        body = fragment(
            "announcements/figures.html",
            detail=self.detail,
            counts=counts,
            tiles=tiles(counts),
            presses=presses(self.detail),
            left=""
            if self.resting or counts.held or not counts.waiting
            else words.lasting(counts.waiting / PER_SECOND),
            resting=self.resting,
            organisations=self.organisations,
            reasons=self.reasons,
        )
        return Markup(body)  # noqa: S704 - made by a template that escapes what it is given


def moves(detail: AnnouncementDetail) -> bool:
    """Something of it is still on its way."""
    return detail.row.state in GOING or bool(detail.edits.open or detail.recalls.open)


def tiles(counts: Counts) -> list[tuple[str, int, str]]:
    """Title, count, note; what has not happened to anybody is left out but for the first two."""
    found = [
        ("Ждут отправки", counts.open, "рассылка приостановлена" if counts.held else ""),
        ("Доставлено", counts.sent, ""),
        ("В подборке за день", counts.merged, "у этих людей сегодня уже много сообщений"),
        ("Некому доставить", counts.unreachable, "бот остановлен или чата больше нет"),
        ("Не принято", counts.failed, "мессенджер отказал"),
        ("Неизвестно", counts.unknown, "ответ мессенджера не пришёл, могло и дойти"),
        ("Возможно, пришло дважды", counts.doubtful, "первый ответ мессенджера потерялся"),
        ("Не отправлялось", counts.cancelled, "остановлено или отозвано раньше"),
    ]
    return found[:2] + [one for one in found[2:] if one[1]]


def presses(detail: AnnouncementDetail) -> list[tuple[str, int]]:
    """A button that it does not have is not told about, unless somebody pressed it when it had."""
    has = {PressKind.ACKNOWLEDGED: detail.content.acknowledge, PressKind.REGISTERED: bool(detail.event_title)}
    found = [(kind, detail.pressed.get(kind, 0)) for kind in PressKind]
    return [(words.PRESSES[kind], count) for kind, count in found if count or has.get(kind)]


async def figures(services: Services, here: Here) -> Figures:
    async with services.db.read() as session:
        actor = here.viewer.actor
        detail = await queries.detail(session, actor, here.id)
        organisations = await queries.by_organisation(session, actor, here.id)
        counts = detail.row.counts
        wrong = counts.unreachable + counts.failed + counts.unknown + counts.cancelled + counts.doubtful
        troubles = await queries.troubles(session, actor, here.id) if wrong else []
        resting = await queries.resting(session, services.clock, here.id)
    return Figures(detail, organisations, reasons(troubles), resting)


def reasons(troubles: Sequence[Trouble]) -> list[tuple[str, str, int]]:
    found = Counter((words.outcome(one)[1], words.reason(one)) for one in troubles)
    return [(state, why, count) for (state, why), count in sorted(found.items())]


async def stream(services: Services, here: Here) -> AsyncIterator[ServerSentEvent]:
    """Sends the figures whenever they change, until nothing moves any more or the state changes (the page is shown
    anew then, with other buttons), the session ends, or the program stops."""
    shown: Markup | None = None
    while not services.stopping.is_set():
        try:
            if not await _signed_in(services, here):
                break
            current = await figures(services, here)
        except AppError:
            break
        if (html := current.html()) != shown:
            shown = html
            yield ServerSentEvent(event="figures", data=str(html))
        if current.detail.row.state is not here.detail.row.state or not moves(current.detail):
            break
        await live.pause(services.stopping, LOOK_EVERY)
    yield ServerSentEvent(event="finished", data="")


async def _signed_in(services: Services, here: Here) -> bool:
    async with services.db.read() as session:
        return await actor_of_session(session, services.clock, here.viewer.session_token) is not None
