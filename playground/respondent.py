"""One made-up teacher with habits of their own, the same in all surveys."""

from collections.abc import Sequence
from random import Random

from core.rehearsal.habits import Person
from core.surveys.model import Choice, Question, Scale, SurveyDefinition
from playground.people.traits import Traits


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

    def _points(self, scale: Scale, question: Question) -> float:
        if self.definition.code == "burnout":
            return 25.0 * self._traits.burnout_answer(self.rng, reverse=question.name in scale.reversed)
        return float(self._traits.deficit_answer(scale.name, self.rng))
