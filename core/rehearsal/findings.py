"""What the walks through a survey have shown: how long it takes, where nobody comes, where people get stuck. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median, quantiles

from core.rehearsal.crowd import Crowd
from core.rehearsal.model import GroupMinutes, Minutes, Part, Trap, Unreached, Walk
from core.surveys.expressions.syntax import Expression
from core.surveys.model import Question, Section, SurveyDefinition

_MINUTE = 60


def minutes(definition: SurveyDefinition, crowd: Crowd) -> Minutes | None:
    """Of those who answer as people do; None when nobody is asked."""
    if not crowd.people:
        return None
    each = sorted(found.seconds / _MINUTE for _, found in crowd.people)
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for asked, found in crowd.people:
        groups[asked.position_group].append(found.seconds / _MINUTE)
    return Minutes(
        promised=definition.minutes,
        median=median(each),
        usual_longest=quantiles(each, n=10)[-1] if len(each) > 1 else each[0],
        longest=each[-1],
        by_group=tuple(GroupMinutes(name, len(group), median(group)) for name, group in sorted(groups.items())),
    )


def traps(definition: SurveyDefinition, walks: Sequence[Walk]) -> tuple[Trap, ...]:
    """In the order of the survey."""
    found = []
    for question in definition.questions:
        came = sum(question.number in one.seen for one in walks)
        stuck = sum(question.number in one.stuck for one in walks)
        if stuck:
            found.append(Trap(question, stuck / max(came, stuck) * 100))
    return tuple(found)


def unreached(definition: SurveyDefinition, walks: Sequence[Walk]) -> tuple[Unreached, ...]:
    """Sections, questions and choices that nobody saw; what lies in such a section is not listed again."""
    seen = {number for one in walks for number in one.seen}
    steps = [question for question in definition.questions if question.is_step]
    empty = {
        section.name: section
        for section in definition.sections
        if not any(question.number in seen for question in steps if section.name in _around(definition, question))
        and any(section.name in _around(definition, question) for question in steps)
    }
    found = [_section(definition, one) for one in empty.values() if one.parent not in empty]
    for question in steps:
        if question.number not in seen:
            if not any(name in empty for name in _around(definition, question)):
                found.append(_question(definition, question))
        elif question.choice_filter is not None:
            found += _choices(definition, question, question.choice_filter, walks)
    return tuple(found)


def _around(definition: SurveyDefinition, question: Question) -> list[str]:
    """Names of the sections it lies in, the innermost first."""
    return [one.name for one in _sections(definition, question.section)]


def _sections(definition: SurveyDefinition, name: str | None) -> Iterator[Section]:
    while name is not None:
        section = definition.section(name)
        yield section
        name = section.parent


def _section(definition: SurveyDefinition, section: Section) -> Unreached:
    conditions = [one.relevant for one in _sections(definition, section.name) if one.relevant is not None]
    return _unreached(definition, Part.SECTION, section.title or section.name, "", conditions)


def _question(definition: SurveyDefinition, question: Question) -> Unreached:
    around = list(_sections(definition, question.section))
    conditions = [one for one in (question.relevant, *(section.relevant for section in around)) if one is not None]
    title = next((section.title for section in around if section.title), "")
    return _unreached(definition, Part.QUESTION, question.label, title, conditions)


def _choices(
    definition: SurveyDefinition, question: Question, wanted: Expression, walks: Sequence[Walk]
) -> Iterator[Unreached]:
    offered = {number for one in walks for number in one.offered.get(question.number, ())}
    for choice in question.choices:
        if choice.number not in offered:
            yield _unreached(definition, Part.CHOICE, choice.label, question.label, [wanted])


def _unreached(
    definition: SurveyDefinition, part: Part, label: str, inside: str, conditions: Sequence[Expression]
) -> Unreached:
    """All conditions must hold, so they are given together, the nearest first."""
    names = dict.fromkeys(reference.name for one in conditions for reference in one.references)
    return Unreached(
        part=part,
        label=label,
        inside=inside,
        condition=" and ".join(f"({one.source})" if len(conditions) > 1 else one.source for one in conditions),
        names=tuple((name, _title(definition, name)) for name in names),
    )


def _title(definition: SurveyDefinition, name: str) -> str:
    """Of a question its label, of a fact what it says."""
    if definition.has(name):
        return definition.by_name(name).label
    fact = definition.facts().get(name)
    return fact.title if fact is not None else ""
