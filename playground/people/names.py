"""Made-up Russian full names: common parts, drawn at random, never that of a well-known person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from playground.people.model import Sex

FILE = Path(__file__).with_name("names.yaml")
RARE_SHARE = 0.012
NO_PATRONYMIC_SHARE = 0.004


@dataclass(frozen=True, slots=True)
class FullName:
    surname: str
    given_name: str
    patronymic: str | None


class NameMaker:
    """Draws full names for one population; no full name comes twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = _words()
        self._given: set[FullName] = set()
        self._rare = list(self._words["rare_surnames"])

    def draw(self, sex: Sex, age: int) -> FullName:
        """A name that suits the sex and the age in years."""
        while True:
            name = self._once(sex, age)
            if name is not None and name not in self._given:
                self._given.add(name)
                return name

    def draw_rare(self, sex: Sex, age: int) -> FullName:
        """A name with the next of the surnames that are hard for markup and tables."""
        name = self.draw(sex, age)
        base = self._rare.pop(0)
        rare = FullName(in_gender(base, sex), name.given_name, name.patronymic)
        self._given.add(rare)
        return rare

    @property
    def rare_left(self) -> int:
        return len(self._rare)

    def _once(self, sex: Sex, age: int) -> FullName | None:
        base = self._rng.choice(self._words["surnames"])
        given = self._rng.choice(self._words["given_names"][sex.value][_generation(age)])
        if given in self._words["never"].get(base, ()):
            return None
        return FullName(in_gender(base, sex), given, self._patronymic(sex))

    def _patronymic(self, sex: Sex) -> str | None:
        forms: Mapping[str, str] = self._words["patronymics"]
        masculine = self._rng.choice(sorted(forms))
        if self._rng.random() < NO_PATRONYMIC_SHARE:
            return None
        return masculine if sex is Sex.MALE else forms[masculine]


def in_gender(surname: str, sex: Sex) -> str:
    """The surname in the form of that sex; every part of a hyphenated one, indeclinable ones unchanged."""
    if sex is Sex.MALE:
        return surname
    return "-".join(_feminine(part) for part in surname.split("-"))


def _feminine(surname: str) -> str:
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    if surname.endswith(("ый", "ой")):
        return surname[:-2] + "ая"
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    return surname


def _generation(age: int) -> str:
    if age >= 50:
        return "older"
    return "middle" if age >= 35 else "younger"


def notice() -> str:
    """Russian sentence saying that the people are made up."""
    text: str = _words()["notice"]
    return text.strip()


def surnames() -> Sequence[str]:
    """All surnames in the masculine form."""
    words = _words()
    return [*words["surnames"], *words["rare_surnames"]]


@cache
def _words() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        words: dict[str, Any] = yaml.safe_load(file)
    return words
