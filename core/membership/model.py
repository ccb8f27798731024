"""Associations and organisations as those see them who say who belongs to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    position: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Circle:
    """An association with one page of its members by name; people in the archive are left out."""

    id: int
    name: str
    leader: Person | None
    members: tuple[Person, ...]
    total: int
    page: int
    pages: int
    editable: bool
    """By the one who looks."""


@dataclass(frozen=True, slots=True)
class Found:
    """People who match a search; `more` when there are others beside these."""

    people: tuple[Person, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Coordinator:
    """`teacher_id` is None for a member of staff who is not in the registry."""

    account_id: int
    teacher_id: int | None
    name: str
    elsewhere: bool
    """Works in another organisation, or nowhere in the registry."""


@dataclass(frozen=True, slots=True)
class Office:
    id: int
    name: str
    people: int
    management: int
    joined: int
    """Of the people; have a chat with the bot."""
    archived: int
    coordinators: tuple[Coordinator, ...]
    editable: bool
