"""All pages of the registry's tables: the same ones for every kind. Fixed addresses come before those with a number."""

from fastapi import APIRouter

from admin.registry import adding, archiving, cards, editing, exporting, lists
from admin.registry.rooms import ROOMS

router = APIRouter()
for room in ROOMS:
    lists.add(router, room)
    exporting.add(router, room)
    if not room.kind.view:
        adding.add(router, room)
    cards.add(router, room)
    editing.add(router, room)
    archiving.add(router, room)
