"""The cycle in words: its stages, why each is where it is, and the step that mends a break."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.cycle.model import Reason, Stage, StageCode, StageState
from core.indicators.model import IndicatorGroup

STAGES: Mapping[StageCode, str] = MappingProxyType(
    {
        StageCode.GOALS: "Цели",
        StageCode.INDICATORS: "Показатели",
        StageCode.COLLECTION: "Сбор данных",
        StageCode.MONITORING: "Мониторинг",
        StageCode.ANALYSIS: "Анализ",
        StageCode.RECOMMENDATIONS: "Рекомендации",
        StageCode.MEASURES: "Меры",
        StageCode.DECISIONS: "Решения",
        StageCode.EFFECTIVENESS: "Эффективность",
    }
)
GROUPS: Mapping[IndicatorGroup, str] = MappingProxyType(
    {
        IndicatorGroup.DIAGNOSTICS: "Профессиональные дефициты",
        IndicatorGroup.WELLBEING: "Профессиональное выгорание",
    }
)
STATES: Mapping[StageState, str] = MappingProxyType(
    {
        StageState.DONE: "готово",
        StageState.IN_PROGRESS: "в работе",
        StageState.DUE: "пора действовать",
        StageState.NOTHING: "позже",
    }
)
REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.GOALS_SET: "цель задана",
        Reason.GOALS_MISSING: "цель не задана",
        Reason.MONITORED: "показатели выбраны",
        Reason.NOT_MONITORED: "показатели не выбраны",
        Reason.CAMPAIGN_CLOSED: "анкетирование завершено",
        Reason.CAMPAIGN_OPEN: "анкетирование идёт",
        Reason.CAMPAIGN_PREPARED: "анкетирование готовится",
        Reason.CAMPAIGN_MISSING: "анкетирования ещё не было",
        Reason.VALUES_FINAL: "значения посчитаны",
        Reason.VALUES_GROWING: "значения ещё меняются",
        Reason.VALUES_MISSING: "значений пока нет",
        Reason.DOCUMENT_MISSING: "документа пока нет",
        Reason.WAITING: "ждёт предыдущего этапа",
        Reason.MEASURES_PLANNED: "меры запланированы",
        Reason.MEASURES_DONE: "сроки всех мер прошли",
        Reason.PLAN_OUTDATED: "план за прошлые годы",
        Reason.PLAN_MISSING: "плана мер нет",
    }
)


@dataclass(frozen=True, slots=True)
class Mend:
    """What to do about a break, and where; without an address it is done outside the program."""

    sentence: str
    button: str = ""
    address: str = ""


def reason(stage: Stage) -> str:
    """Why the stage is in its state, with its numbers."""
    words = REASONS[stage.reason]
    if stage.reason is Reason.PLAN_OUTDATED and stage.year is not None:
        return f"план есть на {stage.year} год"
    if stage.count is not None and stage.total:
        return f"{words}: {stage.count} из {stage.total}"
    return words


def mend(stage: Stage) -> Mend:
    """The step that takes the chain past this stage."""
    if stage.reason is Reason.CAMPAIGN_MISSING:
        return Mend("Проведите анкетирование: без него нечего считать.", "Новое анкетирование", "/campaigns/new")
    if stage.reason is Reason.PLAN_OUTDATED:
        return Mend(f"План составлен на {stage.year} год. Утвердите новый и загрузите его в профиль муниципалитета.")
    if stage.campaign_id is not None:
        return Mend("Посмотрите, как идёт анкетирование.", "Открыть анкетирование", f"/campaigns/{stage.campaign_id}")
    return _MENDS.get(stage.reason, Mend("Проверьте этот этап."))


_MENDS: Mapping[Reason, Mend] = MappingProxyType(
    {
        Reason.GOALS_MISSING: Mend("Задайте цель в профиле муниципалитета."),
        Reason.NOT_MONITORED: Mend("Выберите показатели в профиле муниципалитета."),
        Reason.CAMPAIGN_PREPARED: Mend("Анкетирование готово, его осталось открыть.", "К анкетированиям", "/campaigns"),
        Reason.VALUES_MISSING: Mend(
            "Значений нет: проверьте, завершено ли анкетирование.", "К показателям", "/indicators"
        ),
        Reason.DOCUMENT_MISSING: Mend(
            "Данные собраны, теперь нужен подписанный документ.", "Смотреть значения", "/indicators"
        ),
        Reason.PLAN_MISSING: Mend("Утвердите план мер и загрузите его в профиль муниципалитета."),
    }
)
