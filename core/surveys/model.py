"""Values of surveys that others may name. The words are those of XLSForm (SPEC §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import TopologicalSorter
from types import MappingProxyType

from core.people.model import Experience, OrganisationKind, PositionGroup
from core.surveys.expressions.syntax import Expression
from core.surveys.wording import placeholders

Value = int | float | str | tuple[int, ...]
"""An answer: a number, a text, the number of a choice, or the numbers of several.

Several-of are ascending; a rank has all its choices, the first place first. Days and times are texts as ISO 8601
writes them: 2026-11-25, 14:30, 2026-11-25T14:30.
"""
Answers = Mapping[int, Value]
"""Answers by number of question. A skipped question is absent; nothing empty is ever stored."""
Facts = Mapping[str, str]
"""What is known without asking, by name of the fact (FACTS and the survey's own options)."""

YES, NO = "yes", "no"

NOW = "now()"
"""The fact that holds the present moment where the municipality is, as ISO 8601 with its offset. No question
can have this name."""


class SurveyPrivacy(StrEnum):
    """What becomes of the answers (SPEC §3); shown before the first question, never loosened."""

    NAMED = "named"
    """Methodists see who answered what."""
    CONFIDENTIAL = "confidential"
    """Linked to the teacher for their own history; staff see only aggregates."""
    ANONYMOUS = "anonymous"
    """At submission the link between person and answers is destroyed."""


class Respondent(StrEnum):
    """On whose behalf a survey is answered."""

    TEACHER = "teacher"
    ORGANISATION = "organisation"
    PARTICIPANT = "participant"
    PAIR = "pair"


class QuestionType(StrEnum):
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    LIKERT = "likert"
    """One of an ordered scale of labels; XLSForm's select_one with appearance likert."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    """A number out of an even row, such as 0 to 10."""
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    RANK = "rank"
    """All choices in the order the respondent puts them."""
    TEXT = "text"
    LONG_TEXT = "long_text"
    """XLSForm's text with appearance multiline."""
    NOTE = "note"
    """Shown and passed by; it has no answer."""
    CALCULATE = "calculate"
    """Never shown; its value follows from other answers."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the registry knows about the respondent, for `relevant` and other expressions."""

    name: str
    title: str
    values: tuple[str, ...]
    """All it can be; empty when that is no closed list."""


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        fact.name: fact
        for fact in (
            Fact("teacher_position_group", "группа должности", tuple(PositionGroup)),
            Fact("teacher_is_management", "относится к руководителям", (YES, NO)),
            Fact("teacher_is_coordinator", "отвечает за методическую работу в организации", (YES, NO)),
            Fact("teacher_experience", "стаж", tuple(Experience)),
            Fact("pair_role", "роль в паре", ("mentor", "mentee")),
            Fact("event_title", "название мероприятия", ()),
            Fact("organisation_kind", "вид организации", tuple(OrganisationKind)),
            Fact("organisation_staff", "сколько человек в реестре", ()),
            Fact("organisation_young", "сколько в реестре молодых педагогов", ()),
        )
    }
)
"""Names reserved for the registry. One that is not known is empty, as an unanswered question is."""


@dataclass(frozen=True, slots=True)
class SurveyOption:
    """A switch that a campaign sets; expressions see it as the fact `option_<name>`, yes or no."""

    name: str
    label: str
    default: bool

    @property
    def fact(self) -> Fact:
        return Fact(f"option_{self.name}", self.label, (YES, NO))


@dataclass(frozen=True, slots=True)
class Choice:
    """`number` counts from 1 within its list and is what an answer stores."""

    number: int
    name: str
    label: str
    columns: tuple[tuple[str, str], ...] = ()
    """Further columns of its row, name and content, for the `choice_filter` of questions."""

    def column(self, name: str) -> str:
        """What the bare name in a `choice_filter` stands for; '' when there is no such column."""
        return {**dict(self.columns), "name": self.name, "label": self.label}.get(name, "")


@dataclass(frozen=True, slots=True)
class NumberRow:
    """An even row of numbers from `start` to `end`, both included; XLSForm's parameters of a range."""

    start: float
    end: float
    step: float

    @property
    def numbers(self) -> tuple[float, ...]:
        count = int((self.end - self.start) / self.step + 1e-9) + 1
        return tuple(round(self.start + place * self.step, 10) for place in range(count))


@dataclass(frozen=True, slots=True)
class Section:
    """XLSForm's group: skipped as a whole when it is not relevant."""

    name: str
    title: str
    relevant: Expression | None = None
    parent: str | None = None
    matrix: bool = False
    """Its questions are the lines of one table, all with the same scale (XLSForm's appearance table-list)."""


