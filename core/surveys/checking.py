"""Whether the parts of a definition fit together; every fault with its place and what to put right."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

from core.surveys.expressions.syntax import Call, Chain, Expression, Literal, Negation, Node, Reference
from core.surveys.feedback import PLACEHOLDERS
from core.surveys.model import Question, QuestionType, Scale, SurveyDefinition
from core.surveys.reading import Problem
from core.surveys.wording import placeholders

_ITEM_TYPES = {QuestionType.SELECT_ONE, QuestionType.LIKERT}
_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def check(definition: SurveyDefinition, origin: str) -> list[Problem]:
    """Every problem of a definition whose parts were read without one."""
    parts = (_whole, _names, _questions, _sections, _scales, _feedback)
    return [
        Problem(f"{origin}, {where}" if where else origin, message)
        for part in parts
        for where, message in part(definition)
    ]


Found = Iterator[tuple[str, str]]
"""Place within the file, and message."""


def _whole(definition: SurveyDefinition) -> Found:
    if not any(question.is_asked for question in definition.questions):
        yield "", "в анкете нет ни одного вопроса"
    if not 1 <= definition.minutes <= 120:
        yield "поле minutes", "нужно от 1 до 120 минут"
    if definition.k < 3:
        yield "поле k", "порог раскрытия не бывает меньше трёх человек"


def _names(definition: SurveyDefinition) -> Found:
    names = [question.name for question in definition.questions] + [section.name for section in definition.sections]
    for name in names:
        if name in definition.facts():
            yield f"вопрос {name}", "это имя занято сведениями из реестра или настройкой анкеты"
    for name, count in Counter(option.name for option in definition.options).items():
        if count > 1:
            yield f"настройка {name}", "имя занято"


def _questions(definition: SurveyDefinition) -> Found:
    for question in definition.questions:
        where = f"вопрос {question.name}"
        yield from _own_expressions(definition, question, where)
        yield from _wording(definition, where, question.label, question.hint, *(one.label for one in question.choices))
        if (question.type is QuestionType.CALCULATE) != (question.calculation is not None):
            yield f"{where}, поле calculation", "оно нужно вопросам calculate, и только им"
        if not question.is_asked and (question.required or question.required_when or question.constraint):
            yield where, "на него не отвечают, поэтому required и constraint здесь лишние"
        if question.constraint_message and not question.constraint:
            yield f"{where}, поле constraint_message", "без constraint оно никогда не покажется"
        if question.choice_filter and not question.choices:
            yield f"{where}, поле choice_filter", "отбирать нечего: у вопроса нет вариантов"


def _own_expressions(definition: SurveyDefinition, question: Question, where: str) -> Found:
    yield from _expression(definition, question.relevant, f"{where}, поле relevant")
    yield from _expression(definition, question.required_when, f"{where}, поле required")
    yield from _expression(definition, question.calculation, f"{where}, поле calculation", dot=True)
    yield from _expression(definition, question.default, f"{where}, поле default")
    yield from _expression(definition, question.choice_filter, f"{where}, поле choice_filter")
    yield from _expression(definition, question.constraint, f"{where}, поле constraint", dot=True)
    known = {"name", "label", *(column for choice in question.choices for column, _ in choice.columns)}
    for column in question.choice_filter.columns if question.choice_filter else ():
        if column.name not in known:
            yield (
                f"{where}, поле choice_filter",
                f"знак {column.position}: столбца {column.name} у вариантов нет; бывают: {', '.join(sorted(known))}",
            )


def _wording(definition: SurveyDefinition, where: str, *texts: str | None) -> Found:
    """Every `${name}` in a label must be something that can be put there."""
    names = {**definition.facts(), **{question.name: question for question in definition.questions}}
    for text in texts:
        for name in placeholders(text or ""):
            if name not in names:
                yield where, f"в подписи названо ${{{name}}}, а такого вопроса нет"


def _sections(definition: SurveyDefinition) -> Found:
    for section in definition.sections:
        where = f"раздел {section.name}"
        yield from _expression(definition, section.relevant, f"{where}, поле relevant")
        yield from _wording(definition, where, section.title)
        if section.matrix:
            yield from _matrix(definition, section.name, where)


def _matrix(definition: SurveyDefinition, name: str, where: str) -> Found:
    inside = [question for question in definition.questions if question.section == name]
    lists = {question.list_name for question in inside}
    if len(lists) > 1 or any(question.type not in _ITEM_TYPES for question in inside):
        yield where, "в таблице (table-list) стоят только вопросы с выбором одного варианта из одного и того же списка"
    if any(question.choice_filter for question in inside):
        yield where, "в таблице (table-list) варианты не отбирают: choice_filter здесь не действует"


def _expression(definition: SurveyDefinition, expression: Expression | None, where: str, *, dot: bool = False) -> Found:
    if expression is None:
        return
    if expression.uses_dot and not dot:
        yield where, "точка означает проверяемый ответ и понятна только в constraint; назовите вопрос: ${имя}"
    for reference in expression.references:
        if message := _unanswerable(definition, reference):
            yield where, f"знак {reference.position}: {message}"
    for reference, text in _comparisons(expression.root):
        known = _values(definition, reference.name)
        if known is not None and text not in {"", *known}:
            yield (
                where,
                f"знак {reference.position}: у {reference.name} нет значения '{text}'; бывают: " + ", ".join(known),
            )


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
            yield f"шкала {name}", "имя занято"
    for scale in definition.scales:
        where = f"шкала {scale.name}"
        for message in (*_item_faults(definition, scale), *_band_faults(scale)):
            yield where, message


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
        where = f"отзыв № {place}"
        if text.scale is not None and text.scale not in bands:
            yield where, f"шкалы {text.scale} нет"
        elif text.band is not None and text.band not in bands.get(text.scale or "", set()):
            yield where, f"уровня {text.band} у этой шкалы нет"
        for name in _BRACES.findall(text.text):
            if name.strip() not in PLACEHOLDERS:
                yield where, f"вставки {{{{{name}}}}} нет; бывают: " + ", ".join(sorted(PLACEHOLDERS))
