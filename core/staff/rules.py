"""Pure decisions about who may give, take and switch off what."""

from collections.abc import Iterable

from core.people.model import Actor, Role

GIVEN_HERE = (Role.METHODIST, Role.ADMINISTRATOR)
"""Coordinators and leaders are appointed at their organisation and association."""


def may_give(actor: Actor, role: Role, municipality_id: int | None) -> bool:
    """Nobody gives wider rights than their own; without a municipality it is the whole installation."""
    if role not in GIVEN_HERE:
        return False
    if municipality_id is None:
        return actor.everywhere and role is Role.ADMINISTRATOR
    return actor.administers(municipality_id)


def may_switch(actor: Actor, places: Iterable[int | None]) -> bool:
    """Whether the actor may switch off somebody whose rights lie in these municipalities (None: everywhere)."""
    return actor.everywhere or all(one is not None and actor.administers(one) for one in places)
