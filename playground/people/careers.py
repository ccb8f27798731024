"""Ages, education, years of work, workload and categories; only the proportions are realistic."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from core.people.model import Category, Education
from core.profiles.model import Categories, Staff
from playground.people.draft import Draft
from playground.people.model import Sex

# Upper age of a band (not reached) and its share; Russian schools are oldest between 45 and 60.
FIRST_AGE = 22
TEACHER_BANDS = ((25, 4), (30, 7), (35, 9), (40, 11), (45, 13), (50, 16), (55, 16), (60, 13), (65, 7), (71, 4))
FIRST_MANAGER_AGE = 30
MANAGER_BANDS = ((35, 6), (40, 14), (45, 20), (50, 22), (55, 19), (60, 13), (66, 6))
LATE_STARTERS = 0.13
WORKLOADS = (("0.50", 4), ("0.75", 4), ("1.00", 42), ("1.11", 8), ("1.25", 12), ("1.50", 18), ("1.78", 8), ("2.00", 4))
TEACHING_MANAGER_WORKLOADS = ("1.25", "1.50")
# The least years of work with which each result of attestation is plausible.
YEARS_FOR = {Category.HIGHEST: 5, Category.FIRST: 3, Category.CONFORMITY: 2}
VALID_FOR = timedelta(days=5 * 365)
MENTOR_SHARE = 0.16
MENTOR_YEARS = 10


def give_ages(drafts: Sequence[Draft], today: date, rng: Random) -> None:
    """Sex by post, age so that the whole staff follows the bands."""
    for managers, first, bands in ((False, FIRST_AGE, TEACHER_BANDS), (True, FIRST_MANAGER_AGE, MANAGER_BANDS)):
        group = [draft for draft in drafts if draft.is_management is managers]
        ages = _ages(len(group), first, bands, rng)
        for draft, age in zip(group, ages, strict=True):
            draft.sex = Sex.MALE if rng.random() < draft.men else Sex.FEMALE
            draft.age = age
            draft.birth_year = today.year - age


def _ages(count: int, first: int, bands: Sequence[tuple[int, int]], rng: Random) -> list[int]:
    """One age out of each of `count` equal slices of the distribution, in random order."""
    bounds = list(accumulate(share for _, share in bands))
    ages = []
    for index in range(count):
        place = (index + rng.random()) / count * bounds[-1]
        band = min(bisect_left(bounds, place), len(bands) - 1)
        low = bands[band - 1][0] if band else first
        ages.append(rng.randrange(low, bands[band][0]))
    rng.shuffle(ages)
    return ages


def give_education(drafts: Sequence[Draft], staff: Staff, rng: Random) -> None:
    """Higher education for exactly as many people of each kind as the profile counts."""
    for kind, numbers in sorted(staff.by_kind.items()):
        group = [draft for draft in drafts if draft.kind is kind]
        # Weighted draw without replacement (Efraimidis and Spirakis 2006).
        keys = [(rng.random() ** (1 / draft.higher), index) for index, draft in enumerate(group)]
        chosen = {index for _, index in sorted(keys, reverse=True)[: numbers.higher_education]}
        for index, draft in enumerate(group):
            if index in chosen:
                draft.education = Education.HIGHER
            elif rng.random() < 0.01:
                draft.education = Education.OTHER


def give_years(drafts: Sequence[Draft], today: date, rng: Random) -> None:
    """The first working year, not before the studies ended and not after today; and the workload."""
    values = [Decimal(value) for value, _ in WORKLOADS]
    weights = [weight for _, weight in WORKLOADS]
    for draft in drafts:
        start = rng.choice((22, 22, 23) if draft.education is Education.HIGHER else (19, 20, 20, 21))
        if not draft.is_management and rng.random() < LATE_STARTERS:
            start += rng.randrange(2, 16)
        draft.first_work_year = min(draft.birth_year + start, today.year)
        if not draft.is_management:
            draft.workload = rng.choices(values, weights)[0]
        elif draft.subjects:
            draft.workload = Decimal(rng.choice(TEACHING_MANAGER_WORKLOADS))


def give_categories(drafts: Sequence[Draft], categories: Categories, today: date, rng: Random) -> None:
    """Exactly as many of each category as the profile counts; experience decides, with some luck."""
    left = [draft for draft in drafts if draft.attestable]
    for category in (Category.HIGHEST, Category.FIRST, Category.CONFORMITY):
        if category not in categories.counts:
            continue
        needed = YEARS_FOR[category]
        luck = 12 if category is not Category.CONFORMITY else 60
        ranked = [
            (draft.years_of_work(today) >= needed, min(draft.years_of_work(today), 25) + rng.random() * luck, index)
            for index, draft in enumerate(left)
        ]
        chosen = {index for _, _, index in sorted(ranked, reverse=True)[: categories.counts[category].count]}
        for index in sorted(chosen):
            left[index].category = category
            left[index].category_date = _attested_on(left[index], needed, today, rng)
        left = [draft for index, draft in enumerate(left) if index not in chosen]


def _attested_on(draft: Draft, needed: int, today: date, rng: Random) -> date:
    """A day within the last five years, when the person had worked long enough."""
    last = today - timedelta(days=1)
    earned = date(min(draft.first_work_year + needed, today.year), 1, 1)
    first = min(max(earned, today - VALID_FOR + timedelta(days=14)), last)
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def choose_mentors(drafts: Sequence[Draft], today: date, rng: Random) -> None:
    """Experienced teachers with a category; about every sixth teacher of the whole staff."""
    teachers = [draft for draft in drafts if not draft.is_management]
    able = [
        draft
        for draft in teachers
        if draft.years_of_work(today) >= MENTOR_YEARS and draft.category in {Category.HIGHEST, Category.FIRST}
    ]
    for draft in rng.sample(able, min(len(able), round(len(teachers) * MENTOR_SHARE))):
        draft.is_mentor = True
