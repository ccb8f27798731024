"""A person while being made up; `generator` freezes it at the end."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.people.model import Category, Education, OrganisationKind
from playground.people.model import MadeUpTraining, Sex
from playground.people.names import FullName

NAMELESS = FullName("", "", None)


@dataclass(slots=True)
class Draft:
    """Filled in step by step: post, sex and age, education, years, category, associations, name, courses."""

    organisation: str
    kind: OrganisationKind
    position: str
    subjects: tuple[str, ...]
    is_management: bool
    men: float
    """How probable a man is in this post."""
    higher: float
    """Weight in the draw of who has higher education."""
    sex: Sex = Sex.FEMALE
    age: int = 0
    birth_year: int = 0
    first_work_year: int = 0
    workload: Decimal = Decimal("1.00")
    education: Education = Education.SECONDARY_VOCATIONAL
    category: Category = Category.NONE
    category_date: date | None = None
    associations: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    is_coordinator: bool = False
    is_mentor: bool = False
    training: list[MadeUpTraining] = field(default_factory=list)
    name: FullName = NAMELESS

    @property
    def attestable(self) -> bool:
        """The source counts categories of teachers and of managers who also teach."""
        return not self.is_management or bool(self.subjects)

    def years_of_work(self, today: date) -> int:
        return today.year - self.first_work_year
