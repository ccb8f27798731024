"""B1: how many of those who were asked took part in the burnout survey, which is no secret; what they said is."""

from core.indicators.context import Context, Values, Wave, organisation_names, waves
from core.indicators.coverage import Rates, evidence, rates, total
from core.indicators.model import Breakdown, BreakdownRow, IndicatorGroup, Passport, PeriodKind, Unit
from core.indicators.rules import no_data, share
from core.indicators.words import BREAKDOWNS, KINDS
from core.people.model import OrganisationKind
from storage.models import Campaign

SURVEY = "burnout"
SOURCE = "анонимная анкета «Как вы себя чувствуете на работе»"

PASSPORT = Passport(
    code="B1",
    group=IndicatorGroup.WELLBEING,
    title="Охват анкетой о профессиональном выгорании",
    formula="отправили анкету ÷ приглашены × 100 %",
    numerator="Педагоги, которые отправили анкету. Известно, кто принял участие, но не кто что ответил.",
    denominator=(
        "Все, кого пригласила последняя за период волна, в том числе те, кто ещё не подключился к боту. "
        "Кто уволился до её конца и не ответил, не считается."
    ),
    unit=Unit.PERCENT,
    breakdowns=("organisation", "kind", "wave"),
    period=PeriodKind.YEAR,
    due="раз в год, срок назначает муниципалитет",
    source=SOURCE,
    document="Верхнекамский МО",
)

_NO_WAVE = "За этот период анкету о выгорании ещё не проводили."
_STILL_OPEN = "Волна ещё идёт, число растёт."
_NOBODY_ASKED = "Из этой организации никого не приглашали."


async def compute(context: Context) -> Values:
    """The last wave that opened in the period; all waves of the period stand in the breakdown."""
    found = await waves_of(context)
    if not found:
        return Values(no_data(context.as_of, _NO_WAVE), missing=(_NO_WAVE,))
    counts = await rates(context, found)
    last = found[-1].campaign
    invited, done = total(counts[last.id])
    lacks = () if last.closed_at else (_STILL_OPEN,)
    measure = share(done, invited, context.as_of, lacks) if invited else no_data(context.as_of, _NOBODY_ASKED)
    proof = await evidence(context, found)
    if context.brief:
        return Values(measure, evidence=proof, missing=lacks)
    names = await organisation_names(context)
    breakdowns = (
        _by_organisation(context, names, counts[last.id]),
        _by_kind(context, names, counts[last.id]),
        _by_wave(context, found, counts),
    )
    return Values(measure, breakdowns=breakdowns, evidence=proof, missing=lacks)


async def waves_of(context: Context) -> list[Wave]:
    """Waves that opened in the period, oldest first."""
    start, end = context.moments
    return await waves(context, SURVEY, Campaign.opened_at >= start, Campaign.opened_at < end)


_ByOrganisation = dict[int, tuple[int, int]]


def _by_organisation(context: Context, names: dict[int, tuple[str, str]], counts: _ByOrganisation) -> Breakdown:
    rows = tuple(
        BreakdownRow(str(identity), name, share(counts[identity][1], counts[identity][0], context.as_of))
        for identity, (name, _) in names.items()
        if identity in counts
    )
    return Breakdown("organisation", BREAKDOWNS["organisation"], rows)


def _by_kind(context: Context, names: dict[int, tuple[str, str]], counts: _ByOrganisation) -> Breakdown:
    rows = []
    for kind in OrganisationKind:
        invited, done = total({one: counts[one] for one, (_, its) in names.items() if its == kind and one in counts})
        if invited:
            rows.append(BreakdownRow(kind.value, KINDS[kind], share(done, invited, context.as_of)))
    return Breakdown("kind", BREAKDOWNS["kind"], tuple(rows))


def _by_wave(context: Context, found: list[Wave], counts: Rates) -> Breakdown:
    rows = []
    for wave in found:
        invited, done = total(counts[wave.campaign.id])
        rows.append(BreakdownRow(str(wave.campaign.id), wave.campaign.title, share(done, invited, context.as_of)))
    return Breakdown("wave", BREAKDOWNS["wave"], tuple(rows))
