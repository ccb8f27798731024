"""Walking through a survey before anybody is asked: the same rules as in the chat, and nothing is stored.

The walk travels in the page itself, so a lost page loses only the trial.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.errors import AppError
from core.surveys import rules, scoring
from core.surveys.answers import InvalidAnswer, check_value
from core.surveys.encoding import AnswerCell, decode, encode
from core.surveys.feedback import feedback
from core.surveys.model import FeedbackText, Question, SurveyDefinition, Value
from core.surveys.scoring import ScaleScore
from core.surveys.situation import Situation

LONGEST = 400_000
"""Characters of a walk; no answers that the rules let through come near it."""


@dataclass(frozen=True, slots=True)
class Walk:
    """`number` is the question on the page; None is the summary."""

    definition: SurveyDefinition
    facts: Mapping[str, str]
    answers: Mapping[int, Value] = field(default_factory=dict)
    number: int | None = None
    from_summary: bool = False

    @property
    def situation(self) -> Situation:
        return Situation(self.definition, self.answers, self.facts)

    @property
    def asked(self) -> tuple[Question, ...]:
        """What stands on the page: one question, or all the lines of a table that are relevant."""
        if self.number is None:
            return ()
        question = self.definition.question(self.number)
        if question.section is None or not self.definition.section(question.section).matrix:
            return (question,)
        shown = rules.steps(self.definition, self.answers, self.facts)
        lines = (self.definition.question(number) for number in shown)
        return tuple(line for line in lines if line.section == question.section)


def begin(definition: SurveyDefinition, facts: Mapping[str, str]) -> Walk:
    """At the first question, or at the summary when nothing is asked of such a person."""
    walk = _with_once(Walk(definition, dict(facts)))
    return replace(walk, number=rules.step_after(definition, walk.answers, walk.facts, None))


def answer(walk: Walk, values: Mapping[int, Value | None]) -> Walk:
    """What was answered on the page, by number of question (None: nothing), and on to the next one.

    Raises InvalidAnswer as the chat would: then the walk stays where it is.
    """
    answers = dict(walk.answers)
    for question in walk.asked:
        value = values.get(question.number)
        if value is None:
            rules.check_skip(walk.definition, question, answers, walk.facts)
            answers.pop(question.number, None)
        else:
            rules.check_answer(walk.definition, question, value, answers, walk.facts)
            answers[question.number] = value
    walk = _with_once(replace(walk, answers=answers))
    last = max((question.number for question in walk.asked), default=walk.number)
    following = rules.step_after(walk.definition, walk.answers, walk.facts, last)
    return replace(walk, number=None if walk.from_summary else following, from_summary=False)


def back(walk: Walk) -> Walk:
    """To the page before; the first one stays."""
    if walk.from_summary:
        return replace(walk, number=None, from_summary=False)
    first = min((question.number for question in walk.asked), default=walk.number)
    before = rules.step_before(walk.definition, walk.answers, walk.facts, first)
    return walk if before is None else replace(walk, number=before)


def open_question(walk: Walk, number: int) -> Walk:
    """From the summary to a question that is asked; anything else stays at the summary."""
    known = number in rules.steps(walk.definition, walk.answers, walk.facts)
    return replace(walk, number=number if known else None, from_summary=known)


@dataclass(frozen=True, slots=True)
class End:
    """What the answers would come to."""

    missing: tuple[int, ...]
    calculated: tuple[tuple[str, str], ...]
    """Name and value of calculated questions."""
    scores: tuple[ScaleScore, ...]
    feedback: tuple[FeedbackText, ...]


def end(walk: Walk) -> End:
    situation = walk.situation
    kept = rules.complete(walk.definition, walk.answers, walk.facts)
    scores = scoring.score(walk.definition, kept, walk.facts)
    calculated = tuple(
        (one.name, situation.text(one.name)) for one in walk.definition.questions if one.calculation is not None
    )
    missing = rules.standing(walk.definition, walk.answers, walk.facts, None).missing
    return End(missing, calculated, scores, feedback(walk.definition, scores))


def pack(walk: Walk) -> str:
    """The walk as text, for the page to carry."""
    cells = {
        str(number): [[cell.item, cell.number, cell.text] for cell in encode(walk.definition.question(number), value)]
        for number, value in walk.answers.items()
    }
    content = {"facts": dict(walk.facts), "answers": cells, "at": walk.number, "from_summary": walk.from_summary}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def unpack(definition: SurveyDefinition, packed: str) -> Walk:
    """Raises AppError `preview.lost` for what `pack` did not write for this survey."""
    if len(packed) > LONGEST:
        raise AppError("preview.lost")
    try:
        content = json.loads(packed)
        facts = {str(name): str(value) for name, value in content["facts"].items()}
        answers = {int(number): _value(definition, int(number), cells) for number, cells in content["answers"].items()}
        at = None if content["at"] is None else definition.question(int(content["at"])).number
        return Walk(definition, facts, answers, at, bool(content["from_summary"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, InvalidAnswer) as error:
        raise AppError("preview.lost") from error


def _value(definition: SurveyDefinition, number: int, cells: list[list[object]]) -> Value:
    question = definition.question(number)
    rows = [AnswerCell(int(str(item)), number, text) for item, number, text in cells]  # type: ignore[arg-type]
    value = decode(question, rows)
    if question.is_asked:
        check_value(question, value)
    return value


def _with_once(walk: Walk) -> Walk:
    return replace(walk, answers={**walk.answers, **rules.once(walk.definition, walk.answers, walk.facts)})