@dataclass(frozen=True, slots=True)
class Question:
    """`number` counts from 1 within a version and is what an answer stores."""

    number: int
    type: QuestionType
    name: str
    label: str = ""
    hint: str | None = None
    required: bool = False
    required_when: Expression | None = None
    """Must be answered whenever this holds; for `required` that is an expression."""
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: str | None = None
    calculation: Expression | None = None
    default: Expression | None = None
    """What is known or likely; the respondent confirms it with one press (SPEC §4, "Respect for time")."""
    list_name: str | None = None
    choices: tuple[Choice, ...] = ()
    choice_filter: Expression | None = None
    """Which of the choices are offered, by their columns and other answers."""
    row: NumberRow | None = None
    """Of a RANGE: the numbers to choose from."""
    section: str | None = None
    """The innermost section it stands in."""

    @property
    def is_step(self) -> bool:
        """The respondent sees it."""
        return self.type is not QuestionType.CALCULATE

    @property
    def is_asked(self) -> bool:
        """The respondent can answer it."""
        return self.type not in {QuestionType.CALCULATE, QuestionType.NOTE}

    @property
    def keeps_value(self) -> bool:
        """A calculation that looks at its own value, as once() does: what it first came to stays."""
        return self.calculation is not None and (self.calculation.uses_once or self.calculation.uses_dot)

    @property
    def is_multiple(self) -> bool:
        return self.type is QuestionType.SELECT_MULTIPLE

    @property
    def expressions(self) -> tuple[Expression | None, ...]:
        """All that it is decided by, in a fixed order."""
        return (
            self.relevant,
            self.required_when,
            self.constraint,
            self.calculation,
            self.default,
            self.choice_filter,
        )

    @property
    def is_number(self) -> bool:
        return self.type in {QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE}

    @property
    def is_text(self) -> bool:
        """Words of the respondent's own."""
        return self.type in {QuestionType.TEXT, QuestionType.LONG_TEXT}

    def choice(self, number: int) -> Choice:
        """The choice of that number; KeyError when there is none."""
        if not 1 <= number <= len(self.choices):
            raise KeyError(number)
        return self.choices[number - 1]


@dataclass(frozen=True, slots=True)
class Band:
    """A level of a scale: from `from_` (0–100, inclusive) up to the next band."""

    code: str
    title: str
    from_: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Several items counted together; the formula is at core.surveys.scoring.score."""

    name: str
    title: str
    items: tuple[str, ...]
    points: Mapping[str, float]
    """Points by name of choice."""
    bands: tuple[Band, ...]
    """Ascending, the first from 0."""
    reversed: frozenset[str] = frozenset()
    at_least: float = 0.5
    """Share of its relevant items that must be answered, 0–1."""


@dataclass(frozen=True, slots=True)
class FeedbackText:
    """What the respondent reads after submission; without a band it fits any, without a scale all."""

    scale: str | None
    band: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SurveyDefinition:
    """One version of a survey. Published versions never change."""

    code: str
    version: str
    title: str
    purpose: str
    privacy: SurveyPrivacy
    respondent: Respondent
    minutes: int
    source: str
    k: int
    """Fewest people a published figure may describe (SPEC §3)."""
    questions: tuple[Question, ...]
    sections: tuple[Section, ...] = ()
    options: tuple[SurveyOption, ...] = ()
    scales: tuple[Scale, ...] = ()
    feedback: tuple[FeedbackText, ...] = ()
    order: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Names of sections and questions so that each follows all it depends on."""
    named: frozenset[str] = field(init=False, repr=False, compare=False)
    """Every name that some expression or wording of it refers to."""
    _by_name: Mapping[str, Question] = field(init=False, repr=False, compare=False)
    _sections: Mapping[str, Section] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises graphlib.CycleError when the relevance of something depends on itself."""
        object.__setattr__(self, "_by_name", {q.name: q for q in self.questions})
        object.__setattr__(self, "_sections", {s.name: s for s in self.sections})
        object.__setattr__(self, "order", self._evaluation_order())
        object.__setattr__(self, "named", self._named())

    def question(self, number: int) -> Question:
        """The question of that number; KeyError when there is none."""
        if not 1 <= number <= len(self.questions):
            raise KeyError(number)
        return self.questions[number - 1]

    def by_name(self, name: str) -> Question:
        """The question of that name; KeyError when there is none."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        return name in self._by_name

    def section(self, name: str) -> Section:
        """The section of that name; KeyError when there is none."""
        return self._sections[name]

    def facts(self) -> dict[str, Fact]:
        """Every fact its expressions may name: the registry's and its own options."""
        return {**FACTS, **{option.fact.name: option.fact for option in self.options}}

    def _named(self) -> frozenset[str]:
        expressions = [section.relevant for section in self.sections]
        wordings = [section.title for section in self.sections]
        for question in self.questions:
            expressions += question.expressions
            wordings += [question.label, question.hint or "", *(choice.label for choice in question.choices)]
        written = {reference.name for one in expressions if one for reference in one.references}
        return frozenset(written | {name for words in wordings for name in placeholders(words)})

    def _evaluation_order(self) -> tuple[str, ...]:
        known = {*self._by_name, *self._sections}
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for section in self.sections:
            sorter.add(section.name, *_needs(known, section.parent, section.relevant))
        for question in self.questions:
            own = (question.relevant, question.calculation, question.choice_filter)
            sorter.add(question.name, *_needs(known, question.section, *own))
        return tuple(sorter.static_order())


def _needs(known: set[str], parent: str | None, *expressions: Expression | None) -> list[str]:
    names = [reference.name for expression in expressions if expression for reference in expression.references]
    if parent is not None:
        names.append(parent)
    return [name for name in dict.fromkeys(names) if name in known]
