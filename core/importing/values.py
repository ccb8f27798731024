"""What stands in the cells about work: rates, education, years of experience."""

import re
from datetime import date
from decimal import Decimal

from core.importing.findings import Found, Unreadable
from core.importing.words import plain, shown
from core.people.model import Education

MOST_RATES = Decimal(3)
"""Nobody works on more; a larger number is hours."""
_MOST_HOURS = 60
_MOST_YEARS = 75
_CENT = Decimal("0.01")
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_RATES = re.compile(rf"{_NUMBER} ?(?:ст(?:авк[а-я]{{1,2}})?\.?)(?![а-я])")
_HOURS = re.compile(rf"{_NUMBER} ?ч(?:ас[а-я]{{0,3}})?\.?(?![а-я])")
_ALONE = re.compile(_NUMBER)
_FRACTION = re.compile(r"([1-9]) ?/ ?([1-9])(?: ?ст(?:авк[а-я]{1,2})?\.?)?")
_FIXED = {"полставки": Decimal("0.5"), "пол ставки": Decimal("0.5"), "ставка": Decimal(1), "½": Decimal("0.5")}
_NORMS = (
    ("логопед", 20), ("дефектолог", 20), ("музыкальн", 24), ("концертмейстер", 24), ("инструктор", 30),
    ("воспитатель", 36), ("психолог", 36), ("методист", 36), ("социальн", 36), ("организатор", 36), ("библиотекар", 36),
    ("тьютор", 36),
)  # fmt: skip
"""Hours a week for one rate (приказ Минобрнауки № 1601 of 2014)."""
_LESSONS = 18
"""Of teachers, educators of supplementary education and coaches."""

_WITH_MONTHS = re.compile(
    r"(\d{1,2})(?: ?(?:л|г|год[а-я]{0,2}|лет)\.?,?(?: и)? ?| )(\d{1,2}) ?м(?:ес[а-я]{0,5})?\.?(?:,? ?\d{1,2} ?д.{0,5})?"
)
_MONTHS_ONLY = re.compile(r"(\d{1,2}) ?м(?:ес[а-я]{0,5})?\.?")
_YEARS = re.compile(
    r"(?:более |свыше )?(\d{1,2})(?:[.,](\d{1,2}))? ?(?:л|г|лет|год|года|годов)?\.?(?:,? ?\d{1,2} ?д.{0,5})?"
)
_SINCE = re.compile(r"(?:с )?((?:19|20)\d{2}) ?(?:г|год|года)?\.?")
_UNDER_ONE = re.compile(r"(?:менее|меньше|до|первый) ?(?:1|одного)? ?(?:год|года|г)\.?")

_UNFINISHED = ("неоконч", "незаконч", "неполное выс", "н/в", "студент")
_HIGHER = re.compile(
    r"высш|(?<![а-я])выс(?![а-я])|(?<![а-я])в[./] ?о\.?(?![а-я])|(?<![а-я])во(?![а-я])"
    r"|бакалавр|магистр|специалитет|аспирант"
    r"|университет|ун-т|унив\.|институт|ин-т|академи|консерватор|(?<![а-я])вуз|кандидат наук"
    r"|(?<![а-я])[а-я]{0,5}(?:гу|гпу|гпи|гпа|гао|гма|гик|гуфк)(?![а-я])"
)
_VOCATIONAL = re.compile(
    r"ср[а-я.]{0,7}[ -]{0,2}(?:сп|проф|техн|пед)|(?<![а-я])спо(?![а-я])|(?<![а-я])сс(?![а-я])|с/с|с[./]п"
    r"|колледж|техникум|училищ|медресе"
)
_OTHER = re.compile(r"средн|ср\.|основн|начальн|(?<![а-я])нпо(?![а-я])|школ|11 кл|общее|друг|иное")


def read_workload(text: str, position: str = "", *, in_hours: bool = False) -> Found[Decimal]:
    """In rates. `in_hours`: the heading says hours. Raises Unreadable."""
    said = plain(text)
    rates = _said_rates(said)
    if rates is not None:
        return Found(_checked(rates, text))
    hours = _HOURS.search(said) or _ALONE.fullmatch(said)
    if hours is None:
        raise Unreadable(f"{shown(text)}: это не нагрузка. Напишите ставки или часы в неделю, например 1,5 или 18 ч")
    number = _decimal(hours[1])
    if _ALONE.fullmatch(said) and number <= MOST_RATES and not in_hours:
        return Found(_checked(number, text))
    return _of_hours(number, text, position)


