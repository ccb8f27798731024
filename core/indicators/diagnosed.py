"""D1: who passed the diagnosis of professional deficits."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

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
    staff_counts,
    submitted,
    sums,
)
from core.indicators.model import (
    Breakdown,
    BreakdownRow,
    IndicatorGroup,
    Measure,
    OutsideEvidence,
    Passport,
    PeriodKind,
    Unit,
)
from core.indicators.outside import outside_evidence, who_passed
from core.indicators.rules import no_data, share
from core.indicators.words import BREAKDOWNS
from storage.models import Subject, Teacher, TeacherSubject

PASSPORT = Passport(
    code="D1",
    group=IndicatorGroup.DIAGNOSTICS,
    title="Доля педагогов, прошедших диагностику профессиональных дефицитов",
    formula="прошли диагностику ÷ все педагоги × 100 %",
    numerator=(
        "Педагоги, которые за период отправили анкету о дефицитах или прошли внешнюю диагностику из тех, что "
        "муниципалитет засчитывает. Каждый считается один раз, сколько бы раз ни прошёл. Начатая и не отправленная "
        "анкета не считается."
    ),
    denominator=STAFF,
    unit=Unit.PERCENT,
    breakdowns=("subject", "organisation", "position"),
    period=PeriodKind.YEAR,
    due="раз в год, срок назначает муниципалитет",
    source=SOURCE,
    document="Верхнекамский МО, Зима, ГО ЗАТО Свободный",
)


async def compute(context: Context) -> Values:
    """Without a survey in the period the value is None."""
    found = await deficit_waves(context)
    proof, outside = await evidence(context, found), await outside_evidence(context)
    lacks = missing(context, found, outside)
    if not is_counted(context, found, outside):
        return Values(no_data(context.as_of, *lacks), evidence=proof, missing=lacks)
    counts = await staff_counts(context, outside)
    whole = share(sum(one.passed for one in counts), sum(one.staff for one in counts), context.as_of, lacks)
    if context.brief:
        return Values(whole, evidence=proof, outside=outside, missing=lacks)
    breakdowns = (
        await _by_subject(context, outside),
        await _by_organisation(context, counts),
        await _by_position(context, counts),
    )
    return Values(whole, breakdowns=breakdowns, evidence=proof, outside=outside, missing=lacks)


async def _by_subject(context: Context, outside: Sequence[OutsideEvidence]) -> Breakdown:
    """A teacher of two subjects stands in both rows, so rows do not add up to the whole."""
    sent = who_passed(context, submitted(context), outside).subquery()
    people = (
        select(Subject.id, func.count(Teacher.id.distinct()))
        .join(TeacherSubject, TeacherSubject.subject_id == Subject.id)
        .join(Teacher, Teacher.id == TeacherSubject.teacher_id)
        .where(context.staff())
        .group_by(Subject.id)
    )
    staff = {subject: int(number) for subject, number in await context.session.execute(people)}
    passed = await context.session.execute(people.join(sent, sent.c.teacher_id == Teacher.id))
    done = {subject: int(number) for subject, number in passed}
    subjects = await context.session.scalars(select(Subject).order_by(Subject.id))
    found = tuple(
        BreakdownRow(one.code, one.title, _share(context, (staff[one.id], done.get(one.id, 0))))
        for one in subjects
        if one.id in staff
    )
    note = "Кто ведёт несколько предметов, входит в несколько строк; здесь только те, у кого предмет указан в реестре."
    return Breakdown("subject", BREAKDOWNS["subject"], found, note)


async def _by_organisation(context: Context, counts: Iterable[StaffCount]) -> Breakdown:
    found = sums((one.organisation, one.staff, one.passed) for one in counts)
    rows = tuple(
        BreakdownRow(str(identity), name, _share(context, found[identity]))
        for identity, (name, _) in (await organisation_names(context)).items()
        if identity in found
    )
    return Breakdown("organisation", BREAKDOWNS["organisation"], rows)


async def _by_position(context: Context, counts: Iterable[StaffCount]) -> Breakdown:
    found = sums((one.position, one.staff, one.passed) for one in counts)
    rows = tuple(
        BreakdownRow(str(identity), title, _share(context, found[identity]))
        for identity, title in (await position_titles(context)).items()
        if identity in found
    )
    return Breakdown("position", BREAKDOWNS["position"], rows)


def _share(context: Context, pair: tuple[int, int]) -> Measure:
    staff, passed = pair
    return share(passed, staff, context.as_of)
