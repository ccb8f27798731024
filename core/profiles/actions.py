"""A profile becomes rows: municipality, organisations, associations, targets, what is monitored, the plan.

Safe to repeat: rows are found by their codes and brought up to date, none is added twice, and what people
entered by themselves (whom to turn to) stays. Nothing is ever deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.profiles.model import Profile
from core.profiles.reference import Reference
from core.profiles.rows import measure_rows, monitored_rows, settings_of, target_rows
from storage.models import (
    Association,
    Base,
    MonitoredIndicator,
    Municipality,
    Organisation,
    PlanMeasure,
    Position,
    Subject,
    Target,
)
from storage.session import Store


@dataclass(frozen=True, slots=True)
class Installed:
    municipality_id: int
    added: int
    changed: int


@dataclass(slots=True)
class _Tally:
    added: int = 0
    changed: int = 0


async def install(store: Store, clock: Clock, profile: Profile, reference: Reference) -> Installed:
    """One transaction; an audit entry only when something was added or changed."""
    async with store.write() as session:
        tally = _Tally()
        municipality = await _municipality(session, profile, tally)
        own = {"municipality_id": municipality.id}
        await _merge(session, tally, Position, ("code",), _positions(reference))
        await _merge(
            session, tally, Subject, ("code",), ({"code": s.code, "title": s.title} for s in reference.subjects)
        )
        await _merge(session, tally, Organisation, ("municipality_id", "code"), _organisations(profile, own))
        await _merge(session, tally, Association, ("municipality_id", "code"), _associations(profile, own))
        await _merge(
            session, tally, Target, ("municipality_id", "indicator", "year", "part"), target_rows(profile, own)
        )
        await _merge(session, tally, MonitoredIndicator, ("municipality_id", "indicator"), monitored_rows(profile, own))
        await _merge(session, tally, PlanMeasure, ("municipality_id", "year", "number"), measure_rows(profile, own))
        if tally.added or tally.changed:
            audit.note(
                session,
                clock.now(),
                None,
                "profile.installed",
                f"profile:{profile.code}",
                municipality_id=municipality.id,
                details={"added": tally.added, "changed": tally.changed},
            )
        return Installed(municipality.id, tally.added, tally.changed)


async def _municipality(session: AsyncSession, profile: Profile, tally: _Tally) -> Municipality:
    row = await session.scalar(select(Municipality).where(Municipality.code == profile.code).with_for_update())
    values = {"name": profile.name.full, "timezone": profile.timezone}
    if row is None:
        row = Municipality(code=profile.code, settings=settings_of(profile, {}), **values)
        session.add(row)
        await session.flush()
        tally.added += 1
    else:
        tally.changed += _update(row, {**values, "settings": settings_of(profile, row.settings)})
    return row


async def _merge(
    session: AsyncSession, tally: _Tally, table: type[Base], key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Adds rows whose key is new, brings the others up to date."""
    wanted = {tuple(row[name] for name in key): row for row in rows}
    query = select(table)
    if "municipality_id" in key:
        query = query.where(table.__table__.c.municipality_id == next(iter(wanted), (None,))[0])
    present = {tuple(getattr(row, name) for name in key): row for row in await session.scalars(query)}
    for identity, row in wanted.items():
        if identity not in present:
            session.add(table(**row))
            tally.added += 1
        else:
            tally.changed += _update(present[identity], row)
    await session.flush()


def _update(row: Base, values: Mapping[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _positions(reference: Reference) -> list[dict[str, Any]]:
    return [{"code": one.code, "title": one.title, "group": one.group.value} for one in reference.positions]


def _organisations(profile: Profile, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **own,
            "code": one.code,
            "name": one.full_name,
            "short_name": one.short_name,
            "kind": one.kind.value,
            "rural": one.rural,
        }
        for one in profile.organisations
    ]


def _associations(profile: Profile, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**own, "code": one.code, "name": one.name} for one in profile.associations]
