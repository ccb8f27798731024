"""What a page of the walk shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from admin.shell import formatting, texts
from admin.surveys.preview import inputs
from admin.surveys.preview.inputs import Raw
from admin.surveys.preview.stops import Stop, is_table, stop_at, stops
from admin.surveys.preview.trial import Trial
from admin.surveys.preview.walking import Outcome, situation_of
from core.surveys import rules, values
from core.surveys.expressions import to_text
from core.surveys.model import Choice, Question, QuestionType
from core.surveys.rules import InvalidAnswer
from core.surveys.situation import Situation


@dataclass(frozen=True, slots=True)
class Option:
    """`field`: its own name where each choice has one (a rank); `raw`: what it holds there."""

    value: str
    label: str
    chosen: bool
    field: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question with what is in its fields now."""

    name: str
    question: Question
    label: str
    hint: str
    control: str
    options: tuple[Option, ...]
    raw: str
    required: bool
    suggested: str
    """What is known and put in beforehand, in words."""
    error: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    section: str
    table: bool
    fields: tuple[Field, ...]
    position: int
    total: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer in the summary; '' when there is none."""

    number: int
    label: str
    said: str
    missing: bool
    section: str
    """Set where a section begins."""


def question_page(outcome: Outcome) -> QuestionPage:
    trial, situation = outcome.trial, situation_of(outcome.trial)
    found = stops(trial.definition, situation)
    stop = stop_at(found, trial.at) or ()
    standing = rules.standing(trial.definition, trial.answers, trial.facts, trial.at)
    return QuestionPage(
        section=_section(trial, situation, stop[0]) if stop else "",
        table=bool(stop) and is_table(trial.definition, stop),
        fields=tuple(_field(outcome, situation, one) for one in stop),
        position=standing.progress.position,
        total=standing.progress.total,
        is_first=bool(found) and found[0] == stop,
    )


def summary(trial: Trial) -> list[Entry]:
    """All answers before they are sent, in the order of the survey."""
    situation = situation_of(trial)
    missing = set(rules.standing(trial.definition, trial.answers, trial.facts, None).missing)
    entries: list[Entry] = []
    last = ""
    for question in trial.definition.questions:
        if not question.is_asked or not situation.is_relevant(question.name):
            continue
        section = _section(trial, situation, question)
        entries.append(
            Entry(
                number=question.number,
                label=situation.filled(question.label),
                said=answer_said(situation, question),
                missing=question.number in missing,
                section=section if section != last else "",
            )
        )
        last = section
    return entries


def answer_said(situation: Situation, question: Question) -> str:
    value = situation.answer(question)
    return "" if value is None else situation.filled(values.said(question, value))


def refusal(error: InvalidAnswer) -> str:
    """What the respondent reads about an answer that cannot be taken; a survey may have words of its own."""
    own = error.params.get("message")
    if isinstance(own, str) and own:
        return own
    return texts.text(error.key, **{name: _param(value) for name, value in error.params.items()})


def _param(value: object) -> object:
    return formatting.decimal(value, 4) if isinstance(value, int | float) else value


def _section(trial: Trial, situation: Situation, question: Question) -> str:
    """The title above a question; of nested sections the innermost that has one."""
    name = question.section
    while name is not None:
        section = trial.definition.section(name)
        if title := situation.filled(section.title).strip():
            return title
        name = section.parent
    return ""


def _field(outcome: Outcome, situation: Situation, question: Question) -> Field:
    offered = situation.choices(question)
    answer = situation.answer(question)
    suggestion = situation.suggestion(question) if answer is None and question.is_asked else None
    shown = answer if answer is not None else suggestion
    raw = outcome.entered.get(question.number) or inputs.raw_of(question, shown, offered)
    if question.number in outcome.entered:
        raw = outcome.entered[question.number]
    error = outcome.errors.get(question.number)
    return Field(
        name=inputs.field(question),
        question=question,
        label=situation.filled(question.label),
        hint=situation.filled(question.hint or ""),
        control=inputs.control(question) if question.type is not QuestionType.NOTE else "note",
        options=_options(situation, question, offered, raw),
        raw=raw[0] if raw else "",
        required=situation.is_required(question),
        suggested="" if suggestion is None else situation.filled(values.said(question, suggestion)),
        error="" if error is None else refusal(error),
    )


def _options(situation: Situation, question: Question, offered: Sequence[Choice], raw: Raw) -> tuple[Option, ...]:
    if numbers := inputs.numbers(question):
        field = inputs.field(question)
        texts_of: Mapping[str, float] = {to_text(number): number for number in numbers}
        return tuple(
            Option(text, formatting.decimal(number, 4), text in raw, field) for text, number in texts_of.items()
        )
    if question.type is QuestionType.RANK:
        places = (*raw, *("" for _ in offered))
        return tuple(
            Option(str(one.number), situation.filled(one.label), False, inputs.field(question, one), places[place])
            for place, one in enumerate(offered)
        )
    field = inputs.field(question)
    return tuple(Option(str(one.number), situation.filled(one.label), str(one.number) in raw, field) for one in offered)
