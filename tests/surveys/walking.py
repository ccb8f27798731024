"""People who answer a survey at random, but as the chat lets them: only what is shown, offered and accepted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from random import Random

from core.surveys.model import NOW, Answers, Facts, Question, QuestionType, SurveyDefinition, Value
from core.surveys.rules import InvalidAnswer, check_answer, check_skip, step_after
from core.surveys.situation import Situation

from .samples import catalogue

TODAY = "2026-03-12"
OPEN_FACTS = {"event_title": ("Семинар о чтении",), "organisation_staff": ("24",), "organisation_young": ("3",)}
"""What a fact without a closed list can be."""
WALKS = 40
"""People in all, at least; every combination of facts has as many of them."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody's way from the first screen to the summary."""

    facts: Facts
    answers: Answers
    shown: tuple[Question, ...]


@cache
def walks(name: str) -> tuple[Walk, ...]:
    """Every combination of what may be known, each fact also unknown; the same people at every call."""
    survey = catalogue(name)
    known = list(combinations(survey))
    return tuple(walk(survey, facts, Random(number)) for number, facts in enumerate(known * -(-WALKS // len(known))))


def combinations(survey: SurveyDefinition) -> Iterator[Facts]:
    facts = {name: fact for name, fact in survey.facts().items() if name in survey.named}
    values = [("", *(fact.values or OPEN_FACTS[name])) for name, fact in facts.items()]
    for chosen in product(*values):
        known = {name: value for name, value in zip(facts, chosen, strict=True) if value}
        yield {NOW: f"{TODAY}T12:00:00+03:00", **known}


def walk(survey: SurveyDefinition, facts: Facts, random: Random) -> Walk:
    answers: dict[int, Value] = {}
    shown: list[Question] = []
    number = None
    while (number := step_after(survey, answers, facts, number)) is not None:
        question = survey.question(number)
        shown.append(question)
        value = _answered(survey, question, answers, facts, random) if question.is_asked else None
        if value is not None:
            answers[number] = value
    return Walk(facts, answers, tuple(shown))


def _answered(
    survey: SurveyDefinition, question: Question, answers: Answers, facts: Facts, random: Random
) -> Value | None:
    """An answer that is accepted, or None where passing by is; fails when there is neither."""
    if random.random() < 0.15 and _accepts(partial(check_skip, survey, question, answers, facts)):
        return None
    situation = Situation(survey, answers, facts)
    suggested = situation.suggestion(question)
    if suggested is not None and random.random() < 0.5:
        return suggested
    offered = [choice.number for choice in situation.choices(question)]
    for value in _candidates(question, offered, random):
        if _accepts(partial(check_answer, survey, question, value, answers, facts)):
            return value
    raise AssertionError(f"{question.name}: nothing is accepted after {answers}")


def _accepts(check: Callable[[], None]) -> bool:
    try:
        check()
    except InvalidAnswer:
        return False
    return True


def _candidates(question: Question, offered: Sequence[int], random: Random) -> list[Value]:
    if question.choices:
        return _marks(question, random.sample(offered, len(offered)), random)
    if question.row is not None:
        return [random.choice(question.row.numbers)]
    if question.is_number:
        return [*random.sample([0, 1, 2, 3, 5, 12, 40], 7)]
    if question.type is QuestionType.DATE:
        return [*random.sample([TODAY, "2024-09-02", "2027-01-15"], 3)]
    return ["Слово"]


def _marks(question: Question, shuffled: list[int], random: Random) -> list[Value]:
    if question.type is QuestionType.RANK:
        return [tuple(shuffled)]
    if not question.is_multiple:
        return [*shuffled]
    everything = tuple(sorted(shuffled))
    some = tuple(sorted(shuffled[: random.randint(1, 3)]))
    first = everything if random.random() < 0.5 else some
    return [first, some, *((one,) for one in shuffled)]
