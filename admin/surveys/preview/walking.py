"""One press of a walk: what it does to the answers and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData

from admin.surveys.preview import inputs
from admin.surveys.preview.inputs import Raw
from admin.surveys.preview.stops import Stop, stop_after, stop_at, stop_before, stops
from admin.surveys.preview.trial import Stage, Trial
from core.surveys import rules
from core.surveys.model import Answers, Question, Value
from core.surveys.rules import InvalidAnswer
from core.surveys.situation import Situation


@dataclass(frozen=True, slots=True)
class Outcome:
    """`errors` and what was entered, by number of question, when the page has to be shown once more."""

    trial: Trial
    errors: Mapping[int, InvalidAnswer] = field(default_factory=dict)
    entered: Mapping[int, Raw] = field(default_factory=dict)
    unfinished: bool = False
    """It was to be sent, and something still stands in the way."""


def pressed(trial: Trial, press: str, form: FormData) -> Outcome:
    """`press` is the value of the button; one that this page does not have shows the page again."""
    verb, _, number = press.partition(":")
    match (verb, trial.stage):
        case ("next", Stage.QUESTION):
            return _answered(trial, form)
        case ("finish", Stage.SUMMARY):
            return _finished(trial)
    return Outcome(_moved(trial, verb, number))


def _moved(trial: Trial, verb: str, number: str) -> Trial:
    """Presses that store no answer."""
    match (verb, trial.stage):
        case ("begin", _):
            return _entered(replace(trial, answers={}))
        case ("again", _):
            return replace(trial, answers={}).to(Stage.WHO)
        case ("back", Stage.QUESTION):
            return _back(trial)
        case ("back", Stage.SUMMARY):
            return _back(trial.to(Stage.QUESTION))
        case ("open", Stage.SUMMARY):
            return _opened(trial, number)
    return _shown(trial)


def situation_of(trial: Trial) -> Situation:
    return Situation(trial.definition, trial.answers, trial.facts)


def _entered(trial: Trial) -> Trial:
    kept = {**trial.answers, **rules.once(trial.definition, trial.answers, trial.facts)}
    return _to(replace(trial, answers=kept), stop_after(_stops(trial), None))


def _answered(trial: Trial, form: FormData) -> Outcome:
    """Stores what was entered; a table in which an answer has brought up further lines is shown again."""
    situation = situation_of(trial)
    stop = stop_at(_stops(trial), trial.at)
    if stop is None:
        return Outcome(_shown(trial))
    entered = {one.number: inputs.read(form, one, situation.choices(one)) for one in stop if one.is_asked}
    answers, errors = _stored(trial, stop, entered)
    if errors:
        return Outcome(trial, errors, entered)
    answers |= rules.once(trial.definition, answers, trial.facts)
    after = replace(trial, answers=answers)
    now = stop_at(_stops(after), stop[-1].number) or stop
    if {one.number for one in now} - {one.number for one in stop}:
        return Outcome(after.to(Stage.QUESTION, now[0].number, from_summary=trial.from_summary))
    if trial.from_summary:
        return Outcome(after.to(Stage.SUMMARY))
    return Outcome(_to(after, stop_after(_stops(after), stop[-1].number)))


def _stored(trial: Trial, stop: Stop, entered: Mapping[int, Raw]) -> tuple[dict[int, Value], dict[int, InvalidAnswer]]:
    answers = dict(trial.answers)
    errors: dict[int, InvalidAnswer] = {}
    for question in stop:
        if not question.is_asked:
            continue
        try:
            value = _checked(trial, question, entered[question.number], answers)
        except InvalidAnswer as error:
            errors[question.number] = error
            continue
        answers.pop(question.number, None)
        if value is not None:
            answers[question.number] = value
    return answers, errors


def _checked(trial: Trial, question: Question, raw: Raw, answers: Answers) -> Value | None:
    """As in a chat: raises InvalidAnswer for what cannot be stored, and for passing by what is required."""
    situation = Situation(trial.definition, answers, trial.facts)
    if not situation.is_relevant(question.name):
        return None  # a line of the table that an answer above it has made superfluous
    value = inputs.value_of(question, raw, situation.choices(question))
    if value is None:
        rules.check_skip(trial.definition, question, answers, trial.facts)
    else:
        rules.check_answer(trial.definition, question, value, answers, trial.facts)
    return value


def _back(trial: Trial) -> Trial:
    if trial.from_summary:
        return trial.to(Stage.SUMMARY)
    before = stop_before(_stops(trial), trial.at)
    return trial.to(Stage.WHO) if before is None else _to(trial, before)


def _opened(trial: Trial, number: str) -> Trial:
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    stop = stop_at(_stops(trial), wanted)
    return trial.to(Stage.SUMMARY) if stop is None else trial.to(Stage.QUESTION, stop[0].number, from_summary=True)


def _finished(trial: Trial) -> Outcome:
    missing = rules.standing(trial.definition, trial.answers, trial.facts, None).missing
    return Outcome(trial, unfinished=True) if missing else Outcome(trial.to(Stage.END))


def _shown(trial: Trial) -> Trial:
    """The same page, or the summary when its question is not asked any more."""
    if trial.stage is Stage.QUESTION and stop_at(_stops(trial), trial.at) is None:
        return trial.to(Stage.SUMMARY)
    return trial


def _to(trial: Trial, stop: Stop | None) -> Trial:
    return trial.to(Stage.SUMMARY) if stop is None else trial.to(Stage.QUESTION, stop[0].number)


def _stops(trial: Trial) -> list[Stop]:
    return stops(trial.definition, situation_of(trial))
