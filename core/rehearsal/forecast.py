"""Ballots that made-up answers would cast, and what the disclosure rule would let out of them. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from core.disclosure import Place
from core.people.model import Experience, OrganisationKind
from core.rehearsal.model import RATES, Asked, GroupForecast, Plan, Walk
from core.releases.earlier import Key
from core.releases.model import ALL, Ballot, BallotCuts, Cut, Release
from core.releases.rules import AudienceSize, make_clusters, organisations_of
from core.releases.tally import tally
from core.surveys.model import QuestionType, SurveyDefinition

MANY = 1_500
"""Ballots above which the groups are worked out by the scales alone: the rest takes seconds and changes little."""

Group = tuple[Cut, str]


def clusters(asked: Sequence[Asked], k: int) -> dict[str, tuple[int, ...]]:
    """As they would be made at the opening."""
    people = {(one.key[0], one.organisation_id): one.kind for one in asked}
    sizes = Counter((organisation, kind) for (_, organisation), kind in people.items())
    return make_clusters((AudienceSize(place, kind, many) for (place, kind), many in sizes.items()), k)


def ballots(plan: Plan, asked: Sequence[Asked], walks: Sequence[Walk]) -> dict[Key, Ballot]:
    """By whose they are; who got stuck casts none."""
    of = organisations_of(clusters(asked, plan.k))
    return {
        one.key: Ballot(
            BallotCuts(one.kind, one.experience, of.get(one.organisation_id, "")),
            {plan.definition.question(number).name: value for number, value in found.answers.items()},
            found.scales,
        )
        for one, found in zip(asked, walks, strict=True)
        if not found.stuck
    }


def answered(plan: Plan, cast: Mapping[Key, Ballot], rate: int) -> dict[Key, Ballot]:
    """Of so many per cent, drawn by lot; whoever answers at a low rate does so at a higher one, too."""
    order = sorted(cast)
    Random(f"{plan.seed} who answers").shuffle(order)  # noqa: S311 - made-up answers, no secret
    return {key: cast[key] for key in order[: round(len(order) * rate / 100)]}


def protected(plan: Plan, cast: Mapping[Key, Ballot], definition: SurveyDefinition | None = None) -> Release:
    """What core.releases.making would publish of these ballots, earlier waves considered."""
    # One person with several ballots: as in core.releases.making.
    k = plan.k * max(Counter(person for person, _ in cast).values(), default=1)
    places = {key: Place(one.cuts.kind, one.cuts.cluster, one.cuts.experience) for key, one in cast.items()}
    waves = [one.beside(places) for one in plan.earlier]
    return tally(list(cast.values()), k, definition or plan.definition, waves)


def groups(plan: Plan, asked: Sequence[Asked], cast: Mapping[Key, Ballot]) -> tuple[GroupForecast, ...]:
    """Every group that somebody is asked in, by cut."""
    definition = _short(plan.definition) if len(cast) > MANY else plan.definition
    shown: dict[int, dict[Group, int]] = {}
    for rate in RATES:
        release = protected(plan, answered(plan, cast, rate), definition)
        shown[rate] = {(cell.cut, cell.group): cell.n for cell in release.cells}
    sizes = _sizes(plan, asked)
    return tuple(
        GroupForecast(cut, name, many, {rate: shown[rate].get((cut, name)) for rate in RATES})
        for (cut, name), many in sorted(sizes.items(), key=_order)
    )


def _sizes(plan: Plan, asked: Sequence[Asked]) -> Counter[Group]:
    of = organisations_of(clusters(asked, plan.k))
    sizes: Counter[Group] = Counter()
    for one in asked:
        cluster = [(Cut.CLUSTER, of[one.organisation_id])] if one.organisation_id in of else []
        sizes.update([(Cut.MUNICIPALITY, ALL), (Cut.KIND, one.kind), (Cut.EXPERIENCE, one.experience), *cluster])
    return sizes


def _order(group: tuple[Group, int]) -> tuple[int, int, str]:
    """Kinds of organisations and bands of experience as they are always listed, clusters by name."""
    (cut, name), _ = group
    listed: dict[Cut, list[str]] = {Cut.KIND: list(OrganisationKind), Cut.EXPERIENCE: list(Experience)}
    return list(Cut).index(cut), listed[cut].index(name) if cut in listed else 0, name


def _short(definition: SurveyDefinition) -> SurveyDefinition:
    """Scales with their items, without the other questions."""
    items = {item for scale in definition.scales for item in scale.items}
    if not items:
        return definition
    # The others stay as notes, so that numbers and conditions keep their meaning.
    silent = (one if one.name in items else replace(one, type=QuestionType.NOTE) for one in definition.questions)
    return replace(definition, questions=tuple(silent))
