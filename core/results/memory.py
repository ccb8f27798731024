"""Counts that were made once: submitted questionnaires never change, so counting them again would tell the same."""

from collections import OrderedDict
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.results.counting import count
from core.results.counts import Counts
from core.results.groups import WHOLE
from core.results.waves import Wave
from storage.models import Response

KEPT = 32
"""Campaigns in memory; one has some hundred numbers."""

_Key = tuple[object, ...]
_kept: WeakKeyDictionary[Engine, OrderedDict[_Key, Counts]] = WeakKeyDictionary()
"""By database, so that nothing of one is ever taken for another's."""


async def whole(session: AsyncSession, wave: Wave) -> Counts:
    """Undivided counts of a named campaign: four million answers take seconds to count, and nobody waits twice."""
    key = await _key(session, wave)
    known = _kept.setdefault(session.get_bind().engine, OrderedDict())
    if key not in known:
        known[key] = (await count(session, wave.campaign.id, wave.definition)).get(WHOLE, Counts())
        while len(known) > KEPT:
            known.popitem(last=False)
    known.move_to_end(key)
    return known[key]


async def _key(session: AsyncSession, wave: Wave) -> _Key:
    """Names the very set of submitted questionnaires: one that came or was erased gives another key."""
    submitted = (
        await session.execute(
            select(func.count(), func.sum(Response.id), func.max(Response.id), func.max(Response.submitted_at)).where(
                Response.campaign_id == wave.campaign.id, Response.state == ResponseState.SUBMITTED
            )
        )
    ).one()
    return (wave.campaign.id, *submitted)
