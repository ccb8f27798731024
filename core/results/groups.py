"""How named results are divided: the expression each respondent is grouped by, and what its groups are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.scope import place
from core.clock import local_date
from core.people.model import Actor, Experience
from core.people.rules import BANDS
from core.results.model import ResultCut
from core.results.words import EXPERIENCE, KINDS, NO_SUBJECT, POSITION_GROUPS
from core.surveys.model import Respondent
from storage.models import Campaign, Municipality, Organisation, Position, Subject, Teacher, TeacherSubject

WHOLE = "all"
"""Key of the one group of undivided results."""

_Joined = Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Division:
    """`key` groups rows of Response joined with Participation and Teacher; `joined` adds what it needs besides."""

    key: SQLColumnExpression[Any]
    titles: Mapping[str, str] = field(default_factory=dict)
    """By key as text, in the registry's order."""
    joined: _Joined = lambda chosen: chosen
    condition: ColumnElement[bool] | None = None


UNDIVIDED = Division(literal(WHOLE))

_OF_PEOPLE = (
    ResultCut.KIND,
    ResultCut.ORGANISATION,
    ResultCut.POSITION_GROUP,
    ResultCut.POSITION,
    ResultCut.SUBJECT,
    ResultCut.EXPERIENCE,
)


def cuts_for(actor: Actor, municipality_id: int, respondent: Respondent) -> tuple[ResultCut, ...]:
    """Of a named survey. A coordinator sees own organisations and nobody else's."""
    if not actor.manages(municipality_id):
        return (ResultCut.ORGANISATION,)
    return _OF_PEOPLE[:2] if respondent is Respondent.ORGANISATION else _OF_PEOPLE


async def division(session: AsyncSession, actor: Actor, campaign: Campaign, cut: ResultCut) -> Division:
    match cut:
        case ResultCut.KIND:
            return Division(Organisation.kind, KINDS, _with_organisation)
        case ResultCut.POSITION_GROUP:
            return Division(Position.group, POSITION_GROUPS, _with_position)
        case ResultCut.EXPERIENCE:
            timezone = (await session.get_one(Municipality, campaign.municipality_id)).timezone
            return Division(_experience(local_date(campaign.opened_at or campaign.opens_at, timezone).year), EXPERIENCE)
        case ResultCut.SUBJECT:
            titles = await _titles(session, select(Subject.id, Subject.title).order_by(Subject.id))
            return Division(func.coalesce(TeacherSubject.subject_id, 0), {**titles, "0": NO_SUBJECT}, _with_subjects)
        case ResultCut.POSITION:
            titles = await _titles(session, select(Position.id, Position.title).order_by(Position.id))
            return Division(Teacher.position_id, titles)
        case _:
            return await _organisations(session, actor, campaign)


async def _organisations(session: AsyncSession, actor: Actor, campaign: Campaign) -> Division:
    chosen = select(Organisation.id, Organisation.short_name).where(
        Organisation.municipality_id == campaign.municipality_id
    )
    own: ColumnElement[bool] | None = None
    if not actor.manages(campaign.municipality_id):
        chosen = chosen.where(Organisation.id.in_(sorted(actor.organisations)))
        own = place().in_(sorted(actor.organisations))
    return Division(place(), await _titles(session, chosen.order_by(Organisation.id)), condition=own)


async def _titles(session: AsyncSession, chosen: Select[int, str]) -> dict[str, str]:
    return {str(identity): title for identity, title in await session.execute(chosen)}


def _with_organisation(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return chosen.join(Organisation, Organisation.id == place())


def _with_position(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return chosen.join(Position, Position.id == Teacher.position_id)


def _with_subjects(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return chosen.outerjoin(TeacherSubject, TeacherSubject.teacher_id == Teacher.id)


def _experience(year: int) -> ColumnElement[str]:
    """core.people.rules.experience in the database's words, as of the year of the opening."""
    bands = ((Teacher.first_work_year >= year - limit, band.value) for limit, band in BANDS)
    return case((Teacher.first_work_year.is_(None), Experience.UNKNOWN.value), *bands, else_=Experience.OVER_20.value)
