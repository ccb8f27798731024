"""What holds once certain answers are given: which questions are relevant, what a name stands for."""

from core.surveys.expressions import evaluate, is_true, to_text
from core.surveys.expressions.syntax import Expression
from core.surveys.model import Answers, Facts, Question, QuestionType, SurveyDefinition, Value


class Situation:
    """Worked out in one pass, each name after those it depends on; an irrelevant answer counts as none."""

    def __init__(self, definition: SurveyDefinition, answers: Answers, facts: Facts) -> None:
        self._definition = definition
        self._answers = answers
        self._facts = facts
        self._relevant: set[str] = set()
        self._calculated: dict[str, str] = {}
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
        value = self._answers.get(question.number)
        return "" if value is None else value_text(question, value)

    def _visit(self, name: str) -> None:
        if not self._definition.has(name):
            section = self._definition.section(name)
            self._decide(name, section.parent, section.relevant)
            return
        question = self._definition.by_name(name)
        self._decide(name, question.section, question.relevant)
        if question.calculation is not None:
            self._calculated[name] = to_text(evaluate(question.calculation, self.text))

    def _decide(self, name: str, parent: str | None, relevant: Expression | None) -> None:
        within = parent is None or parent in self._relevant
        if within and (relevant is None or is_true(relevant, self.text)):
            self._relevant.add(name)


def value_text(question: Question, value: Value) -> str:
    """An answer as expressions see it."""
    if isinstance(value, tuple):
        return " ".join(question.choice(number).name for number in value)
    if question.choices:
        return question.choice(int(value)).name
    return value if isinstance(value, str) else to_text(float(value))
