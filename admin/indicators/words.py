"""Values of indicators as people read them: «12,3 %», «48 из 476», «нет данных»."""

from admin.shell import formatting
from admin.shell.formatting import NBSP
from core.indicators.model import Measure, Passport, TargetOrigin, TargetView, Unit
from core.russian import plural_form

NO_DATA = "нет данных"
WITHHELD = "—"
"""For protected results: nobody can tell an empty figure from one that is kept back."""

PROTECTED = frozenset({"B2"})
"""Indicators whose values come out of a release."""

_COMPARISONS = {"at_least": "не меньше ", "at_most": "не больше ", "exactly": ""}
HEADINGS = {
    "subject": "Предмет",
    "organisation": "Организация",
    "position": "Должность",
    "kind": "Вид организаций",
    "experience": "Стаж",
    "cluster": "Организация",
    "wave": "Анкетирование",
}
"""Of the first column of a breakdown, by its code."""

ORIGINS = {TargetOrigin.TARGET: "цель документа", TargetOrigin.PLAN: "ожидаемый результат плана"}


def absent(passport: Passport) -> str:
    """What stands where there is no value."""
    return WITHHELD if passport.code in PROTECTED else NO_DATA


def value(measure: Measure | None, unit: Unit) -> str:
    """Empty without data."""
    if measure is None or measure.value is None:
        return ""
    return formatting.percent(measure.value) if unit is Unit.PERCENT else formatting.decimal(measure.value)


def people(measure: Measure | None) -> str:
    """«48 из 476», or «275 анкет» where only their number may be told; what is not known is left out."""
    if measure is None:
        return ""
    if measure.numerator is None:
        count = measure.denominator
        return "" if count is None else formatting.plural(count, "анкета", "анкеты", "анкет")
    if measure.denominator is None:
        return formatting.whole(measure.numerator)
    return f"{formatting.whole(measure.numerator)} из {formatting.whole(measure.denominator)}"


def change(measure: Measure | None, previous: Measure | None, unit: Unit) -> str:
    """How far from the previous period: «+3,2 п. п.»; empty when either value is missing."""
    if measure is None or previous is None or measure.value is None or previous.value is None:
        return ""
    difference = round(measure.value - previous.value, 1)
    if difference == 0:
        return "без изменений"
    sign = "+" if difference > 0 else ""
    word = f"п.{NBSP}п." if unit is Unit.PERCENT else plural_form(2, "балл", "балла", "баллов")
    return f"{sign}{formatting.decimal(difference)}{NBSP}{word}"


def target_value(one: TargetView) -> str:
    """«10 %»."""
    return formatting.percent(one.value) if one.unit == "percent" else formatting.decimal(one.value)


def target(one: TargetView) -> str:
    """«не меньше 10 % за 2026 год»."""
    return f"{_COMPARISONS[one.comparison]}{target_value(one)} за {one.year} год"


def part_words(code: str) -> tuple[str, str]:
    """What the parts of an indicator are called: heading of the table, heading of its first column."""
    return ("По шкалам", "Шкала") if code in PROTECTED else ("По направлениям", "Направление")
