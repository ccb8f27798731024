"""What became of deliveries, counted by the database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.model import ANNOUNCEMENT, EDIT, RECALL, Counts, PressKind
from storage.models import AnnouncementPress, Delivery

CARRIERS = (ANNOUNCEMENT, EDIT, RECALL)
"""Kinds of the deliveries that an announcement makes for its recipients."""

_FIELDS = {"queued": "waiting", "retrying": "waiting", "sending": "waiting"}
"""State of a delivery → field of Counts; the others are called the same."""


@dataclass(frozen=True, slots=True)
class Figures:
    counts: Counts = field(default_factory=Counts)
    edits: Counts = field(default_factory=Counts)
    """Of the latest correction."""
    recalls: Counts = field(default_factory=Counts)
    pressed: Mapping[PressKind, int] = field(default_factory=dict)
    open: int = 0
    """Of all three, and of older corrections, how many have no outcome yet."""


def counts_of(rows: Iterable[tuple[str, int, int]]) -> Counts:
    """Of (state, how many, how many of them are doubtful)."""
    found: dict[str, int] = defaultdict(int)
    for state, number, doubtful in rows:
        found[_FIELDS.get(state, state)] += number
        found["doubtful"] += doubtful
    return Counts(**found)


def doubtful() -> Any:
    """How many rows of a group are, as a column."""
    return func.sum(case((Delivery.doubtful, 1), else_=0))


async def figures(session: AsyncSession, revisions: Mapping[int, int]) -> dict[int, Figures]:
    """Of these announcements; `revisions` says which correction is the latest of each."""
    ids = sorted(revisions)
    # Of an announcement itself the slot is always empty, of a correction it is the revision.
    rows = await session.execute(
        select(Delivery.subject, Delivery.kind, Delivery.slot, Delivery.state, func.count(), doubtful())
        .where(Delivery.kind.in_(CARRIERS), Delivery.subject.in_(ids))
        .group_by(Delivery.subject, Delivery.kind, Delivery.slot, Delivery.state)
    )
    found: dict[int, dict[tuple[str, str], list[tuple[str, int, int]]]] = {one: defaultdict(list) for one in ids}
    for subject, kind, slot, *row in rows:
        found[subject][kind, slot].append((row[0], row[1], row[2]))
    pressed = await presses(session, ids)
    return {one: _figures(found[one], str(revisions[one]), pressed[one]) for one in ids}


def _figures(
    rows: Mapping[tuple[str, str], Sequence[tuple[str, int, int]]], revision: str, pressed: Mapping[PressKind, int]
) -> Figures:
    return Figures(
        counts=counts_of(rows.get((ANNOUNCEMENT, ""), ())),
        edits=counts_of(rows.get((EDIT, revision), ())),
        recalls=counts_of(rows.get((RECALL, ""), ())),
        pressed=pressed,
        open=sum(counts_of(one).open for one in rows.values()),
    )


async def presses(session: AsyncSession, ids: Sequence[int]) -> dict[int, dict[PressKind, int]]:
    """How many people pressed which button of these announcements."""
    rows = await session.execute(
        select(AnnouncementPress.announcement_id, AnnouncementPress.button, func.count())
        .where(AnnouncementPress.announcement_id.in_(ids))
        .group_by(AnnouncementPress.announcement_id, AnnouncementPress.button)
    )
    found: dict[int, dict[PressKind, int]] = {one: {} for one in ids}
    for announcement, button, number in rows:
        found[announcement][PressKind(button)] = number
    return found
