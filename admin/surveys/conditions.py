"""Conditions of a survey in words, where they are simple enough for words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from admin.shell import formatting
from admin.surveys.words import fact_title, fact_value
from core.surveys.expressions.syntax import Call, Chain, Dot, Expression, Literal, Moment, Negation, Node, Reference
from core.surveys.model import YES, Question, SurveyDefinition
from core.surveys.wording import filled

_LONGEST_NAME = 70
_LONGEST_WORDS = 600
_ORDER: Mapping[str, str] = MappingProxyType(
    {"<": "меньше", "<=": "не больше", ">": "больше", ">=": "не меньше", "=": "равен", "!=": "не равен"}
)
_OF_COUNT: Mapping[str, str] = MappingProxyType({**_ORDER, "=": "ровно", "!=": "не"})
_OF_DAYS: Mapping[str, str] = MappingProxyType(
    {"<": "раньше", "<=": "не позже", ">": "позже", ">=": "не раньше", "=": "равен", "!=": "не равен"}
)
_JOINED: Mapping[str, str] = MappingProxyType({"and": " и ", "or": " или "})


@dataclass(frozen=True, slots=True)
class Condition:
    """`words` when it can be said, otherwise '' and the reader gets the `source`."""

    words: str
    source: str


def condition(
    definition: SurveyDefinition, expression: Expression | None, checked: Question | None = None
) -> Condition | None:
    """A condition as a reader without knowledge of XLSForm understands it; `checked`: whose answer the dot is."""
    if expression is None:
        return None
    words = _Wording(definition, checked).said(expression.root) or ""
    return Condition(words if len(words) <= _LONGEST_WORDS else "", expression.source)


def label(definition: SurveyDefinition, text: str) -> str:
    """A wording with the places of earlier answers named in brackets."""
    return filled(text, lambda name: f"[{_name(definition, name)}]")


@dataclass(frozen=True, slots=True)
class _Wording:
    definition: SurveyDefinition
    checked: Question | None

    def said(self, node: Node) -> str | None:
        """None for what is not simple."""
        match node:
            case Chain(Chain(Dot(), ((">=", low),)), (("and", Chain(Dot(), (("<=", high),))),)):
                return self._between(low, high)
            case Chain(first, rest) if rest[0][0] in _JOINED:
                return self._several((first, *(operand for _, operand in rest)), rest[0][0])
            case Chain(left, ((operator, right),)) if operator in _ORDER:
                return self._comparison(left, operator, right)
            case Call("not", (inner,)):
                return self._denied(inner)
            case Call("selected" | "is-selected", (of, Literal(str() as choice))):
                return self._marked(of, choice, "отмечено")
        return None

    def _denied(self, node: Node) -> str | None:
        match node:
            case Call("selected" | "is-selected", (of, Literal(str() as choice))):
                return self._marked(of, choice, "не отмечено")
            case Chain(left, (("=", right),)):
                return self._comparison(left, "!=", right)
        return None

    def _between(self, low: Node, high: Node) -> str | None:
        first, last = self._value(low), self._value(high)
        if first is None or last is None:
            return None
        return f"ответ от {first} до {last}"

    def _several(self, nodes: tuple[Node, ...], operator: str) -> str | None:
        parts = []
        for node in nodes:
            words = self.said(node)
            if words is None:
                return None
            is_chain = isinstance(node, Chain) and node.rest[0][0] in _JOINED
            parts.append(f"({words})" if is_chain else words)
        return _JOINED[operator].join(parts)

    def _comparison(self, left: Node, operator: str, right: Node) -> str | None:
        if isinstance(left, Reference) and isinstance(right, Literal):
            return self._of_name(left.name, operator, right.value)
        value = self._value(right)
        if value is None:
            return None
        match left:
            case Dot():
                return f"ответ {(_OF_DAYS if _is_day(right) else _ORDER)[operator]} {value}"
            case Call("count-selected", (Dot(),)):
                return f"отмечено {_OF_COUNT[operator]} {value}"
            case Call("count-selected", (Reference(name=name),)):
                return f"в «{_name(self.definition, name)}» отмечено {_OF_COUNT[operator]} {value}"
        return None

    def _of_name(self, name: str, operator: str, value: str | float) -> str:
        title = _name(self.definition, name)
        same = operator == "="
        if isinstance(value, float) or operator not in {"=", "!="}:
            return f"ответ на «{title}» {_ORDER[operator]} {_number(value)}"
        if name.startswith("option_") and not self.definition.has(name):
            return f"настройка «{title}» {'включена' if (value == YES) == same else 'выключена'}"
        if value == "":
            return f"«{title}»: {'ответа нет' if same else 'ответ есть'}"
        return f"«{title}» — {'' if same else 'не '}«{self._value_of(name, value)}»"

    def _marked(self, of: Node, choice: str, word: str) -> str | None:
        if isinstance(of, Dot) and self.checked is not None:
            return f"{word} «{_choice(self.checked, choice)}»"
        if isinstance(of, Reference):
            return f"в «{_name(self.definition, of.name)}» {word} «{self._value_of(of.name, choice)}»"
        return None

    def _value(self, node: Node) -> str | None:
        match node:
            case Literal(value=value):
                return _number(value)
            case Negation(Literal(value=float() as number)):
                return _number(-number)
            case Reference(name=name):
                return f"«{_name(self.definition, name)}»"
            case Moment(with_time=False):
                return "сегодняшнего дня"
        return None

    def _value_of(self, name: str, value: str) -> str:
        if self.definition.has(name):
            return _choice(self.definition.by_name(name), value)
        return fact_value(name, value)


def _is_day(node: Node) -> bool:
    return isinstance(node, Moment)


def _number(value: str | float) -> str:
    return formatting.decimal(value, 4) if isinstance(value, float) else f"«{value}»"


def _name(definition: SurveyDefinition, name: str) -> str:
    """What a question or fact is called for people; within its name other answers are left out."""
    if definition.has(name):
        text = filled(definition.by_name(name).label, lambda _: "…") or name
        return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1].rstrip() + "…"
    return fact_title(definition, name) if name in definition.facts() else name


def _choice(question: Question, name: str) -> str:
    return next((one.label for one in question.choices if one.name == name), name)
