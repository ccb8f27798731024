"""Values of indicators for the pages: which ones, for which period and organisation."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from admin.auth import CurrentViewer, Viewer
from admin.services import Services, ServicesHere
from core.clock import local_date
from core.indicators import queries
from core.indicators.model import IndicatorView, Scope
from core.indicators.rules import period_of

DAYS = (date(2000, 1, 1), date(2099, 12, 31))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for: an organisation, and the period that a day lies in; None means the usual."""

    organisation: int | None = None
    day: date | None = None

    def address(self, path: str, *, day: date | None = None) -> str:
        """`path` for the same organisation, and another day when one is given."""
        asked = {"organisation": self.organisation, "day": day or self.day}
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"{path}?{query}" if query else path


def choice(
    organisation: Annotated[str, Query(pattern="^([1-9][0-9]{0,8})?$")] = "",
    day: Annotated[date | None, Query(ge=DAYS[0], le=DAYS[1])] = None,
) -> Choice:
    """An empty organisation is the first line of the selection: the whole municipality."""
    return Choice(int(organisation) if organisation else None, day)


ChoiceHere = Annotated[Choice, Depends(choice)]


async def one_view(
    session: AsyncSession, services: Services, viewer: Viewer, code: str, asked: Choice
) -> IndicatorView:
    """Raises NotFound for an unknown code and for an organisation out of reach."""
    place, period = viewer.municipality, None
    if asked.day is not None and code in {passport.code for passport in queries.passports()}:
        current = await queries.current_period(session, services.clock, place.id, code)
        period = period_of(current.kind, asked.day)
    return await queries.view(session, services.clock, viewer.actor, place.id, code, period, asked.organisation)


async def all_views(session: AsyncSession, services: Services, viewer: Viewer, asked: Choice) -> list[IndicatorView]:
    """Every indicator; none for somebody who has no organisation to look at."""
    if not viewer.manages and not viewer.actor.organisations:
        return []
    return [await one_view(session, services, viewer, one.code, asked) for one in queries.passports()]


async def organisations(session: AsyncSession, viewer: Viewer) -> list[Scope]:
    return await queries.organisations(session, viewer.actor, viewer.municipality.id)


async def view_here(services: ServicesHere, viewer: CurrentViewer, code: str, asked: ChoiceHere) -> IndicatorView:
    async with services.db.read() as session:
        return await one_view(session, services, viewer, code, asked)


ViewHere = Annotated[IndicatorView, Depends(view_here)]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Days in the period before and in the one after; `after` is None when that one has not begun."""

    before: date
    after: date | None


def neighbours(services: Services, viewer: Viewer, view: IndicatorView) -> Neighbours:
    after = view.period.end + timedelta(days=1)
    begun = after <= local_date(services.clock.now(), viewer.municipality.timezone)
    return Neighbours(view.period.start - timedelta(days=1), after if begun else None)
