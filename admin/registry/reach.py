"""Who may open which pages of the registry."""

from admin.auth import Viewer
from admin.registry.rooms import Room
from core.errors import Denied
from core.registry.reach import may_edit, sees


def check_sees(room: Room, viewer: Viewer) -> None:
    """Raises Denied for whoever can have no record of this kind within reach."""
    if not sees(room.kind, viewer.actor):
        raise Denied


def check_edits(room: Room, viewer: Viewer) -> None:
    """Raises Denied for whoever may not add records of this kind in the municipality in view."""
    if room.kind.view or not may_edit(room.kind, viewer.actor, viewer.municipality.id):
        raise Denied
