"""Positions and subjects that all municipalities share (`profiles/reference.yaml`)."""

from typing import Literal

from pydantic import Field

from core.people.model import OrganisationKind, PositionGroup
from core.profiles.fields import Code, Part, Text


class ReferencePosition(Part):
    code: Code
    title: Text
    genitive_plural: Text
    kinds: tuple[OrganisationKind, ...] = Field(min_length=1)
    """In which organisations the position is found."""
    group: PositionGroup
    is_management: bool = False


class ReferenceSubject(Part):
    code: Code
    title: Text
    genitive: Text


class Reference(Part):
    format: Literal[1]
    positions: tuple[ReferencePosition, ...] = Field(min_length=1)
    subjects: tuple[ReferenceSubject, ...] = Field(min_length=1)

    def position(self, code: str) -> ReferencePosition:
        """Raises KeyError when there is no such position."""
        return {position.code: position for position in self.positions}[code]

    def subject(self, code: str) -> ReferenceSubject:
        """Raises KeyError when there is no such subject."""
        return {subject.code: subject for subject in self.subjects}[code]
