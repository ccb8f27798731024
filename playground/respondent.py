"""One made-up teacher with habits of their own, the same in all surveys."""

from collections.abc import Iterator, Sequence
from random import Random

from core.rehearsal.habits import Person
from core.surveys.model import Choice, Question, Scale, SurveyDefinition, Value
from core.surveys.situation import Situation
from playground.people.traits import Traits

FOLLOWS = {"rates_planned": ("staff_total", 1.0, 1.25), "rates_filled": ("rates_planned", 0.85, 1.0)}
"""Figures of the self-review that follow from another one: its name, and between how many times of it they lie."""
FEW = ("vacant_", "loaded_")
"""Beginnings of names that count people of one position in one organisation."""


class Respondent(Person):
    def __init__(self, traits: Traits, rng: Random, definition: SurveyDefinition) -> None:
        super().__init__(rng, definition)
        self._traits = traits

    def skips(self, question: Question) -> bool:
        return super().skips(question) if question.is_text else self._traits.skips_question(self.rng)

    def order(self, question: Question, offered: Sequence[Choice]) -> list[Choice]:
        """By the level behind the scale where the person has one."""
        scale = self.scale_of(question)
        if scale is None or self.definition.code not in {"burnout", "deficits"}:
            return super().order(question, offered)
        points = self._points(scale, question)
        return sorted(offered, key=lambda one: abs(scale.points[one.name] - points))

    def numbers(self, situation: Situation, question: Question) -> Iterator[Value]:
        """Such as a made-up organisation would have; the upper end is met often, as with posts that are all filled."""
        if question.name.startswith(FEW):
            yield self.rng.choice((1, 1, 1, 2))
        if question.name in FOLLOWS:
            name, low, high = FOLLOWS[question.name]
            yield round(float(situation.text(name) or 0) * min(high, self.rng.uniform(low, high + 0.1)), 2)
        yield from super().numbers(situation, question)

    def _points(self, scale: Scale, question: Question) -> float:
        if self.definition.code == "burnout":
            return 25.0 * self._traits.burnout_answer(self.rng, reverse=question.name in scale.reversed)
        return float(self._traits.deficit_answer(scale.name, self.rng))