def _of_hours(number: Decimal, text: str, position: str) -> Found[Decimal]:
    if number > _MOST_HOURS:
        raise Unreadable(f"{shown(text)}: это больше {_MOST_HOURS} часов в неделю. Исправьте число")
    norm = next((hours for word, hours in _NORMS if word in plain(position)), _LESSONS)
    rates = _checked(number / norm, text)
    spelt = f"{rates.normalize():f}".replace(".", ",")
    return Found(rates, f"{shown(text)}: часы пересчитаны в ставки, {spelt} (за ставку {norm} часов в неделю)")


def _said_rates(said: str) -> Decimal | None:
    parts = [part.strip() for part in said.split("+")]
    if len(parts) > 1 and all(_ALONE.fullmatch(part) for part in parts):
        return sum((_decimal(part) for part in parts), Decimal(0))
    if said in _FIXED:
        return _FIXED[said]
    if fraction := _FRACTION.fullmatch(said):
        return Decimal(fraction[1]) / Decimal(fraction[2])
    rates = _RATES.search(said)
    return _decimal(rates[1]) if rates else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _checked(rates: Decimal, text: str) -> Decimal:
    rounded = rates.quantize(_CENT)
    if not 0 < rounded <= MOST_RATES + 1:
        raise Unreadable(f"{shown(text)}: ставок должно быть больше нуля и не больше {MOST_RATES + 1}. Исправьте число")
    return rounded


def read_education(text: str) -> Found[Education]:
    """The highest that is named. Raises Unreadable."""
    said = plain(text)
    if any(word in said for word in _UNFINISHED):
        known = Education.SECONDARY_VOCATIONAL if _VOCATIONAL.search(said) else Education.OTHER
        return Found(known, f"{shown(text)}: неоконченное высшее образование высшим не считается")
    for pattern, education in _LEVELS:
        if pattern.search(said):
            return Found(education)
    raise Unreadable(
        f"{shown(text)}: уровень образования не понятен. Напишите «высшее», «среднее профессиональное» или «другое»"
    )


_LEVELS = (
    (_HIGHER, Education.HIGHER),
    (_VOCATIONAL, Education.SECONDARY_VOCATIONAL),
    (_OTHER, Education.OTHER),
)


def read_first_year(text: str, today: date) -> Found[int]:
    """First year of work, out of years of experience or the year itself. Raises Unreadable."""
    said = plain(text).strip(" .")
    since = _SINCE.fullmatch(said)
    year = int(since[1]) if since else _years_ago(said, text, today)
    if not today.year - _MOST_YEARS <= year <= today.year:
        raise Unreadable(f"{shown(text)}: стаж должен быть от 0 до {_MOST_YEARS} лет. Исправьте число")
    return Found(year)


def _years_ago(said: str, text: str, today: date) -> int:
    if _UNDER_ONE.fullmatch(said):
        return today.year
    if found := _WITH_MONTHS.fullmatch(said):
        return _before(today, int(found[1]) * 12 + int(found[2]))
    if found := _MONTHS_ONLY.fullmatch(said):
        return _before(today, int(found[1]))
    if found := _YEARS.fullmatch(said):
        return today.year - int(found[1])
    raise Unreadable(f"{shown(text)}: это не стаж. Напишите число полных лет, например 12, или «с 2013 г.»")


def _before(today: date, months: int) -> int:
    """The year that many months ago."""
    return (today.year * 12 + today.month - 1 - months) // 12


def read_both_years(text: str, today: date) -> Found[tuple[int, int]]:
    """Total and pedagogical experience out of one cell, «25/20», as first years. Raises Unreadable."""
    parts = re.split(r"[/\n;]", text)
    if len(parts) != 2:
        raise Unreadable(f"{shown(text)}: ожидались два числа, общий и педагогический стаж, например 25/20")
    total, taught = (read_first_year(part, today).value for part in parts)
    return Found((total, taught))
