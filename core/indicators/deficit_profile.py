"""D3: how deep the deficits are in each competence area, and which statements ask for help most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union

from core.disclosure import disclose_bands
from core.indicators.context import Context, Values
from core.indicators.coverage import evidence
from core.indicators.deficit_answers import SOURCE, deficit_waves, latest, scales_of
from core.indicators.model import (
    BandCount,
    Deficit,
    IndicatorGroup,
    Measure,
    OutsideEvidence,
    Part,
    Passport,
    PeriodKind,
    Unit,
)
from core.indicators.outside import Outside, beside_own, outside_evidence, taken_outside
from core.indicators.rules import no_data
from core.profiles.rules import smallest_group
from core.surveys.drafts import definition_of
from core.surveys.model import Scale, SurveyDefinition
from core.surveys.scoring import band_of, item_points
from storage.models import Answer, Response, ScaleResult, SurveyVersion, Teacher

PASSPORT = Passport(
    code="D3",
    group=IndicatorGroup.DIAGNOSTICS,
    title="Профиль профессиональных дефицитов",
    formula="среднее индексов дефицита по направлению; индекс = средний балл ответов ÷ 3 × 100",
    numerator=(
        "Индексы педагогов, которые за период отправили анкету и ответили хотя бы на половину вопросов направления. "
        "Если анкет несколько, берётся последняя. Кто по направлению не ответил, но прошёл внешнюю диагностику из тех, "
        "что муниципалитет засчитывает, входит с её индексом."
    ),
    denominator=(
        "Все, кто за период отправил анкету или прошёл внешнюю диагностику. "
        "Частые дефициты — утверждения с самой высокой средней потребностью "
        "в помощи; учитываются те, на которые ответили не меньше пяти человек."
    ),
    unit=Unit.POINTS,
    breakdowns=(),
    period=PeriodKind.YEAR,
    due="раз в год, срок назначает муниципалитет",
    source=SOURCE,
    document="Верхнекамский МО, Мосальский район, ГО ЗАТО Свободный",
    lower_is_better=True,
)

MOST = 10
LEAST_PEOPLE = 5
_NO_SURVEY = "За этот период никто ещё не отправил анкету о дефицитах."
_TOO_FEW = "Анкет пока мало, чтобы показать средние и никого не выдать."


@dataclass(slots=True)
class _Level:
    people: int = 0
    total: float = 0.0
    bands: dict[str | None, int] | None = None


async def compute(context: Context) -> Values:
    """A coordinator sees an area only when at least k colleagues answered it, without small levels."""
    found = await deficit_waves(context)
    proof = await evidence(context, found)
    areas = await scales_of(context, found)
    outside = await outside_evidence(context)
    levels = await _levels(context)
    if outside:
        _add_outside(levels, {area.name: area for area in areas}, await beside_own(context, latest(context)))
    sent = await _people(context, outside)
    parts = tuple(_part(context, area, levels.get(area.name, _Level()), sent) for area in areas)
    lacks = () if sent else (_NO_SURVEY,)
    if context.brief or sent < _least(context):
        return Values(parts=parts, evidence=proof, outside=outside, missing=lacks)
    deficits = await _deficits(context)
    return Values(parts=parts, deficits=deficits, evidence=proof, outside=outside, missing=lacks)


def _least(context: Context) -> int:
    """How many people a mean needs here: one is enough for a methodist, who sees named answers anyway."""
    return 1 if context.manages else smallest_group(context.settings, "deficits", 0)


async def _people(context: Context, outside: Sequence[OutsideEvidence]) -> int:
    """Who said anything; the profile takes questionnaires also where they are no official diagnosis."""
    own = latest(context).subquery()
    ids = select(own.c.teacher_id)
    sent = (union(ids, taken_outside(context)) if outside else ids).subquery()
    chosen = (
        select(func.count(Teacher.id.distinct())).join(sent, sent.c.teacher_id == Teacher.id).where(context.staff())
    )
    return (await context.session.execute(chosen)).scalar_one()


async def _levels(context: Context) -> dict[str, _Level]:
    sent = latest(context).subquery()
    rows = await context.session.execute(
        select(ScaleResult.scale, ScaleResult.band, func.count(), func.sum(ScaleResult.value))
        .join(sent, sent.c.id == ScaleResult.response_id)
        .join(Teacher, Teacher.id == sent.c.teacher_id)
        .where(context.staff())
        .group_by(ScaleResult.scale, ScaleResult.band)
    )
    found: defaultdict[str, _Level] = defaultdict(_Level)
    for scale, band, people, total in rows:
        level = found[scale]
        level.people += people
        level.total += total
        level.bands = {**(level.bands or {}), band: people}
    return dict(found)


def _add_outside(levels: dict[str, _Level], areas: Mapping[str, Scale], found: Iterable[Outside]) -> None:
    for one in found:
        if (area := areas.get(one.area)) is None:
            continue
        level, band = levels.setdefault(one.area, _Level()), band_of(area, one.index)
        code = band.code if band else None
        level.people += 1
        level.total += one.index
        level.bands = {**(level.bands or {}), code: (level.bands or {}).get(code, 0) + 1}


def _part(context: Context, area: Scale, level: _Level, sent: int) -> Part:
    if level.people < _least(context):
        return Part(area.name, area.title, no_data(context.as_of, _TOO_FEW if level.people else _NO_SURVEY))
    value = level.total / level.people
    band = band_of(area, value)
    return Part(
        area.name,
        area.title,
        Measure(level.people, sent, value, context.as_of),
        band=band.title if band else None,
        bands=_bands(context, area, level),
    )


def _bands(context: Context, area: Scale, level: _Level) -> tuple[BandCount, ...]:
    counts = {band.code: (level.bands or {}).get(band.code, 0) for band in area.bands}
    titles = {band.code: band.title for band in area.bands}
    if context.manages:
        return tuple(
            BandCount(code, titles[code], people, people / level.people * 100) for code, people in counts.items()
        )
    shares = disclose_bands(counts, 0, _least(context))
    return tuple(BandCount(code, titles[code], None, share) for code, share in shares.items())


async def _deficits(context: Context) -> tuple[Deficit, ...]:
    sent = latest(context).subquery()
    rows = await context.session.execute(
        select(Response.survey_version_id, Answer.question, Answer.number, func.count())
        .join(Response, Response.id == Answer.response_id)
        .join(sent, sent.c.id == Response.id)
        .join(Teacher, Teacher.id == sent.c.teacher_id)
        .where(Answer.item == 0, Answer.number.is_not(None), context.staff())
        .group_by(Response.survey_version_id, Answer.question, Answer.number)
    )
    counts: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for version_id, question, number, people in rows:
        counts[version_id].append((question, int(number or 0), people))
    versions = await context.session.scalars(
        select(SurveyVersion).where(SurveyVersion.id.in_(counts)).order_by(SurveyVersion.published_at)
    )
    sums: dict[str, Deficit] = {}
    for version in versions:
        _add(sums, definition_of(version), counts[version.id])
    least = max(LEAST_PEOPLE, _least(context))
    ranked = sorted((one for one in sums.values() if one.people >= least), key=lambda one: (-one.value, one.name))
    return tuple(ranked[:MOST])


def _add(sums: dict[str, Deficit], definition: SurveyDefinition, counts: Iterable[tuple[int, int, int]]) -> None:
    """Merges by name of statement, so that a new version goes on with the same statement; its wording is the newest."""
    scales = {definition.by_name(item).number: scale for scale in definition.scales for item in scale.items}
    for number, choice, people in counts:
        if (scale := scales.get(number)) is None:
            continue
        question = definition.question(number)
        points = item_points(definition, scale, question.name, choice) / max(scale.points.values()) * 100
        before = sums.get(question.name, Deficit(question.name, question.label, scale.title, 0.0, 0))
        together = before.people + people
        mean = (before.value * before.people + points * people) / together
        sums[question.name] = Deficit(question.name, question.label, scale.title, mean, together)
