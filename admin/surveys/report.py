"""What a walk through a survey has come to: the summary, and a map of all its questions."""

from dataclasses import dataclass

from admin.surveys.conditions import Condition, condition
from core.authoring import walkthrough
from core.authoring.walkthrough import Walk
from core.surveys import feedback, rules, values
from core.surveys.model import Question, QuestionType, Section, SurveyDefinition

HELP = "контакт, который вы укажете, когда будете начинать анкетирование"
"""Stands where the campaign's help contact will."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the summary."""

    number: int
    label: str
    said: str
    missing: bool


@dataclass(frozen=True, slots=True)
class EndView:
    answers: tuple[Said, ...]
    missing: int
    calculated: tuple[tuple[str, str], ...]
    scores: tuple[tuple[str, float | None, str], ...]
    """Title, value 0–100 and level."""
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A question on the map."""

    label: str
    shown: bool
    here: bool
    conditions: tuple[Condition, ...]
    """Of the sections around it and its own, the outermost first."""


def end_of(walk: Walk) -> EndView:
    end = walkthrough.end(walk)
    situation = walk.situation
    shown = (walk.definition.question(number) for number in rules.steps(walk.definition, walk.answers, walk.facts))
    return EndView(
        answers=tuple(
            Said(one.number, situation.filled(one.label), _said(walk, one), one.number in end.missing)
            for one in shown
            if one.is_asked
        ),
        missing=len(end.missing),
        calculated=end.calculated,
        scores=tuple((one.title, one.value, one.band.title if one.band else "") for one in end.scores),
        feedback=tuple(feedback.fill(one.text, {"help_contact": HELP}) for one in end.feedback),
    )


def _said(walk: Walk, question: Question) -> str:
    value = walk.situation.answer(question)
    return "" if value is None else values.said(question, value)


def map_of(walk: Walk) -> tuple[Stop, ...]:
    """Every question in order, with what decides whether it appears."""
    shown = set(rules.steps(walk.definition, walk.answers, walk.facts))
    here = {one.number for one in walk.asked}
    return tuple(
        Stop(
            label=walk.situation.filled(one.label) or one.name,
            shown=one.number in shown,
            here=one.number in here,
            conditions=_conditions(walk.definition, one),
        )
        for one in walk.definition.questions
        if one.type is not QuestionType.CALCULATE
    )


def _conditions(definition: SurveyDefinition, question: Question) -> tuple[Condition, ...]:
    expressions = [question.relevant]
    section = question.section
    while section is not None:
        around = definition.section(section)
        expressions.insert(0, around.relevant)
        section = around.parent
    found = (condition(definition, expression) for expression in expressions)
    return tuple(one for one in found if one is not None)


def section_of(walk: Walk) -> Section | None:
    """The section that the page stands in."""
    question = walk.definition.question(walk.number) if walk.number else None
    return walk.definition.section(question.section) if question and question.section else None
