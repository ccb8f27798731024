"""Rows of one file that are about one person: a mistake, or somebody who works in two organisations."""

from dataclasses import dataclass
from decimal import Decimal

from core.importing.deciding import Line
from core.importing.loading import name_of
from core.importing.matching import NEW


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person has been met already."""

    number: int
    sheet: str
    row: int
    organisation_id: int | None
    workload: Decimal | None
    birth_year: int | None
    at_home: bool
    """The registry has them in this very organisation."""

    @classmethod
    def of(cls, line: Line) -> "Place":
        person = line.person
        at_home = line.teacher_id is not None and "organisation" not in line.changes
        return cls(
            line.number, person.sheet, person.row, line.organisation_id, person.workload, person.birth_year, at_home
        )

    def is_main(self, other: "Place") -> bool:
        """Of two organisations the one with more workload is the main one, else the one of the registry or of the
        earlier row."""
        mine, others = self.workload or Decimal(0), other.workload or Decimal(0)
        if mine != others:
            return mine > others
        return self.at_home and not other.at_home


class Seen:
    """Everybody met so far; some hundred bytes a person."""

    def __init__(self) -> None:
        self._places: dict[int | str, Place] = {}

    def meet(self, line: Line, chosen: int | None) -> Place | None:
        """The earlier row about the same person, if there is one."""
        keys = _keys(line, chosen)
        place = Place.of(line)
        for key in keys:
            earlier = self._places.get(key)
            if earlier is not None and not _differ(earlier, place):
                return earlier
        self.put(line, chosen)
        return None

    def put(self, line: Line, chosen: int | None) -> None:
        """From now on this row is the one that counts."""
        place = Place.of(line)
        for key in _keys(line, chosen):
            self._places[key] = place


def _keys(line: Line, chosen: int | None) -> list[int | str]:
    if line.teacher_id is not None:
        return [line.teacher_id]
    if chosen == NEW:
        return []
    name, year = name_of(line.person), line.person.birth_year
    return [f"{name}@{line.organisation_id}", *([f"{name}|{year}"] if year else [])]


def _differ(first: Place, second: Place) -> bool:
    """Namesakes: both years are known and not the same."""
    return None not in {first.birth_year, second.birth_year} and first.birth_year != second.birth_year


def twice(place: Place) -> str:
    return f"Об этом человеке уже есть строка: лист «{place.sheet}», строка {place.row}. Оставьте одну."


def elsewhere(place: Place) -> str:
    return (
        f"Этот человек работает и в другой организации: лист «{place.sheet}», строка {place.row}. Там нагрузка больше "
        "или это его место по реестру, поэтому основным местом считаем то, а эту строку не загружаем."
    )
