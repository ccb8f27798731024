"""The live part of a campaign's card: who has answered, how the invitations travel."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from fastapi.sse import ServerSentEvent
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from admin.campaigns.reach import Here
from admin.services import Services
from admin.shell import live
from admin.shell.page import fragment
from core.accounts.queries import actor_of_session
from core.campaigns import queries
from core.campaigns.model import INVITATION, REMINDER, CampaignState, OrganisationRate, Rate
from core.errors import AppError
from core.surveys.model import Respondent
from storage import outbox

LOOK_EVERY = 2.0
"""Seconds between two looks at the figures."""

_WAITING_STATES = ("queued", "sending", "retrying")


@dataclass(frozen=True, slots=True)
class Before:
    """Shares of the wave before, 0–100: of all, and by id of organisation."""

    share: float | None
    organisations: Mapping[int, float | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """`delivery`: title, count, and a note; only for those who see the whole campaign."""

    respondent: Respondent
    total: Rate
    rates: list[OrganisationRate]
    delivery: list[tuple[str, int, str]]
    before: Before | None

    def html(self) -> Markup:
        body = fragment(
            "campaigns/figures.html",
            whole=self.total,
            rates=self.rates,
            delivery=self.delivery,
            before=self.before,
            of_organisations=self.respondent is Respondent.ORGANISATION,
        )
        return Markup(body)  # noqa: S704 - made by a template that escapes what it is given


async def figures(services: Services, here: Here, before: Before | None) -> Figures:
    async with services.db.read() as session:
        rates = await queries.rates(session, here.viewer.actor, here.id)
        states = await _states(session, here.id) if here.viewer.manages else {}
    return Figures(here.detail.row.respondent, queries.total(rates), rates, _delivery(states), before)


async def wave_before(services: Services, here: Here) -> Before | None:
    """Looked at once for a page: the wave before hardly moves any more."""
    previous = here.detail.row.previous
    if previous is None:
        return None
    async with services.db.read() as session:
        rates = await queries.rates(session, here.viewer.actor, previous.id)
    return Before(previous.share, {one.organisation_id: one.rate.share for one in rates})


async def _states(session: AsyncSession, campaign_id: int) -> Counter[str]:
    """Invitations and reminders together, by state."""
    found: Counter[str] = Counter()
    for kind in (INVITATION, REMINDER):
        found.update(await outbox.count_by_state(session, kind, campaign_id))
    return found


def _delivery(states: Mapping[str, int]) -> list[tuple[str, int, str]]:
    if not states:
        return []
    return [
        ("Ждут отправки", sum(states.get(one, 0) for one in _WAITING_STATES), ""),
        ("Доставлены", states.get("sent", 0), ""),
        ("Некому доставить", states.get("unreachable", 0), "бот остановлен или чата больше нет"),
        ("Не приняты", states.get("failed", 0), "мессенджер отказался их доставить"),
        ("Неизвестно", states.get("unknown", 0), "ответ мессенджера не пришёл, могли и дойти"),
    ]


async def stream(services: Services, here: Here) -> AsyncIterator[ServerSentEvent]:
    """Sends the figures whenever they have changed, until the campaign or the session ends, or the program stops."""
    shown: Markup | None = None
    before = await wave_before(services, here)
    while not services.stopping.is_set():
        try:
            if not await _still_open(services, here):
                break
            current = (await figures(services, here, before)).html()
        except AppError:
            break
        if current != shown:
            shown = current
            yield ServerSentEvent(event="figures", data=str(current))
        await live.pause(services.stopping, LOOK_EVERY)
    yield ServerSentEvent(event="finished", data="")


async def _still_open(services: Services, here: Here) -> bool:
    async with services.db.read() as session:
        actor = await actor_of_session(session, services.clock, here.viewer.session_token)
        if actor is None:
            return False
        return (await queries.detail(session, actor, here.id)).row.state is CampaignState.OPEN
