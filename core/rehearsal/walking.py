"""One made-up respondent goes through a survey as a person would: forwards, each answer checked. Pure."""

from datetime import datetime

from core.rehearsal.habits import Habits, guesses
from core.rehearsal.model import Walk
from core.surveys import rules, scoring
from core.surveys.estimating import seconds
from core.surveys.model import NOW, Answers, Facts, Question, SurveyDefinition, Value
from core.surveys.situation import Situation

_PACE = 0.25
"""How far people differ in speed: the standard deviation, where the usual person is 1."""
_SLOWEST, _QUICKEST = 2.0, 0.5


class _Trail:
    def __init__(self, definition: SurveyDefinition, facts: Facts, habits: Habits) -> None:
        self.definition = definition
        self.facts = facts
        self.habits = habits
        self.answers: dict[int, Value] = {}
        self.seconds = 0.0
        self.seen: set[int] = set()
        self.offered: dict[int, frozenset[int]] = {}
        self.stuck: list[int] = []
        self._now = datetime.fromisoformat(facts[NOW])
        self._keeps = any(question.keeps_value for question in definition.questions)
        self.situation = self._look()

    def go(self) -> None:
        """Questions depend on others only by `definition.named`, so the situation is looked at anew only for these."""
        for question in self.definition.questions:
            if question.is_step and self.situation.is_relevant(question.name):
                self._meet(question)
                if question.name in self.definition.named:
                    self.situation = self._look()
        found = rules.standing(self.definition, self.answers, self.facts, None).missing
        self.stuck += [number for number in found if number not in self.stuck]

    def _look(self) -> Situation:
        if self._keeps:
            self.answers.update(rules.once(self.definition, self.answers, self.facts))
        return Situation(self.definition, self.answers, self.facts)

    def _meet(self, question: Question) -> None:
        self.seen.add(question.number)
        if question.choice_filter is not None:
            self.offered[question.number] = frozenset(one.number for one in self.situation.choices(question))
        if not question.is_asked:
            self.seconds += seconds(question)
            return
        required = self.situation.is_required(question)
        if not required and self.habits.skips(question):
            self.seconds += seconds(question, pressed=True)
            return
        if not self._answered(question) and required:
            self.stuck.append(question.number)

    def _answered(self, question: Question) -> bool:
        for value, known in guesses(self.situation, question, self._now, self.habits):
            try:
                rules.check_answer(self.definition, question, value, self.answers, self.facts)
            except rules.InvalidAnswer:
                continue
            self.answers[question.number] = value
            self.habits.took(question, value)
            self.seconds += seconds(question, pressed=known)
            return True
        self.seconds += seconds(question)
        return False


def walk(definition: SurveyDefinition, facts: Facts, habits: Habits) -> Walk:
    """Goes past a question where a person would be stuck, so that what follows it is looked at, too."""
    pace = min(_SLOWEST, max(_QUICKEST, habits.rng.gauss(1, _PACE)))
    trail = _Trail(definition, facts, habits)
    trail.go()
    answers: Answers = rules.complete(definition, trail.answers, facts)
    scores = scoring.score(definition, answers, facts)
    return Walk(
        answers=answers,
        scales={one.name: one.value for one in scores if one.value is not None},
        seconds=trail.seconds * pace,
        seen=frozenset(trail.seen),
        offered=trail.offered,
        stuck=tuple(trail.stuck),
    )
