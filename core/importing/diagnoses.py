"""Results of an outside diagnosis in one cell → index of the deficit, 0 none to 100 complete."""

import re
from decimal import Decimal

from core.importing.findings import Found, Unreadable
from core.importing.words import plain, shown

LEVELS = (
    ("нет", 0.0),
    ("отсутств", 0.0),
    ("миним", 37.0),
    ("низк", 37.0),
    ("средн", 62.0),
    ("высок", 87.0),
)
"""Words for a deficit → the middle of the band of our own survey."""
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,4})?)"
_PLAIN = re.compile(rf"{_NUMBER} ?(?:балл[а-я]{{0,2}}|б\.?)?")
_PERCENT = re.compile(rf"{_NUMBER} ?%")
_OF = re.compile(rf"{_NUMBER} ?(?:балл[а-я]{{0,2}} ?)?(?:из|/) ?{_NUMBER}(?: ?балл[а-я]{{0,2}})?")
_MAXIMUM = re.compile(rf"(?:из|макс[а-я.]{{0,12}}:?|max|/) ?{_NUMBER}")


def maximum_in(heading: str) -> float | None:
    """«Предметная (балл из 20)» → 20; None where the heading speaks of no largest number."""
    found = _MAXIMUM.search(plain(heading))
    return _number(found[1]) or None if found else None


def read_index(text: str, heading: str) -> Found[float]:
    """Per cent, «12 из 20», points when the heading has their maximum, or a word. Raises Unreadable."""
    said = plain(text)
    if word := next((each for each in LEVELS if said.startswith(each[0])), None):
        remark = f"{shown(text)}: слово записано серединой уровня, {word[1]:g} из 100" if word[1] else ""
        return Found(word[1], remark)
    return Found(_index(said, text, maximum_in(heading)))


def _index(said: str, text: str, maximum: float | None) -> float:
    if found := _OF.fullmatch(said):
        return _share(_number(found[1]), _number(found[2]), text)
    if found := _PERCENT.fullmatch(said):
        return _share(_number(found[1]), 100.0, text)
    if found := _PLAIN.fullmatch(said):
        return _share(_number(found[1]), maximum or 100.0, text)
    raise Unreadable(
        f"{shown(text)}: ожидался процент от 0 до 100, «12 из 20» или слово: нет, минимальный, средний, высокий"
    )


def _share(points: float, maximum: float, text: str) -> float:
    if maximum <= 0 or points > maximum:
        raise Unreadable(f"{shown(text)}: число больше наибольшего возможного, {maximum:g}. Исправьте его")
    return round(points / maximum * 100, 2)


def _number(text: str) -> float:
    return float(Decimal(text.replace(",", ".")))
