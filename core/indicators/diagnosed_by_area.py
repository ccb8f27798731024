"""D2: who passed the diagnosis in each competence area."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, func, select

from core.indicators.context import Context, Values, organisation_names
from core.indicators.coverage import evidence
from core.indicators.deficit_answers import (
    SOURCE,
    STAFF,
    StaffCount,
    deficit_waves,
    is_counted,
    missing,
    position_titles,
    scales_of,
    staff_counts,
    submitted,
    sums,
)
from core.indicators.model import (
    Breakdown,
    BreakdownRow,
    IndicatorGroup,
    OutsideEvidence,
    Part,
    Passport,
    PeriodKind,
    Unit,
)
from core.indicators.outside import beside_own, outside_evidence
from core.indicators.rules import no_data, share
from core.indicators.words import BREAKDOWNS
from core.profiles.rules import self_assessment_counts
from core.surveys.model import Scale
from storage.models import ScaleResult, Teacher

PASSPORT = Passport(
    code="D2",
    group=IndicatorGroup.DIAGNOSTICS,
    title="Диагностика по направлениям компетенций: число и доля педагогов",
    formula="прошли диагностику по направлению ÷ все педагоги × 100 %",
    numerator=(
        "Педагоги, которые за период отправили анкету и ответили хотя бы на половину вопросов направления или прошли "
        "по нему внешнюю диагностику из тех, что муниципалитет засчитывает. Каждый считается один раз. "
        "О направлении «Управление» спрашивают руководителей и тех, кто хочет ими стать."
    ),
    denominator=STAFF,
    unit=Unit.PERCENT,
    breakdowns=("organisation", "position"),
    period=PeriodKind.YEAR,
    due="раз в год, июнь (ГО ЗАТО Свободный)",
    source=SOURCE,
    document="ГО ЗАТО Свободный",
)


_People = Mapping[str, Mapping[tuple[int, int], int]]
"""People by area, then by organisation and position."""


async def compute(context: Context) -> Values:
    """Every area has its own number and share; there is no value of the whole (that is D1)."""
    found = await deficit_waves(context)
    proof, outside = await evidence(context, found), await outside_evidence(context)
    lacks = missing(context, found, outside)
    areas = await scales_of(context, found)
    if not is_counted(context, found, outside):
        nothing = no_data(context.as_of, *lacks)
        return Values(
            parts=tuple(Part(area.name, area.title, nothing) for area in areas), evidence=proof, missing=lacks
        )
    counts = await staff_counts(context)
    passed = await _passed_by_area(context, outside)
    staff = sum(one.staff for one in counts)
    parts = tuple(
        Part(area.name, area.title, share(sum(passed[area.name].values()), staff, context.as_of, lacks))
        for area in areas
    )
    if context.brief:
        return Values(parts=parts, evidence=proof, outside=outside, missing=lacks)
    organisations = {identity: name for identity, (name, _) in (await organisation_names(context)).items()}
    areas_by = _Areas(areas, counts, passed)
    breakdowns = (
        _breakdown(context, "organisation", organisations, areas_by),
        _breakdown(context, "position", await position_titles(context), areas_by),
    )
    return Values(parts=parts, breakdowns=breakdowns, evidence=proof, outside=outside, missing=lacks)


@dataclass(frozen=True, slots=True)
class _Areas:
    areas: Iterable[Scale]
    counts: Iterable[StaffCount]
    passed: _People


async def _passed_by_area(context: Context, outside: Sequence[OutsideEvidence]) -> _People:
    """Counted by the database, and whoever has only an outside diagnosis is added."""
    own = submitted(context) if self_assessment_counts(context.settings) else submitted(context).where(false())
    result = await _answered_by_area(context, own)
    for one in await beside_own(context, own) if outside else ():
        place = (one.organisation_id, one.position_id)
        result[one.area][place] = result[one.area].get(place, 0) + 1
    return result


async def _answered_by_area(context: Context, own: Select[int, int]) -> defaultdict[str, dict[tuple[int, int], int]]:
    sent = own.subquery()
    rows = await context.session.execute(
        select(
            ScaleResult.scale,
            Teacher.organisation_id,
            Teacher.position_id,
            func.count(Teacher.id.distinct()),
        )
        .join(sent, sent.c.id == ScaleResult.response_id)
        .join(Teacher, Teacher.id == sent.c.teacher_id)
        .where(context.staff())
        .group_by(ScaleResult.scale, Teacher.organisation_id, Teacher.position_id)
    )
    result: defaultdict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for scale, organisation, position, people in rows:
        result[scale][organisation, position] = people
    return result


def _breakdown(context: Context, code: str, titles: Mapping[int, str], found: _Areas) -> Breakdown:
    column = ("organisation", "position").index(code)
    staff = sums(((one.organisation, one.position)[column], one.staff, 0) for one in found.counts)
    done = {
        area.name: sums((place[column], people, 0) for place, people in found.passed[area.name].items())
        for area in found.areas
    }
    rows = []
    for identity, title in titles.items():
        if identity in staff:
            people = staff[identity][0]
            parts = [(area, share(of.get(identity, (0, 0))[0], people, context.as_of)) for area, of in done.items()]
            rows.append(BreakdownRow(str(identity), title, None, tuple(parts)))
    return Breakdown(code, BREAKDOWNS[code], tuple(rows))
