"""Whether the parts of a definition fit together; every fault with its place and what to put right."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise

from core.surveys.expressions.syntax import Call, Chain, Expression, Literal, Negation, Node, Reference
from core.surveys.feedback import PLACEHOLDERS
from core.surveys.model import Question, QuestionType, Scale, SurveyDefinition
from core.surveys.reading import Problem
from core.surveys.wording import placeholders

_ITEM_TYPES = {QuestionType.SELECT_ONE, QuestionType.LIKERT}
_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class Part(StrEnum):
    """What a fault is about, in the words of a place."""

    SURVEY = ""
    OPTION = "настройка"
    SECTION = "раздел"
    QUESTION = "вопрос"
    SCALE = "шкала"
    FEEDBACK = "отзыв"


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` is that of the part (of a feedback text its number, from 1), `field` one of its fields."""

    part: Part
    name: str
    message: str
    field: str | None = None
    doubtful: bool = False
    """It could be meant: a comparison that never holds harms nobody, but in our own catalogue it is a slip."""

    @property
    def where(self) -> str:
        """The place within a file whose parts are found by their names."""
        number = "№ " if self.part is Part.FEEDBACK else ""
        part = f"{self.part} {number}{self.name}" if self.part else ""
        return ", ".join(filter(None, [part, f"поле {self.field}" if self.field else ""]))


Found = Iterator[Fault]


def check(definition: SurveyDefinition, origin: str) -> list[Problem]:
    """Every problem of a definition whose parts were read without one."""
    return [
        Problem(f"{origin}, {fault.where}" if fault.where else origin, fault.message) for fault in faults(definition)
    ]


def faults(definition: SurveyDefinition) -> list[Fault]:
    """Every fault, for a reader that has places of its own."""
    parts = (_whole, _names, _questions, _sections, _scales, _feedback)
    return [fault for part in parts for fault in part(definition)]


def _whole(definition: SurveyDefinition) -> Found:
    if not any(question.is_asked for question in definition.questions):
        yield Fault(Part.SURVEY, "", "в анкете нет ни одного вопроса")
    if not 1 <= definition.minutes <= 120:
        yield Fault(Part.SURVEY, "", "нужно от 1 до 120 минут", "minutes")
    if definition.k < 3:
        yield Fault(Part.SURVEY, "", "порог раскрытия не бывает меньше трёх человек", "k")


def _names(definition: SurveyDefinition) -> Found:
    named = [(Part.QUESTION, question.name) for question in definition.questions]
    named += [(Part.SECTION, section.name) for section in definition.sections]
    for part, name in named:
        if name in definition.facts():
            yield Fault(part, name, "это имя занято сведениями из реестра или настройкой анкеты")
    for name, count in Counter(option.name for option in definition.options).items():
        if count > 1:
            yield Fault(Part.OPTION, name, "имя занято")


def _questions(definition: SurveyDefinition) -> Found:
    for question in definition.questions:
        about = Fault(Part.QUESTION, question.name, "")
        yield from _own_expressions(definition, question, about)
        yield from _wording(definition, about, question.label, question.hint, *(one.label for one in question.choices))
        yield from _superfluous(question, about)


def _superfluous(question: Question, about: Fault) -> Found:
    if (question.type is QuestionType.CALCULATE) != (question.calculation is not None):
        yield replace(about, field="calculation", message="оно нужно вопросам calculate, и только им")
    if not question.is_asked and (question.required or question.required_when or question.constraint):
        yield replace(about, message="на него не отвечают, поэтому required и constraint здесь лишние")
    if question.constraint_message and not question.constraint:
        yield replace(about, field="constraint_message", message="без constraint оно никогда не покажется")
    if question.choice_filter and not question.choices:
        yield replace(about, field="choice_filter", message="отбирать нечего: у вопроса нет вариантов")


def _own_expressions(definition: SurveyDefinition, question: Question, about: Fault) -> Found:
    fields = (
        (question.relevant, "relevant", False),
        (question.required_when, "required", False),
        (question.calculation, "calculation", True),
        (question.default, "default", False),
        (question.choice_filter, "choice_filter", False),
        (question.constraint, "constraint", True),
    )
    for expression, field, dot in fields:
        yield from _expression(definition, expression, replace(about, field=field), dot=dot)
    known = {"name", "label", *(column for choice in question.choices for column, _ in choice.columns)}
    for column in question.choice_filter.columns if question.choice_filter else ():
        if column.name not in known:
            message = f"столбца {column.name} у вариантов нет; бывают: {', '.join(sorted(known))}"
            yield replace(about, field="choice_filter", message=f"знак {column.position}: {message}")


def _wording(definition: SurveyDefinition, about: Fault, *texts: str | None) -> Found:
    """Every `${name}` in a label must be something that can be put there."""
    names = {**definition.facts(), **{question.name: question for question in definition.questions}}
    for text in texts:
        for name in placeholders(text or ""):
            if name not in names:
                yield replace(about, message=f"в подписи названо ${{{name}}}, а такого вопроса нет")


def _sections(definition: SurveyDefinition) -> Found:
    for section in definition.sections:
        about = Fault(Part.SECTION, section.name, "")
        yield from _expression(definition, section.relevant, replace(about, field="relevant"))
        yield from _wording(definition, about, section.title)
        if section.matrix:
            yield from _matrix(definition, about)


