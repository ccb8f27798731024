"""B2: how burdened people feel, by scale. Reads only frozen releases, which went through core.disclosure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.campaigns.model import CLUSTERS, CampaignState
from core.clock import local_date
from core.indicators.burnout_coverage import SOURCE, SURVEY
from core.indicators.context import Context, Values, Wave, organisation_names, waves
from core.indicators.coverage import evidence
from core.indicators.model import (
    BandCount,
    Breakdown,
    BreakdownRow,
    IndicatorGroup,
    Measure,
    Part,
    Passport,
    PeriodKind,
    Unit,
)
from core.indicators.rules import no_data
from core.indicators.words import BREAKDOWNS, EXPERIENCE, KINDS
from core.people.model import Experience, OrganisationKind
from core.releases.model import ALL, Cell, Cut, band_measure, scale_measure
from core.releases.queries import released
from core.surveys.model import NO, YES, Scale
from core.surveys.scoring import band_of
from core.surveys.situation import Situation
from storage.models import Campaign

PASSPORT = Passport(
    code="B2",
    group=IndicatorGroup.WELLBEING,
    title="Уровень профессионального выгорания по шкалам",
    formula="среднее шкалы от 0 до 100 (Копенгагенский опросник выгорания, CBI)",
    numerator=(
        "Ответы тех, кто отправил анкету и ответил хотя бы на половину вопросов шкалы. Чем больше число, тем "
        "чаще люди чувствуют усталость."
    ),
    denominator=(
        "Все анкеты группы. Итоги появляются один раз, когда волна закрыта; группы, по которым можно было бы "
        "узнать ответы немногих людей, не показываются."
    ),
    unit=Unit.POINTS,
    breakdowns=("kind", "experience", "cluster", "wave"),
    period=PeriodKind.YEAR,
    due="раз в год, срок назначает муниципалитет",
    source=SOURCE,
    document="Верхнекамский МО",
    lower_is_better=True,
)

_NO_RELEASE = "Итогов за этот период нет: они появляются, когда волна закрыта."
_WITHHELD = "Данных нет или их слишком мало, чтобы показать и никого не выдать."
_NOTE = "Показаны только группы, по которым нельзя узнать ответы немногих людей."

_Groups = Mapping[tuple[Cut, str], Mapping[str, Cell]]
"""Published figures by group, then by measure."""


async def compute(context: Context) -> Values:
    """The last wave that opened in the period and is closed; a part's `previous` is the wave before it."""
    closed = await _closed(context)
    start, end = context.moments
    own = [wave for wave in closed if wave.campaign.opened_at and start <= wave.campaign.opened_at < end]
    if not own:
        return Values(missing=(_NO_RELEASE,))
    last = own[-1]
    groups = await _groups(context, last)
    before = closed[: closed.index(last)]
    earlier = await _groups(context, before[-1]) if before else {}
    scales = _scales(last, groups)
    parts = tuple(_part(context, scale, last, groups, before[-1] if before else None, earlier) for scale in scales)
    proof = await evidence(context, own)
    if context.brief:
        return Values(parts=parts, evidence=proof)
    return Values(parts=parts, breakdowns=await _breakdowns(context, scales, last, groups, closed), evidence=proof)


async def _closed(context: Context) -> list[Wave]:
    return await waves(context, SURVEY, Campaign.state == CampaignState.CLOSED, Campaign.opened_at < context.moments[1])


async def _groups(context: Context, wave: Wave) -> _Groups:
    found: defaultdict[tuple[Cut, str], dict[str, Cell]] = defaultdict(dict)
    for cell in await released(context.session, wave.campaign.id):
        found[cell.cut, cell.group][cell.measure] = cell
    return found


def _scales(wave: Wave, groups: _Groups) -> list[Scale]:
    """Scales that the wave asked about; one that was switched off is left out."""
    options = wave.definition.options
    facts = {one.fact.name: YES if wave.campaign.options.get(one.name, one.default) else NO for one in options}
    situation = Situation(wave.definition, {}, facts)
    published = groups.get((Cut.MUNICIPALITY, ALL), {})
    return [
        scale
        for scale in wave.definition.scales
        if scale_measure(scale.name) in published or any(situation.is_relevant(item) for item in scale.items)
    ]


