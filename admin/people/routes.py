"""All pages of this room. Doubles come first: their address looks like a card's."""

from fastapi import APIRouter

from admin.people import card, doubles, membership, moving, office

router = APIRouter()
for part in (doubles, card, moving, membership, office):
    router.include_router(part.router)