def _matrix(definition: SurveyDefinition, about: Fault) -> Found:
    inside = [question for question in definition.questions if question.section == about.name]
    lists = {question.list_name for question in inside}
    if len(lists) > 1 or any(question.type not in _ITEM_TYPES for question in inside):
        message = "в таблице (table-list) стоят только вопросы с выбором одного варианта из одного и того же списка"
        yield replace(about, message=message)
    if any(question.choice_filter for question in inside):
        yield replace(about, message="в таблице (table-list) варианты не отбирают: choice_filter здесь не действует")


def _expression(
    definition: SurveyDefinition, expression: Expression | None, about: Fault, *, dot: bool = False
) -> Found:
    if expression is None:
        return
    if expression.uses_dot and not dot:
        message = "точка означает проверяемый ответ и понятна только в constraint; назовите вопрос: ${имя}"
        yield replace(about, message=message)
    for reference in expression.references:
        if unanswerable := _unanswerable(definition, reference):
            yield replace(about, message=f"знак {reference.position}: {unanswerable}")
    for name in expression.labels_of:
        if not definition.has(name):
            yield replace(about, message=f"в jr:choice-name() названо ${{{name}}}, а такого вопроса нет")
    for reference, text in _comparisons(expression.root):
        known = _values(definition, reference.name)
        if known is not None and text not in {"", *known}:
            message = f"у {reference.name} нет значения '{text}'; бывают: " + ", ".join(known)
            yield replace(about, message=f"знак {reference.position}: {message}", doubtful=True)


def _unanswerable(definition: SurveyDefinition, reference: Reference) -> str | None:
    name = reference.name
    if definition.has(name):
        is_note = definition.by_name(name).type is QuestionType.NOTE
        return f"{name} — пояснение, у него нет ответа" if is_note else None
    facts = definition.facts()
    if name in facts:
        return None
    close = get_close_matches(name, [*(question.name for question in definition.questions), *facts], n=1)
    return f"вопроса {name} нет" + (f"; возможно, {close[0]}" if close else "")


def _values(definition: SurveyDefinition, name: str) -> tuple[str, ...] | None:
    """What a name can stand for, when that is a closed list."""
    if definition.has(name):
        return tuple(choice.name for choice in definition.by_name(name).choices) or None
    fact = definition.facts().get(name)
    return fact.values or None if fact else None


def _comparisons(node: Node) -> Iterator[tuple[Reference, str]]:
    """Every `${name} = 'text'` and `selected(${name}, 'text')`."""
    match node:
        case Chain(Reference() as reference, (("=" | "!=", Literal(str(text))), *_)):
            yield reference, text
        case Call("selected", (Reference() as reference, Literal(str(text)))):
            yield reference, text
        case Chain(first, rest):
            for child in (first, *(operand for _, operand in rest)):
                yield from _comparisons(child)
        case Call(_, arguments):
            for child in arguments:
                yield from _comparisons(child)
        case Negation(operand):
            yield from _comparisons(operand)


def _scales(definition: SurveyDefinition) -> Found:
    for name, count in Counter(scale.name for scale in definition.scales).items():
        if count > 1:
            yield Fault(Part.SCALE, name, "имя занято")
    for scale in definition.scales:
        for message in (*_item_faults(definition, scale), *_band_faults(scale)):
            yield Fault(Part.SCALE, scale.name, message)


def _item_faults(definition: SurveyDefinition, scale: Scale) -> Iterator[str]:
    if not scale.items or len(set(scale.items)) < len(scale.items):
        yield "нужны утверждения (items), каждое по одному разу"
    if not 0 < scale.at_least <= 1:
        yield "доля at_least бывает больше 0 и не больше 1"
    if not scale.points or min(scale.points.values()) < 0 or max(scale.points.values()) <= 0:
        yield "баллы (points) бывают от нуля, и хотя бы один больше нуля"
    for name in sorted(scale.reversed - set(scale.items)):
        yield f"{name} названо в reversed, но не в items"
    for name in scale.items:
        if not definition.has(name):
            yield f"вопроса {name} нет"
        else:
            yield from _points_faults(definition.by_name(name), scale)


def _points_faults(question: Question, scale: Scale) -> Iterator[str]:
    if question.type not in _ITEM_TYPES:
        yield f"{question.name}: в шкалу входят только вопросы с выбором одного варианта"
    for choice in question.choices:
        if choice.name not in scale.points:
            yield f"{question.name}: у варианта {choice.name} нет баллов"


def _band_faults(scale: Scale) -> Iterator[str]:
    starts = [band.from_ for band in scale.bands]
    if not starts or starts[0] != 0 or starts[-1] > 100 or any(low >= high for low, high in pairwise(starts)):
        yield "уровни (bands) идут по возрастанию, первый — от 0, последний — не дальше 100"
    if len({band.code for band in scale.bands}) < len(starts):
        yield "коды уровней не должны повторяться"


def _feedback(definition: SurveyDefinition) -> Found:
    bands = {scale.name: {band.code for band in scale.bands} for scale in definition.scales}
    for place, text in enumerate(definition.feedback, start=1):
        about = Fault(Part.FEEDBACK, str(place), "")
        if text.scale is not None and text.scale not in bands:
            yield replace(about, message=f"шкалы {text.scale} нет")
        elif text.band is not None and text.band not in bands.get(text.scale or "", set()):
            yield replace(about, message=f"уровня {text.band} у этой шкалы нет")
        for name in _BRACES.findall(text.text):
            if name.strip() not in PLACEHOLDERS:
                message = f"вставки {{{{{name}}}}} нет; бывают: " + ", ".join(sorted(PLACEHOLDERS))
                yield replace(about, message=message)
