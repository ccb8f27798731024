"""Who of the audience is walked through question by question, and what everybody else would have answered. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from core.rehearsal.habits import Explorer, Person
from core.rehearsal.model import Asked, Plan, Walk
from core.rehearsal.walking import walk
from core.surveys.model import NOW, Respondent, SurveyDefinition

PEOPLE = 200
"""Most who are walked through; more would say nothing new of minutes."""
EXPLORERS = 120
"""Walks beside these that look for what is reached rarely."""
FEWEST = 12
EFFORT = 1_000_000
"""Names of questions that all walks together may look at: some seconds for any survey."""


@dataclass(frozen=True, slots=True)
class Crowd:
    people: tuple[tuple[Asked, Walk], ...]
    explorers: tuple[Walk, ...]
    everybody: tuple[Walk, ...]
    """One for each questionnaire of the plan, in its order."""

    @property
    def walks(self) -> tuple[Walk, ...]:
        return (*(one for _, one in self.people), *self.explorers)


def questionnaires(plan: Plan) -> tuple[Asked, ...]:
    """For an organisation one, whoever of its coordinators fills it in."""
    if plan.definition.respondent is not Respondent.ORGANISATION:
        return plan.asked
    first: dict[int, Asked] = {}
    for one in plan.asked:
        first.setdefault(one.key[1], one)
    return tuple(first.values())


def crowd(plan: Plan, asked: Sequence[Asked]) -> Crowd:
    room = _room(plan.definition)
    varied = _varied(plan.definition, asked)
    chosen = varied[: min(PEOPLE, room)]
    people = tuple((one, _as_person(plan, one)) for one in chosen)
    taken: Counter[tuple[int, int]] = Counter()
    explorers = tuple(
        walk(plan.definition, varied[number % len(varied)].facts, Explorer(_dice(plan, f"explorer {number}"), taken))
        for number in range(min(EXPLORERS, room) if varied else 0)
    )
    return Crowd(people, explorers, _everybody(plan, asked, people))


def _room(definition: SurveyDefinition) -> int:
    names = max(1, len(definition.order))
    return max(FEWEST, EFFORT // (names * names))


def _varied(definition: SurveyDefinition, asked: Sequence[Asked]) -> list[Asked]:
    """Everybody, such that each kind of respondent comes up as early as it can."""
    turns: Counter[tuple[str, ...]] = Counter()
    order = []
    for place, one in enumerate(asked):
        kind = _kind(definition, one)
        order.append((turns[kind], place))
        turns[kind] += 1
    return [asked[place] for _, place in sorted(order)]


def _kind(definition: SurveyDefinition, one: Asked) -> tuple[str, ...]:
    """Only what the survey speaks of makes a difference."""
    return tuple(one.facts.get(name, "") for name in sorted(definition.named) if name != NOW)


def _as_person(plan: Plan, one: Asked) -> Walk:
    return walk(plan.definition, one.facts, Person(_dice(plan, str(one.key)), plan.definition))


def _dice(plan: Plan, who: str) -> Random:
    # A text as the seed is hashed by Python itself, the same in every process.
    return Random(f"{plan.seed} {who}")  # noqa: S311 - made-up answers, no secret


def _everybody(plan: Plan, asked: Sequence[Asked], people: Iterable[tuple[Asked, Walk]]) -> tuple[Walk, ...]:
    """Who was not walked through answers as somebody for whom the survey looks the same."""
    own = {one.key: found for one, found in people}
    alike: defaultdict[tuple[str, ...], list[Walk]] = defaultdict(list)
    for one, found in people:
        alike[_kind(plan.definition, one)].append(found)
    walks = list(own.values())
    dice = _dice(plan, "everybody")
    return tuple(
        own[one.key] if one.key in own else dice.choice(alike.get(_kind(plan.definition, one)) or walks)
        for one in asked
    )
