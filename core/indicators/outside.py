"""Outside diagnoses of deficits that the municipality counts beside its own survey (SPEC §4, §12)."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select, union

from core.indicators.context import Context
from core.indicators.model import OutsideEvidence
from core.profiles.rules import SELF_ASSESSMENT, self_assessment_counts
from storage.models import Diagnosis, ScaleResult, Teacher

PART = 1_000


@dataclass(frozen=True, slots=True)
class Outside:
    """One person's index in one area: the last one of the period."""

    teacher_id: int
    organisation_id: int
    position_id: int
    area: str
    index: float


def sources(context: Context) -> dict[str, str]:
    """Code → title of those that count here."""
    known = context.settings.get("diagnosis_sources") or []
    return {
        one["code"]: one.get("title", one["code"]) for one in known if one["counts"] and one["code"] != SELF_ASSESSMENT
    }


async def outside_evidence(context: Context) -> tuple[OutsideEvidence, ...]:
    """Which diagnoses of the period stand behind a number, in the profile's order; () when there are none."""
    titles = sources(context)
    if not titles:
        return ()
    rows = await context.session.execute(
        select(Diagnosis.source, func.count(Diagnosis.teacher_id.distinct()), func.max(Diagnosis.taken_on))
        .join(Teacher, Teacher.id == Diagnosis.teacher_id)
        .where(_taken(context), context.staff())
        .group_by(Diagnosis.source)
    )
    found = {source: (people, last_on) for source, people, last_on in rows}
    return tuple(OutsideEvidence(title, *found[code]) for code, title in titles.items() if code in found)


def who_passed(context: Context, submitted: Select[int, int], evidence: Sequence[OutsideEvidence]) -> Select[int]:
    """Ids of teachers who passed any diagnosis that counts; everybody once. `submitted`: (response, teacher)."""
    own = submitted.subquery()
    ours = select(own.c.teacher_id)
    if not evidence:
        return ours.distinct()
    theirs = taken_outside(context)
    both = (union(ours, theirs) if self_assessment_counts(context.settings) else theirs).subquery()
    return select(both.c.teacher_id)


def taken_outside(context: Context) -> Select[int]:
    """Ids of teachers with an outside diagnosis."""
    return select(Diagnosis.teacher_id).where(_taken(context)).distinct()


async def beside_own(context: Context, own: Select[int, int]) -> list[Outside]:
    """Indices for which the person's own questionnaire says nothing. `own`: (response, teacher)."""
    answered = await _answered(context, own)
    found: dict[tuple[int, str], Outside] = {}
    async for one in _indices(context):
        if one.area not in answered[one.teacher_id]:
            found[one.teacher_id, one.area] = one
    return list(found.values())


async def _answered(context: Context, own: Select[int, int]) -> defaultdict[int, set[str]]:
    """Areas of the own questionnaire, of people who have an outside diagnosis, too."""
    sent = own.subquery()
    rows = await context.session.execute(
        select(sent.c.teacher_id, ScaleResult.scale)
        .join(ScaleResult, ScaleResult.response_id == sent.c.id)
        .where(sent.c.teacher_id.in_(taken_outside(context)))
        .distinct()
    )
    areas: defaultdict[int, set[str]] = defaultdict(set)
    for teacher_id, area in rows:
        areas[teacher_id].add(area)
    return areas


async def _indices(context: Context) -> AsyncIterator[Outside]:
    """The earlier ones first."""
    rows = await context.session.stream(
        select(Diagnosis.teacher_id, Teacher.organisation_id, Teacher.position_id, Diagnosis.areas)
        .join(Teacher, Teacher.id == Diagnosis.teacher_id)
        .where(_taken(context), context.staff())
        .order_by(Diagnosis.taken_on, Diagnosis.id)
        .execution_options(yield_per=PART)
    )
    async for teacher_id, organisation_id, position_id, areas in rows:
        for area, index in areas.items():
            yield Outside(teacher_id, organisation_id, position_id, area, float(index))


def _taken(context: Context) -> ColumnElement[bool]:
    """Condition on Diagnosis: of a source that counts, within the period."""
    period: tuple[date, date] = (context.period.start, context.period.end)
    return and_(Diagnosis.source.in_(list(sources(context))), Diagnosis.taken_on.between(*period))
