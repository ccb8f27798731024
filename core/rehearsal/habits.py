"""How a made-up respondent answers: as people do, or on purpose in ways that nobody has tried yet. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from random import Random
from typing import Protocol

from core.rehearsal import guessing
from core.surveys.model import Choice, Question, QuestionType, Scale, SurveyDefinition, Value
from core.surveys.situation import Situation

TRIES = 60
"""Answers that are tried before a question counts as a trap."""
_NOISE = 0.2
_WRITES = 0.35
"""Share of people who write something where they need not."""
_SKIPS = 0.05


class Habits(Protocol):
    rng: Random

    def skips(self, question: Question) -> bool:
        """Passes it by when that is allowed."""
        ...

    def confirms(self) -> bool:
        """Confirms what is known, when it is offered."""
        ...

    def order(self, question: Question, offered: Sequence[Choice]) -> list[Choice]:
        """The choices, the one that is taken first at the front."""
        ...

    def marks(self, offered: int) -> int:
        """How many of so many choices are marked, where several can be; at least one."""
        ...

    def numbers(self, situation: Situation, question: Question) -> Iterator[Value]:
        """Numbers to try, the likeliest first."""
        ...

    def took(self, question: Question, value: Value) -> None:
        """An answer was accepted."""
        ...


@dataclass
class Person:
    """Has a level from 0 to 1 that shows in all scales and ordered answers."""

    rng: Random
    definition: SurveyDefinition

    def __post_init__(self) -> None:
        self._level = min(1.0, max(0.0, self.rng.gauss(0.5, 0.22)))
        self._scales = {item: scale for scale in reversed(self.definition.scales) for item in scale.items}

    def scale_of(self, question: Question) -> Scale | None:
        """The first scale that counts it."""
        return self._scales.get(question.name)

    def skips(self, question: Question) -> bool:
        return self.rng.random() < (1 - _WRITES if question.is_text else _SKIPS)

    def confirms(self) -> bool:
        return self.rng.random() < 0.95

    def order(self, question: Question, offered: Sequence[Choice]) -> list[Choice]:
        scale = self.scale_of(question)
        if scale is None and question.type is not QuestionType.LIKERT:
            return self.rng.sample(list(offered), len(offered))
        wanted = self._level + self.rng.gauss(0, _NOISE)
        return sorted(offered, key=lambda one: abs(_height(question, one, scale) - wanted))

    def marks(self, offered: int) -> int:
        return min(offered, self.rng.randint(1, 3))

    def numbers(self, situation: Situation, question: Question) -> Iterator[Value]:
        return guessing.numbers(situation, question, self.rng)

    def took(self, question: Question, value: Value) -> None:
        """People do not look back."""


def _height(question: Question, choice: Choice, scale: Scale | None) -> float:
    """Where a choice lies between the lowest (0) and the highest (1) answer."""
    if scale is None:
        return (choice.number - 1) / max(1, len(question.choices) - 1)
    low, high = min(scale.points.values()), max(scale.points.values())
    height = (scale.points[choice.name] - low) / (high - low) if high > low else 0.5
    return 1 - height if question.name in scale.reversed else height


@dataclass
class Explorer:
    """Takes what has been taken least so far; all explorers of a rehearsal share `taken`."""

    rng: Random
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)

    def skips(self, question: Question) -> bool:
        return self.rng.random() < 0.2

    def confirms(self) -> bool:
        return self.rng.random() < 0.5

    def order(self, question: Question, offered: Sequence[Choice]) -> list[Choice]:
        shuffled = self.rng.sample(list(offered), len(offered))
        return sorted(shuffled, key=lambda one: self.taken[question.number, one.number])

    def marks(self, offered: int) -> int:
        return self.rng.randint(1, offered)

    def numbers(self, situation: Situation, question: Question) -> Iterator[Value]:
        return guessing.numbers(situation, question, self.rng)

    def took(self, question: Question, value: Value) -> None:
        if question.choices:
            numbers = value if isinstance(value, tuple) else (int(value),)
            self.taken.update((question.number, number) for number in numbers)


def guesses(situation: Situation, question: Question, now: datetime, habits: Habits) -> Iterator[tuple[Value, bool]]:
    """Answers that this respondent would try, and whether it is what was known and only confirmed."""
    known = situation.suggestion(question)
    if known is not None and habits.confirms():
        yield known, True
    yield from ((value, False) for value in islice(_made_up(situation, question, now, habits), TRIES))
    if known is not None:
        yield known, True


def _made_up(situation: Situation, question: Question, now: datetime, habits: Habits) -> Iterator[Value]:
    if question.choices:
        yield from _chosen(question, habits.order(question, situation.choices(question)), habits)
    elif question.is_number:
        yield from habits.numbers(situation, question)
    elif question.is_text:
        yield from guessing.texts(habits.rng)
    else:
        yield from guessing.moments(situation, question, now, habits.rng)


def _chosen(question: Question, ordered: Sequence[Choice], habits: Habits) -> Iterator[Value]:
    found = [one.number for one in ordered]
    if question.type is QuestionType.RANK:
        yield from (tuple(habits.rng.sample(found, len(found))) for _ in range(TRIES if found else 0))
    elif not question.is_multiple:
        yield from found
    elif found:
        many = habits.marks(len(found))
        while many > 1:
            yield tuple(sorted(found[:many]))
            many -= max(1, many // 4)
        yield from ((one,) for one in found)
        yield from (tuple(sorted(found[:many])) for many in range(2, len(found) + 1))
