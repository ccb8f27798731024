"""What holds once certain answers are given: which questions are relevant, what a name stands for."""

from collections.abc import Callable
from datetime import datetime

from core.surveys import values, wording
from core.surveys.answers import InvalidAnswer, check_value
from core.surveys.expressions import Scope, evaluate, is_true, to_text
from core.surveys.expressions.syntax import Expression
from core.surveys.model import NOW, Answers, Choice, Facts, Question, QuestionType, SurveyDefinition, Value
from core.surveys.values import value_text


class Situation:
    """Worked out in one pass, each name after those it depends on; an irrelevant answer counts as none."""

    def __init__(self, definition: SurveyDefinition, answers: Answers, facts: Facts) -> None:
        self._definition = definition
        self._answers = answers
        self._facts = facts
        self._now = datetime.fromisoformat(facts[NOW]) if NOW in facts else None
        self._relevant: set[str] = set()
        self._calculated: dict[str, str] = {}
        self._offered: dict[str, tuple[Choice, ...]] = {}
        for name in definition.order:
            self._visit(name)

    def is_relevant(self, name: str) -> bool:
        """Whether the question or section of that name is to be shown."""
        return name in self._relevant

    def text(self, name: str) -> str:
        """What `${name}` stands for; choices by name, several of them with spaces between (XLSForm)."""
        if not self._definition.has(name):
            return self._facts.get(name, "")
        if name not in self._relevant:
            return ""
        question = self._definition.by_name(name)
        if question.type is QuestionType.CALCULATE:
            return self._calculated[name]
        value = self.answer(question)
        return "" if value is None else value_text(question, value)

    def answer(self, question: Question) -> Value | None:
        """The stored answer as far as it stands: without choices that are no longer offered."""
        value = self._answers.get(question.number)
        if value is None or question.choice_filter is None or isinstance(value, str):
            return value
        offered = {choice.number for choice in self.choices(question)}
        if isinstance(value, tuple):
            return tuple(number for number in value if number in offered) or None
        return value if int(value) in offered else None

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The choices that are offered now."""
        wanted = question.choice_filter
        if wanted is None:
            return question.choices
        if question.name not in self._offered:
            # Looked up once: many questions may ask what was chosen here, and each would go through the list again.
            found = (one for one in question.choices if is_true(wanted, self._scope(column=one.column)))
            self._offered[question.name] = tuple(found)
        return self._offered[question.name]

    def is_required(self, question: Question) -> bool:
        return question.required or (question.required_when is not None and self.holds(question.required_when))

    def satisfies(self, question: Question, value: Value) -> bool:
        """Whether the value keeps to the question's constraint."""
        return question.constraint is None or self.holds(question.constraint, value_text(question, value))

    def suggestion(self, question: Question) -> Value | None:
        """What is known or likely, as an answer that can be confirmed; None when it would not be one."""
        if question.default is None:
            return None
        text = to_text(evaluate(question.default, self._scope()))
        value = values.from_text(question, text, self.choices(question))
        if value is None or not self.satisfies(question, value):
            return None
        try:
            check_value(question, value)
        except InvalidAnswer:
            return None
        return value

    def filled(self, text: str) -> str:
        """A label with the answers it refers to, in words."""
        return wording.filled(text, self._said)

    def holds(self, expression: Expression, dot: str = "") -> bool:
        return is_true(expression, self._scope(dot))

    def _said(self, name: str) -> str:
        if not self._definition.has(name):
            return self._facts.get(name, "")
        question = self._definition.by_name(name)
        value = self.answer(question) if name in self._relevant and question.is_asked else None
        return self.text(name) if value is None else values.said(question, value)

    def _scope(self, dot: str = "", column: Callable[[str], str] = lambda _: "") -> Scope:
        return Scope(lookup=self.text, dot=dot, now=self._now, choice_label=self._choice_label, column=column)

    def _choice_label(self, name: str, choice: str) -> str:
        if not self._definition.has(name):
            return ""
        choices = self._definition.by_name(name).choices
        return next((self.filled(one.label) for one in choices if one.name == choice), "")

    def _visit(self, name: str) -> None:
        if not self._definition.has(name):
            section = self._definition.section(name)
            self._decide(name, section.parent, section.relevant)
            return
        question = self._definition.by_name(name)
        self._decide(name, question.section, question.relevant)
        if question.calculation is not None:
            kept = self._answers.get(question.number) if question.keeps_value else None
            self._calculated[name] = self._came_to(question.calculation) if kept is None else str(kept)

    def _came_to(self, calculation: Expression) -> str:
        """What is no number is nothing, as in ODK."""
        text = to_text(evaluate(calculation, self._scope()))
        return "" if text == "NaN" else text

    def _decide(self, name: str, parent: str | None, relevant: Expression | None) -> None:
        within = parent is None or parent in self._relevant
        if within and (relevant is None or self.holds(relevant)):
            self._relevant.add(name)
