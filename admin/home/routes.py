"""Home page: the management cycle with what is due next."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CurrentViewer
from admin.home import words
from admin.home.words import Mend
from admin.indicators.rows import Line, lines
from admin.indicators.views import Choice, all_views
from admin.services import ServicesHere
from admin.shell.page import page
from core.cycle import queries
from core.cycle.model import GroupCycle, Stage
from core.indicators.rules import period_title

router = APIRouter()

SHOWN_DUE = 5
"""Lines of "what is next" that are shown at once."""


@dataclass(frozen=True, slots=True)
class StageLine:
    title: str
    state: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    title: str
    indicators: tuple[str, ...]
    stages: tuple[StageLine, ...]
    broken_title: str
    mend: Mend | None


@router.get("/")
async def cycle_page(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    if not viewer.manages and not viewer.actor.organisations:
        return page(request, "home/no_reach.html", viewer)
    async with services.db.read() as session:
        cycle = await queries.cycle(session, services.clock, viewer.actor, viewer.municipality.id)
        views = await all_views(session, services, viewer, Choice())
    return page(
        request,
        "home/cycle.html",
        viewer,
        cycle=cycle,
        asked=Choice(),
        period=period_title(cycle.period),
        due=cycle.due[:SHOWN_DUE],
        more_due=cycle.due[SHOWN_DUE:],
        stages=words.STAGES,
        groups=[_group(one) for one in cycle.groups],
        values=[line for view in views for line in _with_value(lines(view))],
    )


def _with_value(found: list[Line]) -> list[Line]:
    """On the home page an indicator is one line; its parts are on its own page."""
    return [line for line in found if line.code]


def _group(group: GroupCycle) -> GroupCard:
    broken = next((stage for stage in group.stages if stage.code is group.broken_at), None)
    return GroupCard(
        title=words.GROUPS[group.group],
        indicators=group.indicators,
        stages=tuple(_stage(stage) for stage in group.stages),
        broken_title=words.STAGES[broken.code] if broken else "",
        mend=words.mend(broken) if broken else None,
    )


def _stage(stage: Stage) -> StageLine:
    return StageLine(words.STAGES[stage.code], stage.state.value, words.STATES[stage.state], words.reason(stage))
