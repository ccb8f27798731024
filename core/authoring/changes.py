"""What differs between two versions of a survey. Pure; pages put it into words."""

from collections.abc import Iterator, Mapping

from core.authoring.model import Aspect, Change, Detail
from core.surveys.model import Question, SurveyDefinition


def changes(old: SurveyDefinition, new: SurveyDefinition) -> tuple[Change, ...]:
    """Everything a respondent or a reader of results could notice; the version itself does not count."""
    return (*_announcement(old, new), *_questions(old, new), *_around(old, new))


def question_changes(old: Question, new: Question) -> tuple[Detail, ...]:
    """In what two questions of one name differ; the number of their place does not count."""
    before, after = _details(old), _details(new)
    return tuple(detail for detail in Detail if before[detail] != after[detail])


def _announcement(old: SurveyDefinition, new: SurveyDefinition) -> Iterator[Change]:
    values = {
        Aspect.TITLE: (old.title, new.title),
        Aspect.PURPOSE: (old.purpose, new.purpose),
        Aspect.PRIVACY: (old.privacy, new.privacy),
        Aspect.RESPONDENT: (old.respondent, new.respondent),
        Aspect.MINUTES: (str(old.minutes), str(new.minutes)),
        Aspect.K: (str(old.k), str(new.k)),
    }
    for aspect, (before, after) in values.items():
        if before != after:
            yield Change(aspect, before=before, after=after)


def _questions(old: SurveyDefinition, new: SurveyDefinition) -> Iterator[Change]:
    before, after = _by_name(old), _by_name(new)
    for name, question in after.items():
        if name not in before:
            yield Change(Aspect.ADDED, _called(question))
        elif details := question_changes(before[name], question):
            yield Change(Aspect.CHANGED, _called(question), before[name].label, question.label, details)
    for name, question in before.items():
        if name not in after:
            yield Change(Aspect.REMOVED, _called(question))
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Change(Aspect.ORDER)


def _around(old: SurveyDefinition, new: SurveyDefinition) -> Iterator[Change]:
    if old.sections != new.sections:
        yield Change(Aspect.SECTIONS)
    if old.options != new.options:
        yield Change(Aspect.OPTIONS)
    before = {scale.name: scale for scale in old.scales}
    after = {scale.name: scale for scale in new.scales}
    for name, scale in after.items():
        if name not in before:
            yield Change(Aspect.SCALE_ADDED, scale.title)
        elif before[name] != scale:
            yield Change(Aspect.SCALE_CHANGED, scale.title)
    for name, scale in before.items():
        if name not in after:
            yield Change(Aspect.SCALE_REMOVED, scale.title)
    if old.feedback != new.feedback:
        yield Change(Aspect.FEEDBACK)


def _by_name(definition: SurveyDefinition) -> Mapping[str, Question]:
    return {question.name: question for question in definition.questions}


def _called(question: Question) -> str:
    """What a person knows it by: a calculation has only its name."""
    return question.label or question.name


def _details(question: Question) -> Mapping[Detail, object]:
    return {
        Detail.TYPE: question.type,
        Detail.LABEL: question.label,
        Detail.HINT: question.hint,
        Detail.REQUIRED: (question.required, question.required_when),
        Detail.RELEVANT: question.relevant,
        Detail.CONSTRAINT: (question.constraint, question.constraint_message),
        Detail.CALCULATION: question.calculation,
        Detail.DEFAULT: question.default,
        Detail.CHOICES: tuple((choice.name, choice.columns) for choice in question.choices),
        Detail.CHOICE_LABELS: {choice.name: choice.label for choice in question.choices} if question.choices else None,
        Detail.CHOICE_FILTER: question.choice_filter,
        Detail.ROW: question.row,
        Detail.SECTION: question.section,
    }
