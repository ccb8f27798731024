"""Qualification categories in the shorthand of schools: «б/к», «СЗД», «1 КК», «высш., 12.03.2021»."""

import re
from dataclasses import dataclass
from datetime import date

from core.importing.dates import OLDEST, moments
from core.importing.findings import Found, Unreadable
from core.importing.words import is_nothing, plain, shown
from core.people.model import Category

_WORD_END = r"(?![а-яa-z\d])"
_START = r"(?<![а-яa-z\d])"
_FORMS = (
    (Category.METHODIST, re.compile(rf"пед(?:агог)?\.?[ -]{{0,3}}методист|{_START}методист{_WORD_END}")),
    (Category.MENTOR, re.compile(rf"пед(?:агог)?\.?[ -]{{0,3}}наставник|{_START}наставник{_WORD_END}")),
    (
        Category.CONFORMITY,
        re.compile(rf"{_START}с\.? ?з\.? ?д\.?{_WORD_END}|соотв|соот\.|{_START}соот{_WORD_END}|{_START}с/д{_WORD_END}"),
    ),
    (
        Category.NONE,
        re.compile(
            rf"{_START}б[./ ]{{0,2}}к(?:ат)?\.?{_WORD_END}|{_START}б\.? ?к\.?{_WORD_END}"
            r"|без (?:квалиф[а-я]{0,12} )?кат"
            rf"|не (?:имеет|аттест|подлеж|присв)|{_START}н/[каи]{_WORD_END}|молод|{_START}нет{_WORD_END}|отсутств"
        ),
    ),
    (Category.HIGHEST, re.compile(rf"высш|{_START}выс{_WORD_END}|{_START}в\.? ?к?/?\.? ?к\.?{_WORD_END}")),
    (
        Category.FIRST,
        re.compile(
            rf"перв|{_START}(?:1|i|l|п(?=кк))(?:[ -]{{0,2}}(?:я|ая))?[ ./-]{{0,3}}"
            rf"(?:к\.? ?к?\.?|кв?\.? ?кат[а-я.]{{0,9}})?{_WORD_END}"
        ),
    ),
)
_SECOND = re.compile(
    rf"втор|{_START}(?:2|ii|ll)(?:[ -]{{0,2}}(?:я|ая))?[ .-]{{0,3}}(?:кк?|кат[а-я.]{{0,8}})?{_WORD_END}"
)
_DISTINCT_NONE = frozenset({"0", "б", "бк", "н", "н/к"})
_UNTIL = re.compile(r"(?:до|по|действ[а-я]{0,10}(?: до| по)?)\.?:? ?$")


@dataclass(frozen=True, slots=True)
class CategoryRead:
    category: Category
    given_on: date | None


def read_category(text: str, today: date) -> Found[CategoryRead]:
    """With its date, when the cell has one. Raises Unreadable."""
    if is_nothing(text):
        return Found(CategoryRead(Category.NONE, None))
    said = plain(text)
    given_on, remark = _given_on(said, text, today)
    bare = _without_dates(said, today)
    if bare.strip(" .") in _DISTINCT_NONE:
        return Found(CategoryRead(Category.NONE, None))
    found = _named(bare)
    if found is None:
        return _second(bare, text)
    category = found
    if category is Category.NONE:
        return Found(CategoryRead(category, None))
    return Found(CategoryRead(category, given_on), remark)


def _named(bare: str) -> Category | None:
    """The category whose word comes first."""
    places = [(match.start(), order) for order, (_, form) in enumerate(_FORMS) if (match := form.search(bare))]
    return _FORMS[min(places)[1]][0] if places else None


def _second(bare: str, text: str) -> Found[CategoryRead]:
    if _SECOND.search(bare):
        remark = f"{shown(text)}: второй категории больше нет, записано «без категории»"
        return Found(CategoryRead(Category.NONE, None), remark)
    raise Unreadable(
        f"{shown(text)}: категория не понятна. Напишите «высшая», «первая», «СЗД», «б/к», «педагог-методист» "
        "или «педагог-наставник»"
    )


def _given_on(said: str, text: str, today: date) -> tuple[date | None, str]:
    for moment in moments(said, today):
        if _UNTIL.search(said[: moment.start]):
            return None, f"{shown(text)}: указан конец срока, а не дата присвоения; дата не загружена"
        if not moment.on.year >= OLDEST or moment.on > today:
            raise Unreadable(f"{shown(text)}: дата присвоения должна быть не позже сегодняшнего дня. Исправьте её")
        exact = "" if moment.exact else f"{shown(text)}: день не указан, записано {moment.on:%d.%m.%Y}"
        return moment.on, exact
    return None, ""


def _without_dates(said: str, today: date) -> str:
    """Only up to the order: «приказ № 1» is no first category."""
    for moment in reversed(moments(said, today)):
        said = said[: moment.start] + "," + said[moment.end :]
    return re.split(r"приказ|распоряж|протокол|пр\. ?№|№", said, maxsplit=1)[0] or said
