"""What the generator gives. Everybody here is made up; no field describes a living person."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.people.model import Category, Education


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class MadeUpTraining:
    """A finished course; `kind` is "advanced" (повышение квалификации) or "retraining"."""

    programme: str
    provider: str
    kind: str
    hours: int
    federal_register: bool
    ict: bool
    management_team: bool
    started_on: date
    finished_on: date


@dataclass(frozen=True, slots=True)
class MadeUpTeacher:
    """A made-up member of staff. Codes are those of the profile and of `profiles/reference.yaml`."""

    organisation_code: str
    surname: str
    given_name: str
    patronymic: str | None
    sex: Sex
    birth_year: int
    first_work_year: int
    position: str
    subjects: tuple[str, ...]
    """What the person teaches; managers who teach have subjects too."""
    workload: Decimal
    """In rates (ставки)."""
    is_management: bool
    education: Education
    category: Category
    category_date: date | None
    associations: tuple[str, ...]
    leads: tuple[str, ...]
    """Associations whose leader the person is; at most one."""
    is_coordinator: bool
    """Responsible for the methodical work of the organisation; one in each."""
    is_mentor: bool
    training: tuple[MadeUpTraining, ...]

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Population:
    """All staff of a municipality, made up for one seed and one day."""

    profile_code: str
    seed: int
    today: date
    notice: str
    """Says in Russian that nobody here is real; shown wherever the people are."""
    people: tuple[MadeUpTeacher, ...]

    @property
    def teachers(self) -> tuple[MadeUpTeacher, ...]:
        return tuple(person for person in self.people if not person.is_management)

    @property
    def managers(self) -> tuple[MadeUpTeacher, ...]:
        return tuple(person for person in self.people if person.is_management)

    def of(self, organisation_code: str) -> tuple[MadeUpTeacher, ...]:
        """Staff of one organisation."""
        return tuple(person for person in self.people if person.organisation_code == organisation_code)

    def members_of(self, association_code: str) -> tuple[MadeUpTeacher, ...]:
        return tuple(person for person in self.people if association_code in person.associations)

    def category_counts(self) -> Counter[Category]:
        return Counter(person.category for person in self.people)
