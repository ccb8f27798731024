"""Made-up staff of a municipality for playground, rehearsal and tests.

Nobody here is real. Numbers of people come from the profile (staff by kind, higher education, categories); names,
ages and careers are drawn at random. One seed and one day always give the same people, on every Python from 3.11.
"""

from datetime import date
from random import Random

from core.people.model import OrganisationKind, PositionGroup
from core.profiles.model import Profile, Staff
from playground.people.careers import choose_mentors, give_ages, give_categories, give_education, give_years
from playground.people.circles import choose_coordinators, choose_leaders, join_associations
from playground.people.courses import finished_courses
from playground.people.draft import Draft
from playground.people.model import MadeUpTeacher, Population
from playground.people.names import RARE_SHARE, NameMaker, notice
from playground.people.staffing import posts

PRESCHOOL_POSITIONS = {"educator", "senior-educator", "music-leader", "physical-instructor"}


def generate(profile: Profile, seed: int, today: date) -> Population:
    """The whole staff of the profile's organisations as of `today`.

    Raises ValueError when the profile has no staff numbers: then nobody knows how many people to make up.
    """
    if profile.staff is None:
        raise ValueError(f"profile {profile.code} has no staff numbers")
    rng = Random(seed)
    drafts = _drafts(profile, profile.staff, today, rng)
    people = tuple(_frozen(draft) for draft in drafts)
    return Population(profile.code, seed, today, notice(), people)


def _drafts(profile: Profile, staff: Staff, today: date, rng: Random) -> list[Draft]:
    drafts = posts(profile, staff, rng)
    give_ages(drafts, today, rng)
    give_education(drafts, staff, rng)
    give_years(drafts, today, rng)
    if profile.categories:
        give_categories(drafts, profile.categories, today, rng)
    choose_mentors(drafts, today, rng)
    join_associations(drafts, profile.associations, rng)
    choose_leaders(drafts, profile.associations, today)
    choose_coordinators(drafts)
    _give_names(drafts, rng)
    for draft in drafts:
        draft.training = finished_courses(draft, _group(draft), profile.words, today, rng)
    return drafts


def _give_names(drafts: list[Draft], rng: Random) -> None:
    names = NameMaker(rng)
    rare = set(rng.sample(range(len(drafts)), min(names.rare_left, round(len(drafts) * RARE_SHARE))))
    for index, draft in enumerate(drafts):
        draw = names.draw_rare if index in rare else names.draw
        draft.name = draw(draft.sex, draft.age)


def _group(draft: Draft) -> PositionGroup:
    """Which courses suit the post; only roughly the group of the reference."""
    if draft.is_management:
        return PositionGroup.MANAGER
    if draft.subjects:
        return PositionGroup.SUBJECT_TEACHER
    if draft.position in PRESCHOOL_POSITIONS:
        return PositionGroup.PRESCHOOL
    return PositionGroup.SUPPLEMENTARY if draft.kind is OrganisationKind.SUPPLEMENTARY else PositionGroup.SPECIALIST


def _frozen(draft: Draft) -> MadeUpTeacher:
    return MadeUpTeacher(
        organisation_code=draft.organisation,
        surname=draft.name.surname,
        given_name=draft.name.given_name,
        patronymic=draft.name.patronymic,
        sex=draft.sex,
        birth_year=draft.birth_year,
        first_work_year=draft.first_work_year,
        position=draft.position,
        subjects=draft.subjects,
        workload=draft.workload,
        is_management=draft.is_management,
        education=draft.education,
        category=draft.category,
        category_date=draft.category_date,
        associations=tuple(draft.associations),
        leads=tuple(draft.leads),
        is_coordinator=draft.is_coordinator,
        is_mentor=draft.is_mentor,
        training=tuple(draft.training),
    )