def _own_group(context: Context, wave: Wave) -> tuple[Cut, str] | None:
    """The scope's group: everybody, or the organisation when it is a cluster by itself."""
    if context.organisation_id is None:
        return Cut.MUNICIPALITY, ALL
    clusters = wave.campaign.options.get(CLUSTERS, {})
    alone = (code for code, members in clusters.items() if members == [context.organisation_id])
    return next(((Cut.CLUSTER, code) for code in alone), None)


def _measure(context: Context, wave: Wave, cells: Mapping[str, Cell], scale: str) -> Measure:
    day = local_date(wave.campaign.closed_at, context.timezone) if wave.campaign.closed_at else context.as_of
    cell = cells.get(scale_measure(scale))
    return no_data(day, _WITHHELD) if cell is None else Measure(None, cell.n, cell.value, day)


def _cells(context: Context, wave: Wave, groups: _Groups) -> Mapping[str, Cell]:
    group = _own_group(context, wave)
    return {} if group is None else groups.get(group, {})


def _part(context: Context, scale: Scale, wave: Wave, groups: _Groups, before: Wave | None, earlier: _Groups) -> Part:
    cells = _cells(context, wave, groups)
    measure = _measure(context, wave, cells, scale.name)
    band = None if measure.value is None else band_of(scale, measure.value)
    shares = [(one, cells.get(band_measure(scale.name, one.code))) for one in scale.bands]
    return Part(
        scale.name,
        scale.title,
        measure,
        previous=None if before is None else _measure(context, before, _cells(context, before, earlier), scale.name),
        band=band.title if band else None,
        bands=tuple(BandCount(one.code, one.title, None, cell.value) for one, cell in shares if cell),
    )


async def _breakdowns(
    context: Context, scales: Iterable[Scale], wave: Wave, groups: _Groups, closed: list[Wave]
) -> tuple[Breakdown, ...]:
    """Only groups that were published; which ones are missing, and why, is not told."""
    if context.organisation_id is not None:
        return (await _by_wave(context, scales, closed),)
    titles: dict[Cut, dict[str, str]] = {
        Cut.KIND: {kind.value: KINDS[kind] for kind in OrganisationKind},
        Cut.EXPERIENCE: {band.value: EXPERIENCE[band] for band in Experience},
        Cut.CLUSTER: await _cluster_titles(context, wave),
    }
    found = []
    for cut, names in titles.items():
        if cut is Cut.CLUSTER and not context.manages:
            continue
        rows = tuple(
            _row(context, wave, scales, group, title, groups[cut, group])
            for group, title in names.items()
            if (cut, group) in groups
        )
        found.append(Breakdown(cut.value, BREAKDOWNS[cut.value], rows, _NOTE))
    return (*found, await _by_wave(context, scales, closed))


async def _cluster_titles(context: Context, wave: Wave) -> dict[str, str]:
    names = await organisation_names(context)
    clusters: dict[str, list[int]] = wave.campaign.options.get(CLUSTERS, {})
    return {code: ", ".join(names[one][0] for one in members if one in names) for code, members in clusters.items()}


async def _by_wave(context: Context, scales: Iterable[Scale], closed: list[Wave]) -> Breakdown:
    rows = []
    for wave in closed:
        cells = _cells(context, wave, await _groups(context, wave))
        rows.append(_row(context, wave, scales, str(wave.campaign.id), wave.campaign.title, cells))
    return Breakdown("wave", BREAKDOWNS["wave"], tuple(rows))


def _row(
    context: Context, wave: Wave, scales: Iterable[Scale], key: str, title: str, cells: Mapping[str, Cell]
) -> BreakdownRow:
    return BreakdownRow(
        key, title, None, tuple((scale.name, _measure(context, wave, cells, scale.name)) for scale in scales)
    )
