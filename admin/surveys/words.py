"""Russian words for codes that only the pages of surveys show."""

from collections.abc import Mapping
from types import MappingProxyType

from admin.shell.words import KINDS, POSITION_GROUPS
from core.authoring.model import Aspect, Detail, Origin
from core.indicators.words import EXPERIENCE
from core.surveys.model import NO, YES, QuestionType, SurveyDefinition

TYPES: Mapping[str, str] = MappingProxyType(
    {
        QuestionType.SELECT_ONE: "один вариант",
        QuestionType.SELECT_MULTIPLE: "несколько вариантов",
        QuestionType.LIKERT: "шкала ответов",
        QuestionType.INTEGER: "целое число",
        QuestionType.DECIMAL: "число, можно с дробью",
        QuestionType.RANGE: "число из ряда",
        QuestionType.DATE: "дата",
        QuestionType.TIME: "время",
        QuestionType.DATETIME: "дата и время",
        QuestionType.RANK: "расставить по порядку",
        QuestionType.TEXT: "короткий текст",
        QuestionType.LONG_TEXT: "длинный текст",
        QuestionType.NOTE: "пояснение, без ответа",
        QuestionType.CALCULATE: "расчёт, на экране его нет",
    }
)
ORIGINS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Origin.BUILT_IN: ("calm", "готовая"),
        Origin.CHANGED: ("going", "ваша версия"),
        Origin.OWN: ("good", "ваша анкета"),
    }
)
"""Whose a survey is → tone of the mark and its words."""

_YES_NO = MappingProxyType({YES: "да", NO: "нет"})
FACT_VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "teacher_position_group": POSITION_GROUPS,
        "teacher_is_management": _YES_NO,
        "teacher_is_coordinator": _YES_NO,
        "teacher_experience": {band.value: said for band, said in EXPERIENCE.items()},
        "pair_role": MappingProxyType({"mentor": "наставник", "mentee": "наставляемый"}),
        "organisation_kind": KINDS,
    }
)
"""Words for what facts with a closed list of values can be."""

ASPECTS: Mapping[str, str] = MappingProxyType(
    {
        Aspect.TITLE: "Название: было «{before}», стало «{after}».",
        Aspect.PURPOSE: "Изменилось, зачем она: «{after}»",
        Aspect.PRIVACY: "Вид анкеты: была «{before}», станет «{after}».",
        Aspect.RESPONDENT: "Отвечать будут другие: были {before}, станут {after}.",
        Aspect.MINUTES: "Минут на анкету: было {before}, стало {after}.",
        Aspect.K: "Числа показываем, если за ними не меньше стольких человек: было {before}, стало {after}.",
        Aspect.ADDED: "Добавлено: «{subject}».",
        Aspect.REMOVED: "Убрано: «{subject}».",
        Aspect.CHANGED: "Изменено «{subject}»: {details}.",
        Aspect.ORDER: "Вопросы идут в другом порядке.",
        Aspect.SECTIONS: "Изменились разделы: их названия, условия или вложенность.",
        Aspect.OPTIONS: "Изменились настройки, которые выбирают перед анкетированием.",
        Aspect.SCALE_ADDED: "Добавлена шкала «{subject}».",
        Aspect.SCALE_REMOVED: "Убрана шкала «{subject}»: показателей и сравнения с прошлым по ней больше не будет.",
        Aspect.SCALE_CHANGED: "Изменена шкала «{subject}»: её вопросы, баллы или уровни.",
        Aspect.FEEDBACK: "Изменились отзывы, которые человек читает после анкеты.",
    }
)
DETAILS: Mapping[str, str] = MappingProxyType(
    {
        Detail.TYPE: "вид ответа",
        Detail.LABEL: "формулировка",
        Detail.HINT: "подсказка",
        Detail.REQUIRED: "обязательность",
        Detail.RELEVANT: "условие показа",
        Detail.CONSTRAINT: "проверка ответа",
        Detail.CALCULATION: "расчёт",
        Detail.DEFAULT: "подстановка известного",
        Detail.CHOICES: "набор вариантов",
        Detail.CHOICE_LABELS: "формулировки вариантов",
        Detail.CHOICE_FILTER: "отбор вариантов",
        Detail.ROW: "ряд чисел",
        Detail.SECTION: "раздел",
    }
)


def fact_title(definition: SurveyDefinition, name: str) -> str:
    """What a fact is called; of an option its label. KeyError when there is no such fact."""
    return definition.facts()[name].title


def fact_value(name: str, value: str) -> str:
    """What a fact is, in words; a value without words stands for itself."""
    return FACT_VALUES.get(name, _YES_NO).get(value, value)
