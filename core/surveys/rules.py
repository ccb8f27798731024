"""The way through a survey: which question comes next, what may be answered, what is still missing."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from core.surveys.answers import InvalidAnswer, check_value, parse_text
from core.surveys.expressions import is_true
from core.surveys.model import Answers, Facts, Question, SurveyDefinition, Value
from core.surveys.situation import Situation, value_text

__all__ = [
    "InvalidAnswer",
    "Progress",
    "broken",
    "check_answer",
    "check_skip",
    "missing",
    "parse_text",
    "progress",
    "prune",
    "relevant",
    "step_after",
    "step_before",
    "steps",
    "toggle",
]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is, in questions that are asked of them now; notes are not counted."""

    position: int
    total: int


def relevant(definition: SurveyDefinition, question: Question, answers: Answers, facts: Facts) -> bool:
    """Whether the question, and every section around it, is relevant."""
    return Situation(definition, answers, facts).is_relevant(question.name)


def steps(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[int, ...]:
    """Numbers of all that is shown with these answers, notes included, in order."""
    return tuple(question.number for question in _shown(definition, answers, facts))


def step_after(definition: SurveyDefinition, answers: Answers, facts: Facts, number: int | None) -> int | None:
    """The step after a number, the first one after None. None: the summary follows."""
    numbers = steps(definition, answers, facts)
    place = 0 if number is None else bisect_right(numbers, number)
    return numbers[place] if place < len(numbers) else None


def step_before(definition: SurveyDefinition, answers: Answers, facts: Facts, number: int | None) -> int | None:
    """The step before a number, the last one before None (the summary). None: it was the first."""
    numbers = steps(definition, answers, facts)
    place = len(numbers) if number is None else bisect_left(numbers, number)
    return numbers[place - 1] if place > 0 else None


def progress(definition: SurveyDefinition, answers: Answers, facts: Facts, number: int | None) -> Progress:
    """The place of a step among the questions asked; a note has that of the question before it."""
    asked = [question.number for question in _shown(definition, answers, facts) if question.is_asked]
    return Progress(len(asked) if number is None else bisect_right(asked, number), len(asked))


def check_answer(
    definition: SurveyDefinition, question: Question, value: Value, answers: Answers, facts: Facts
) -> None:
    """Refuse an answer that cannot be stored. Raises InvalidAnswer.

    Keys: those of core.surveys.answers.check_value, answer.not_relevant, answer.constraint (message: the
    survey's own words, may be None).
    """
    check_value(question, value)
    situation = Situation(definition, {**answers, question.number: value}, facts)
    if not situation.is_relevant(question.name):
        raise InvalidAnswer("answer.not_relevant")
    if not _satisfies(situation, question, value):
        raise InvalidAnswer("answer.constraint", message=question.constraint_message)


def check_skip(question: Question) -> None:
    """Refuse to pass by a question that must be answered. Raises InvalidAnswer (answer.required)."""
    if question.is_asked and question.required:
        raise InvalidAnswer("answer.required")


def toggle(value: Value | None, choice_number: int, on: bool) -> Value | None:
    """The marks of a several-of after one press; None when no mark is left. Pressing twice changes nothing."""
    marks = set(value) if isinstance(value, tuple) else set()
    marks = marks | {choice_number} if on else marks - {choice_number}
    return tuple(sorted(marks)) or None


def prune(definition: SurveyDefinition, answers: Answers, facts: Facts) -> Answers:
    """The answers without those to questions that are no longer relevant; done at submission."""
    asked = {question.number for question in _shown(definition, answers, facts) if question.is_asked}
    return {number: value for number, value in answers.items() if number in asked}


def missing(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[int, ...]:
    """Numbers of questions that must be answered before submission and are not."""
    return tuple(
        question.number
        for question in _shown(definition, answers, facts)
        if question.is_asked and question.required and question.number not in answers
    )


def broken(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[int, ...]:
    """Numbers of answers that a later change of another answer has put at odds with their constraint."""
    situation = Situation(definition, answers, facts)
    return tuple(
        question.number
        for question in definition.questions
        if question.number in answers
        and situation.is_relevant(question.name)
        and not _satisfies(situation, question, answers[question.number])
    )


def _shown(definition: SurveyDefinition, answers: Answers, facts: Facts) -> list[Question]:
    situation = Situation(definition, answers, facts)
    return [question for question in definition.questions if question.is_step and situation.is_relevant(question.name)]


def _satisfies(situation: Situation, question: Question, value: Value) -> bool:
    constraint = question.constraint
    return constraint is None or is_true(constraint, situation.text, value_text(question, value))
