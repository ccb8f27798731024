"""Whom the pages of reminders are for, and the rule that an address names."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from admin.audiences.reach import Manager
from admin.auth import Viewer
from admin.services import ServicesHere
from admin.shell.path import RowId
from core.errors import NotFound
from core.reminders import queries
from core.reminders.model import RuleView


@dataclass(frozen=True, slots=True)
class Here:
    viewer: Viewer
    rule: RuleView


async def rule_here(services: ServicesHere, viewer: Manager, rule_id: RowId) -> Here:
    """Raises NotFound for a rule out of reach, and for one of another municipality than the one in view."""
    async with services.db.read() as session:
        rule = await queries.rule(session, viewer.actor, rule_id)
    if rule.municipality_id != viewer.municipality.id:
        raise NotFound
    return Here(viewer, rule)


RuleHere = Annotated[Here, Depends(rule_here)]
