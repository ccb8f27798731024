"""Whose row it is: the card of the registry, a new person, or a question. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.importing.model import Person
from core.importing.sameness import AwardKept, CourseKept
from storage.searching import searchable

NEW = 0
"""Instead of a card: the person was said to be new."""


@dataclass(frozen=True, slots=True)
class Card:
    """A teacher of the registry with all that an import compares."""

    id: int
    surname: str
    given_name: str
    patronymic: str | None
    birth_year: int | None
    organisation_id: int
    position_id: int
    is_management: bool
    workload: Decimal | None
    education: str | None
    total_first_year: int | None
    first_work_year: int | None
    category: str
    category_date: date | None
    archived_at: str | None
    """ISO 8601; None for whoever works."""
    subjects: frozenset[int] = frozenset()
    courses: tuple[CourseKept, ...] = ()
    awards: tuple[AwardKept, ...] = ()
    areas: Mapping[str, Any] | None = None
    """What is known of the diagnosis that is imported; None when nothing is."""

    @property
    def search(self) -> str:
        return searchable(self.surname, self.given_name, self.patronymic)


@dataclass(frozen=True, slots=True)
class Match:
    """`card` is None for a new person. With `problem` nothing is decided; `namesakes` may be chosen from."""

    card: Card | None = None
    problem: str = ""
    namesakes: tuple[int, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    person: Person
    organisation_id: int | None
    """None: any of the municipality (the file does not say)."""
    chosen: int | None = None
    """Id of the card, or NEW, when it was said by hand."""
    adds: bool = True
    """False: only people of the registry are wanted, wherever they work."""


def has_initials(person: Person) -> bool:
    return person.given_name.endswith(".")


def match(sought: Sought, cards: Sequence[Card]) -> Match:
    """`cards` have the person's name (or, for initials, surname), wherever in the municipality they work."""
    if sought.chosen is not None:
        return _by_hand(sought, cards)
    named = _with_initials(sought.person, cards) if has_initials(sought.person) else cards
    here = [one for one in named if sought.organisation_id in {None, one.organisation_id}]
    if has_initials(sought.person):
        return _initialled(here)
    elsewhere = [one for one in named if one not in here]
    return _here(sought.person, here, elsewhere) or _elsewhere(sought, elsewhere)


def _by_hand(sought: Sought, cards: Sequence[Card]) -> Match:
    if sought.chosen == NEW:
        return Match() if sought.adds else Match(problem=_UNKNOWN)
    card = next((one for one in cards if one.id == sought.chosen), None)
    return Match(card) if card else Match(problem=_GONE)


def _with_initials(person: Person, cards: Sequence[Card]) -> list[Card]:
    given, patronymic = (searchable(part).rstrip(".") for part in (person.given_name, person.patronymic))
    return [
        one
        for one in cards
        if searchable(one.surname) == searchable(person.surname)
        and searchable(one.given_name).startswith(given)
        and searchable(one.patronymic).startswith(patronymic)
    ]


def _initialled(here: Sequence[Card]) -> Match:
    working = _working(here)
    if len(working) == 1:
        return Match(working[0])
    return _question(_MANY_INITIALS, working) if working else Match(problem=_NO_INITIALS)


def _here(person: Person, here: Sequence[Card], elsewhere: Sequence[Card]) -> Match | None:
    """None when nobody of that name works in the organisation."""
    same_year = _of_year(here, person.birth_year)
    if len(same_year) == 1:
        return Match(same_year[0])
    if same_year:
        return _question(_NAMESAKES, same_year)
    possible = [one for one in _working(here) if person.birth_year is None or one.birth_year is None]
    if len(possible) == 1:
        return Match(possible[0])
    if possible:
        return _question(_NAMESAKES, possible)
    if here:
        return _question(_OTHER_YEAR, [*here, *_of_year(elsewhere, person.birth_year)])
    return None


def _elsewhere(sought: Sought, elsewhere: Sequence[Card]) -> Match:
    same_year = _of_year(elsewhere, sought.person.birth_year)
    if len(same_year) == 1:
        return Match(same_year[0])
    if same_year:
        return _question(_NAMESAKES, same_year)
    if not sought.adds:
        return Match(problem=_UNKNOWN)
    unsure = [one for one in elsewhere if sought.person.birth_year is None or one.birth_year is None]
    return Match(remark=_NAMESAKE_ELSEWHERE if _working(unsure) else "")


def _of_year(cards: Sequence[Card], year: int | None) -> list[Card]:
    return _working([one for one in cards if year is not None and one.birth_year == year])


def _working(cards: Sequence[Card]) -> list[Card]:
    """Whoever is in the archive counts only when nobody else does."""
    return [one for one in cards if one.archived_at is None] or list(cards)


def _question(problem: str, cards: Sequence[Card]) -> Match:
    return Match(problem=problem, namesakes=tuple(one.id for one in cards))


_NAMESAKES = (
    "В реестре есть несколько человек с таким именем. Выберите на странице загрузки, чья это строка, "
    "или укажите в файле год рождения."
)
_OTHER_YEAR = (
    "В этой организации есть человек с таким именем, но с другим годом рождения. Выберите на странице загрузки, "
    "он это или нет, или исправьте год рождения в файле."
)
_MANY_INITIALS = (
    "Эти инициалы подходят нескольким людям организации. Выберите на странице загрузки, чья это строка, "
    "или впишите имя и отчество полностью."
)
_NO_INITIALS = (
    "Вместо имени инициалы, а в реестре этой организации такого человека нет. Впишите имя и отчество полностью."
)
_NAMESAKE_ELSEWHERE = (
    "Человек с таким именем уже работает в другой организации, но год рождения известен не у обоих. "
    "Будет добавлена новая карточка. Если это перевод, укажите год рождения в файле и в карточке."
)
_UNKNOWN = "Этого человека нет в реестре. Проверьте, как написаны имя и организация, или сначала добавьте его в реестр."
_GONE = "Карточки, которую вы выбрали для этой строки, больше нет. Выберите другую."
