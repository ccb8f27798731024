"""Reads of mentoring pairs."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from storage.models import MentoringPair


def is_open(day: date) -> ColumnElement[bool]:
    """Condition on MentoringPair: the pair works together on that day."""
    ended = or_(MentoringPair.ended_on.is_(None), MentoringPair.ended_on > day)
    return and_(MentoringPair.started_on <= day, ended)
