"""Each filter of an audience that is more than a column, as a condition on Teacher."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from core.audiences.model import Answered
from core.campaigns.model import ParticipationState, ResponseState
from core.mentoring.queries import is_open
from core.people.rules import YoungTeacherRule
from core.surveys.model import SurveyPrivacy
from storage.models import (
    Association,
    AssociationMember,
    Campaign,
    Event,
    EventParticipant,
    MentoringPair,
    Participation,
    Response,
    ScaleResult,
    Survey,
    SurveyVersion,
    Teacher,
    TeacherSubject,
)

DEFICITS = "deficits"
"""Code of the survey that knows deficits by competence area (SPEC §4)."""
DEFICIT_BANDS = ("medium", "high")
"""From which level on somebody needs help in an area."""


def young(rule: YoungTeacherRule, year: int) -> ColumnElement[bool]:
    """`core.people.rules.is_young` as a condition; an unknown year counts as not young."""
    # NULL < 35 is NULL, which a WHERE takes for "no": just what an unknown year should give.
    few_years: Any = year - Teacher.birth_year < rule.under_age
    new: Any = year - Teacher.first_work_year <= rule.up_to_years
    return and_(few_years, new) if rule.both else or_(few_years, new)


def in_associations(municipality_id: int, associations: Iterable[int]) -> ColumnElement[bool]:
    """A leader belongs to the association also where nobody has noted the membership."""
    own = select(Association.id).where(
        Association.id.in_(sorted(associations)),
        Association.municipality_id == municipality_id,
        Association.archived_at.is_(None),
    )
    members = select(AssociationMember.teacher_id).where(AssociationMember.association_id.in_(own))
    leaders = select(Association.leader_id).where(Association.id.in_(own), Association.leader_id.is_not(None))
    return or_(Teacher.id.in_(members), Teacher.id.in_(leaders))


def teaching(subjects: Iterable[int]) -> ColumnElement[bool]:
    return Teacher.id.in_(select(TeacherSubject.teacher_id).where(TeacherSubject.subject_id.in_(sorted(subjects))))


def in_pairs(municipality_id: int, day: date, *, mentors: bool, mentees: bool) -> ColumnElement[bool]:
    sides = [(mentors, MentoringPair.mentor_id), (mentees, MentoringPair.mentee_id)]
    together = (MentoringPair.municipality_id == municipality_id, is_open(day))
    return or_(*(Teacher.id.in_(select(side).where(*together)) for wanted, side in sides if wanted))


def asked(municipality_id: int, campaign_id: int, answered: Answered | None) -> ColumnElement[bool]:
    """Who answers about several pairs has answered when nothing is outstanding, as response rates count it."""
    theirs = (
        select(Participation.teacher_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.campaign_id == campaign_id, Campaign.municipality_id == municipality_id)
    )
    everybody = Teacher.id.in_(theirs)
    if answered is None:
        return everybody
    outstanding = Teacher.id.in_(theirs.where(Participation.state != ParticipationState.SUBMITTED))
    return outstanding if answered is Answered.NO else and_(everybody, ~outstanding)


def registered(municipality_id: int, event_id: int) -> ColumnElement[bool]:
    theirs = (
        select(EventParticipant.teacher_id)
        .join(Event, Event.id == EventParticipant.event_id)
        .where(EventParticipant.event_id == event_id, Event.municipality_id == municipality_id)
    )
    return Teacher.id.in_(theirs)


def with_deficit(municipality_id: int, areas: Iterable[str]) -> ColumnElement[bool]:
    """In any of the areas, by their latest named questionnaire; what was answered under a promise is not looked at.

    Asked one person at a time, so that only those are looked up whom the other conditions let through.
    """
    latest = (
        select(Response.id)
        .where(
            Response.teacher_id == Teacher.id,
            Response.state == ResponseState.SUBMITTED,
            Response.campaign_id.in_(_named_deficits(municipality_id)),
        )
        .order_by(Response.submitted_at.desc(), Response.id.desc())
        .limit(1)
        .correlate(Teacher)
        .scalar_subquery()
    )
    return exists().where(
        ScaleResult.response_id == latest, ScaleResult.scale.in_(sorted(areas)), ScaleResult.band.in_(DEFICIT_BANDS)
    )


def _named_deficits(municipality_id: int) -> Select[int]:
    """Campaigns of the municipality that asked for deficits by name."""
    return (
        select(Campaign.id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Campaign.municipality_id == municipality_id,
            Survey.code == DEFICITS,
            SurveyVersion.privacy == SurveyPrivacy.NAMED,
        )
    )
