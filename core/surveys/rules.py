"""The way through a survey: which question comes next, what may be answered, what is still missing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.surveys.answers import InvalidAnswer, check_value, parse_text
from core.surveys.model import Answers, Facts, Question, QuestionType, SurveyDefinition, Value
from core.surveys.situation import Situation

__all__ = [
    "InvalidAnswer",
    "Progress",
    "Standing",
    "broken",
    "check_answer",
    "check_skip",
    "complete",
    "missing",
    "once",
    "parse_text",
    "progress",
    "rank",
    "relevant",
    "standing",
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is, worked out in one go."""

    progress: Progress
    is_first: bool
    """There is no step before."""
    missing: tuple[int, ...]
    """Numbers of questions that stand in the way of submission, ascending."""


def standing(definition: SurveyDefinition, answers: Answers, facts: Facts, number: int | None) -> Standing:
    """Of the step with this number; None: the summary."""
    situation = Situation(definition, answers, facts)
    shown = _shown(definition, situation)
    wrong = sorted({*_missing(shown, situation), *_broken(shown, situation)})
    is_first = not shown or (number is not None and number <= shown[0].number)
    return Standing(_progress(shown, number), is_first, tuple(wrong))


def relevant(definition: SurveyDefinition, question: Question, answers: Answers, facts: Facts) -> bool:
    """Whether the question, and every section around it, is relevant."""
    return Situation(definition, answers, facts).is_relevant(question.name)


def steps(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[int, ...]:
    """Numbers of all that is shown with these answers, notes included, in order."""
    return tuple(question.number for question in _shown(definition, Situation(definition, answers, facts)))


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
    asked = [
        question.number for question in _shown(definition, Situation(definition, answers, facts)) if question.is_asked
    ]
    return Progress(len(asked) if number is None else bisect_right(asked, number), len(asked))


def check_answer(
    definition: SurveyDefinition, question: Question, value: Value, answers: Answers, facts: Facts
) -> None:
    """Refuse an answer that cannot be stored. Raises InvalidAnswer.

    Keys: those of core.surveys.answers.check_value, answer.not_relevant, answer.not_offered, answer.rank_unfinished,
    answer.constraint (message: the survey's own words, may be None).
    """
    check_value(question, value)
    situation = Situation(definition, {**answers, question.number: value}, facts)
    if not situation.is_relevant(question.name):
        raise InvalidAnswer("answer.not_relevant")
    if situation.answer(question) != value:
        raise InvalidAnswer("answer.not_offered")
    if not _is_whole(situation, question, value):
        raise InvalidAnswer("answer.rank_unfinished")
    if not situation.satisfies(question, value):
        raise InvalidAnswer("answer.constraint", message=_message(situation, question))


def check_skip(definition: SurveyDefinition, question: Question, answers: Answers, facts: Facts) -> None:
    """Refuse to pass by a question that must be answered. Raises InvalidAnswer (answer.required)."""
    if question.is_asked and Situation(definition, answers, facts).is_required(question):
        raise InvalidAnswer("answer.required")


def toggle(value: Value | None, choice_number: int, on: bool) -> Value | None:
    """The marks of a several-of after one press; None when no mark is left. Pressing twice changes nothing."""
    marks = set(value) if isinstance(value, tuple) else set()
    marks = marks | {choice_number} if on else marks - {choice_number}
    return tuple(sorted(marks)) or None


def rank(value: Value | None, choice_number: int, on: bool) -> Value | None:
    """A rank after one press: the choice takes the next free place, or leaves its own; None when none is taken."""
    places = [one for one in (value if isinstance(value, tuple) else ()) if one != choice_number]
    if on:
        places.append(choice_number)
    return tuple(places) or None


def complete(definition: SurveyDefinition, answers: Answers, facts: Facts) -> Answers:
    """What is kept at submission: answers that still stand, and what the calculated questions came to."""
    situation = Situation(definition, answers, facts)
    kept: dict[int, Value] = {}
    for question in definition.questions:
        if not situation.is_relevant(question.name):
            continue
        value = situation.answer(question) if question.is_asked else situation.text(question.name) or None
        if value is not None:
            kept[question.number] = value
    return kept


def once(definition: SurveyDefinition, answers: Answers, facts: Facts) -> dict[int, str]:
    """What calculated questions with once() have come to for the first time, and must be kept from now on."""
    waiting = [one for one in definition.questions if one.keeps_value and one.number not in answers]
    if not waiting:
        return {}
    situation = Situation(definition, answers, facts)
    found = {question.number: situation.text(question.name) for question in waiting}
    return {number: text for number, text in found.items() if text}


def missing(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[int, ...]:
    """Numbers of questions that must be answered before submission and are not."""
    situation = Situation(definition, answers, facts)
    return tuple(_missing(_shown(definition, situation), situation))


def broken(definition: SurveyDefinition, answers: Answers, facts: Facts) -> tuple[int, ...]:
    """Numbers of answers that a later change of another answer has put at odds with their constraint or choices."""
    situation = Situation(definition, answers, facts)
    return tuple(_broken(_shown(definition, situation), situation))


def _missing(shown: Iterable[Question], situation: Situation) -> Iterator[int]:
    for question in shown:
        if question.is_asked and situation.answer(question) is None and situation.is_required(question):
            yield question.number


def _broken(shown: Iterable[Question], situation: Situation) -> Iterator[int]:
    for question in shown:
        value = situation.answer(question)
        if value is not None and not (_is_whole(situation, question, value) and situation.satisfies(question, value)):
            yield question.number


def _progress(shown: Iterable[Question], number: int | None) -> Progress:
    asked = [question.number for question in shown if question.is_asked]
    return Progress(len(asked) if number is None else bisect_right(asked, number), len(asked))


def _shown(definition: SurveyDefinition, situation: Situation) -> list[Question]:
    return [question for question in definition.questions if question.is_step and situation.is_relevant(question.name)]


def _is_whole(situation: Situation, question: Question, value: Value) -> bool:
    """A rank has every choice that is offered."""
    if question.type is not QuestionType.RANK or not isinstance(value, tuple):
        return True
    return len(value) == len(situation.choices(question))


def _message(situation: Situation, question: Question) -> str | None:
    return None if question.constraint_message is None else situation.filled(question.constraint_message)
