"""One campaign of each built-in survey, so that everything can be answered at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from sqlalchemy import select

from core.audiences.model import Audience
from core.campaigns import actions
from core.campaigns.model import HELP_CONTACT, NewCampaign
from core.clock import Clock
from core.events.model import EventKind
from core.people.model import Actor
from storage.models import Event
from storage.session import Store

TERM = timedelta(days=30)
CONTACT = "Педагог-психолог методического центра (учебный пример: впишите сюда настоящий телефон)"


@dataclass(frozen=True, slots=True)
class Example:
    """What a campaign of a survey is called, and whom it is put to."""

    title: str
    audience: Audience = field(default_factory=Audience)
    options: Mapping[str, str] = field(default_factory=dict)
    after: EventKind | None = None
    """Whose participants are asked."""


SURVEYS: Mapping[str, Example] = MappingProxyType(
    {
        "deficits": Example("Какая помощь вам нужна в работе"),
        "needs": Example("Чему вы хотите учиться в новом году"),
        "burnout": Example("Как вы себя чувствуете на работе", options={HELP_CONTACT: CONTACT}),
        "satisfaction": Example("Отзыв о прошедшем курсе", after=EventKind.COURSE),
        "adaptation": Example("Первые годы в профессии", Audience(young_only=True)),
        "mentoring": Example("Как идёт наставничество в этом году"),
        "self_review": Example("Самообследование организаций"),
    }
)


async def open_campaigns(store: Store, clock: Clock, methodist: Actor, municipality_id: int) -> dict[str, int]:
    """Ids by code of the survey."""
    now = clock.now()
    opened = {}
    for code, example in SURVEYS.items():
        new = NewCampaign(
            municipality_id,
            code,
            example.title,
            example.audience,
            now,
            now + TERM,
            example.options,
            event_id=None if example.after is None else await _event(store, municipality_id, example.after),
        )
        opened[code] = await actions.create(store, clock, methodist, new)
        await actions.open_now(store, clock, methodist, opened[code])
    return opened


async def _event(store: Store, municipality_id: int, kind: EventKind) -> int:
    async with store.read() as session:
        found = select(Event.id).where(Event.municipality_id == municipality_id, Event.kind == kind).order_by(Event.id)
        return (await session.scalars(found)).one()
