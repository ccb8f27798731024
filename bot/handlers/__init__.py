"""What people do in the chat: each file parses one feature's updates, calls an action, shows a screen.

Handlers get by name: `actor` (None for a stranger), `store` (this update's transaction), `db`, `clock`,
`transport`, `sealer`, `rasteriser`, `settings`.
"""

from aiogram import Router

from bot.handlers import (
    announcement_presses,
    announcing,
    cabinet,
    consent,
    digests,
    join,
    membership,
    menu,
    other,
    refusals,
    rights,
    second_factor,
    survey,
    surveys,
    wishes,
)
from bot.handlers.showing import reshow

__all__ = ["reshow", "routers"]


def routers() -> list[Router]:
    """In the order they are asked: strangers and consent come before everything, typed words last."""
    features = (
        refusals,
        membership,
        join,
        rights,
        second_factor,
        consent,
        cabinet,
        menu,
        wishes,
        digests,
        surveys,
        announcement_presses,
        announcing,
        survey,
        other,
    )
    return [feature.setup() for feature in features]
