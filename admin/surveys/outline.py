"""A survey as a readable list: sections, questions, when each is asked, what can be answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from admin.shell import formatting
from admin.surveys.conditions import Condition, condition, label
from admin.surveys.words import TYPES, fact_title
from core.surveys.model import Question, Section, SurveyDefinition
from core.surveys.situation import Situation


@dataclass(frozen=True, slots=True)
class Line:
    """A section's heading or a question. Conditions are None where there are none."""

    title: str
    depth: int
    relevant: Condition | None
    shown: bool
    """It is asked in the situation that was given; without one, always."""
    number: int | None = None
    """None: a section."""
    place: int | None = None
    """Its place among what is asked or calculated; a note has none."""
    kind: str = ""
    hint: str = ""
    required: str = ""
    constraint: Condition | None = None
    calculation: Condition | None = None
    choice_filter: Condition | None = None
    confirms: str = ""
    """What the registry knows and the respondent only confirms."""
    choices: tuple[str, ...] = ()
    """Of a table they stand at its heading, once."""
    matrix: bool = False


def outline(definition: SurveyDefinition, situation: Situation | None = None) -> tuple[Line, ...]:
    """Everything in the survey's order; with a situation it is told what is asked in it."""
    return tuple(_lines(definition, situation))


def confirmed_facts(definition: SurveyDefinition) -> list[str]:
    """What the registry knows and is confirmed with one press, in words."""
    found = [
        fact_title(definition, name)
        for question in definition.questions
        for name in _facts_of_default(definition, question)
    ]
    return list(dict.fromkeys(found))


def count(definition: SurveyDefinition) -> int:
    """Questions that can be asked; notes and calculations are not among them."""
    return sum(question.is_asked for question in definition.questions)


def _lines(definition: SurveyDefinition, situation: Situation | None) -> Iterator[Line]:
    opened: tuple[str, ...] = ()
    place = 0
    for question in definition.questions:
        path = _path(definition, question.section)
        for depth, name in enumerate(path):
            if opened[: depth + 1] != path[: depth + 1]:
                yield _section(definition, definition.section(name), depth, situation)
        opened = path
        place += question.is_asked
        yield _question(definition, question, len(path), place if question.is_asked else None, situation)


def _section(definition: SurveyDefinition, section: Section, depth: int, situation: Situation | None) -> Line:
    return Line(
        title=label(definition, section.title),
        depth=depth,
        relevant=condition(definition, section.relevant),
        shown=situation is None or situation.is_relevant(section.name),
        matrix=section.matrix,
        choices=_labels_of_table(definition, section) if section.matrix else (),
    )


def _question(
    definition: SurveyDefinition, question: Question, depth: int, place: int | None, situation: Situation | None
) -> Line:
    return Line(
        title=label(definition, question.label) or question.name,
        depth=depth,
        relevant=condition(definition, question.relevant),
        shown=situation is None or situation.is_relevant(question.name),
        number=question.number,
        place=place,
        kind=_kind(question),
        hint=label(definition, question.hint or ""),
        required=_required(definition, question),
        constraint=condition(definition, question.constraint, question),
        calculation=condition(definition, question.calculation),
        choice_filter=condition(definition, question.choice_filter),
        confirms=", ".join(fact_title(definition, name) for name in _facts_of_default(definition, question)),
        choices=() if _in_table(definition, question) else _labels(definition, question),
    )


def _labels_of_table(definition: SurveyDefinition, section: Section) -> tuple[str, ...]:
    """None when it holds only sections."""
    return next((_labels(definition, one) for one in definition.questions if one.section == section.name), ())


def _in_table(definition: SurveyDefinition, question: Question) -> bool:
    return question.section is not None and definition.section(question.section).matrix


def _labels(definition: SurveyDefinition, question: Question) -> tuple[str, ...]:
    return tuple(label(definition, choice.label) for choice in question.choices)


def _kind(question: Question) -> str:
    row = question.row
    if row is None:
        return TYPES[question.type]
    step = "" if row.step == 1 else f" с шагом {formatting.decimal(row.step, 4)}"
    return f"число от {formatting.decimal(row.start, 4)} до {formatting.decimal(row.end, 4)}{step}"


def _required(definition: SurveyDefinition, question: Question) -> str:
    if question.required:
        return "нужен ответ"
    when = condition(definition, question.required_when)
    return "" if when is None else f"нужен ответ, если {when.words or when.source}"


def _facts_of_default(definition: SurveyDefinition, question: Question) -> list[str]:
    references = question.default.references if question.default else ()
    return [one.name for one in references if not definition.has(one.name) and one.name in definition.facts()]


def _path(definition: SurveyDefinition, name: str | None) -> tuple[str, ...]:
    path: tuple[str, ...] = ()
    while name is not None:
        path = (name, *path)
        name = definition.section(name).parent
    return path
