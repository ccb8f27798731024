"""Who stands in a made-up workbook: the staff of so many organisations, drawn by the generator of the playground."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from core.people.model import Category, Level, OrganisationKind
from core.profiles.model import Categories, CategoryCount, KindStaff, Organisation, Profile, Staff
from core.profiles.reference import Reference
from playground.people.generator import generate
from playground.people.model import MadeUpTeacher
from playground.people.staffing import shares
from playground.workbooks.model import Award, Member
from playground.workbooks.words import words

_KINDS = (OrganisationKind.SCHOOL, OrganisationKind.PRESCHOOL, OrganisationKind.SUPPLEMENTARY)
_FIRST_OWN_SCHOOL = 31
"""Number of the first school that no profile has."""
_MANAGERS = 2
_HIGHER = Decimal("0.7")
_CATEGORIES = {Category.HIGHEST: 0.27, Category.FIRST: 0.34, Category.CONFORMITY: 0.12}
_AWARDED = 0.35
_OTHER_WORK = 0.3


def staff(
    profile: Profile, reference: Reference, *, schools: int, people: int, seed: int, today: date
) -> tuple[Member, ...]:
    """`people` in all, organisation by organisation.

    The profile's own organisations come first; when it has fewer than `schools`, schools are made up that the
    registry does not know. Raises ValueError when there are fewer than four people for each.
    """
    if people < schools * 2 * _MANAGERS:
        raise ValueError(f"{people} people are too few for {schools} organisations")
    peopled = _profile(profile, schools, people)
    drawn = generate(peopled, seed, today).people
    rng = Random(seed)  # noqa: S311 - made-up people need no secret
    return tuple(_member(person, peopled.organisation(person.organisation_code), reference, rng) for person in drawn)


def _profile(profile: Profile, schools: int, people: int) -> Profile:
    own = [each for each in profile.organisations if each.kind in _KINDS]
    made_up = (_school(number) for number in range(_FIRST_OWN_SCHOOL, _FIRST_OWN_SCHOOL + schools))
    chosen = tuple([*own, *made_up][:schools])
    numbers = _numbers(chosen, people)
    counts = {
        category: CategoryCount(count=int(share * people), share=Decimal(round(100 * share)))
        for category, share in _CATEGORIES.items()
    }
    categories = Categories(
        as_of=numbers.as_of, counts=counts, includes_teaching_managers=True, includes_part_timers=False, source="—"
    )
    changes = {"organisations": chosen, "staff": numbers, "categories": categories, "associations": ()}
    return profile.model_copy(update=changes)


def _school(number: int) -> Organisation:
    name = f"МБОУ «Средняя общеобразовательная школа № {number}»"
    return Organisation(
        code=f"school-{number}", kind=OrganisationKind.SCHOOL, full_name=name, short_name=f"СОШ № {number}", source="—"
    )


def _numbers(organisations: Sequence[Organisation], people: int) -> Staff:
    kinds = Counter(each.kind for each in organisations)
    managers = {kind: count * _MANAGERS for kind, count in kinds.items()}
    teachers = dict(zip(kinds, shares(people - sum(managers.values()), list(kinds.values())), strict=True))
    by_kind = {
        kind: KindStaff(
            teachers=teachers[kind],
            managers=managers[kind],
            higher_education=int(_HIGHER * (teachers[kind] + managers[kind])),
            higher_education_share=100 * _HIGHER,
            staffing_rate=Decimal(100),
        )
        for kind in kinds
    }
    return Staff(
        as_of=date(2022, 1, 1),
        teachers=sum(teachers.values()),
        managers=sum(managers.values()),
        staffing_rate=Decimal(100),
        by_kind=by_kind,
        source="—",
    )


def _member(person: MadeUpTeacher, organisation: Organisation, reference: Reference, rng: Random) -> Member:
    earlier = rng.randrange(1, 4) if rng.random() < _OTHER_WORK else 0
    return Member(
        teacher=person,
        organisation=organisation.full_name,
        short_name=organisation.short_name,
        position=reference.position(person.position).title,
        subjects=tuple(reference.subject(code).title for code in person.subjects),
        birth_date=date(person.birth_year, rng.randrange(1, 13), rng.randrange(1, 29)),
        total_first_year=max(person.birth_year + 18, person.first_work_year - earlier),
        awards=_awards(person, rng),
    )


def _awards(person: MadeUpTeacher, rng: Random) -> tuple[Award, ...]:
    """Of those who worked ten years before the first possible one; no title twice."""
    first = person.first_work_year + 10
    if first > 2023 or rng.random() > _AWARDED:
        return ()
    chosen = rng.sample(words()["awards"], rng.choice((1, 1, 2)))
    return tuple(Award(each["title"], Level(each["level"]), rng.randrange(max(first, 2005), 2025)) for each in chosen)
