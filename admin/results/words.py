"""Figures of results as people read them."""

from admin.shell import formatting
from admin.shell.formatting import NBSP
from core.results.model import Figures, Result, Shape
from core.results.source import Source
from core.surveys.model import Respondent

ABSENT = "—"
"""Nobody answered, or the disclosure rule keeps it back: of protected surveys the two look the same."""

WHY_NOT_YET = (
    "Итоги этой анкеты появятся один раз, когда анкетирование завершится. Раньше их не видит никто: "
    "пока ответов мало, по ним можно было бы узнать человека."
)
FOOTNOTES = {
    Source.ANSWERS: "Доли посчитаны от тех, кто ответил на вопрос. «—» значит, что ответов нет.",
    Source.RELEASE: (
        "Доли посчитаны от всех сданных анкет. «—» значит, что числа нет или за ним стоит слишком мало людей."
    ),
}
SUBJECT_NOTE = "Кто ведёт несколько предметов, учтён в каждом из них."
REWORDED = "В прошлой волне этот вопрос или его варианты звучали иначе."
RANK_NOTE = "Среднее место: чем меньше число, тем важнее."


def value(result: Result, number: float | None) -> str:
    """Of an option: a share, or a mean place."""
    if number is None:
        return ABSENT
    return formatting.decimal(number) if result.shape is Shape.RANK else formatting.percent(number)


def mean(number: float | None) -> str:
    return ABSENT if number is None else formatting.decimal(number)


def counted(respondent: Respondent) -> str:
    """Heading of a column that counts answers."""
    return "Организаций" if respondent is Respondent.ORGANISATION else "Человек"


def counted_in_short(number: int, respondent: Respondent) -> str:
    """«12 чел.», beside a bar of a picture."""
    unit = "орг." if respondent is Respondent.ORGANISATION else "чел."
    return f"{formatting.whole(number)} {unit}"


def people(number: int | None) -> str:
    return ABSENT if number is None else formatting.whole(number)


def share(figures: Figures, key: str) -> str:
    """«25 % (12)», without the count where it is not told."""
    number, count = figures.values.get(key), figures.counts.get(key)
    if number is None:
        return ABSENT
    said = formatting.percent(number)
    return said if count is None else f"{said} ({formatting.whole(count)})"


def change(now: float | None, before: float | None, *, points: bool) -> str:
    """«+3,2 п. п.»: the difference of what is shown; empty when either is missing. `points`: of percent."""
    if now is None or before is None:
        return ""
    difference = round(round(now, 1) - round(before, 1), 1)
    sign = "+" if difference > 0 else ""
    unit = f"{NBSP}п.{NBSP}п." if points else ""
    return "0" if difference == 0 else f"{sign}{formatting.decimal(difference)}{unit}"


def top(number: float) -> str:
    """«из 3»: what a mean of points could come to at most."""
    return f"из {formatting.decimal(number)}"
