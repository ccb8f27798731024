"""A methodist's office in the made-up town of tests.campaigns: writes announcements, plays the sender."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from core.announcements import actions, queries
from core.announcements.model import ANNOUNCEMENT, AnnouncementDetail, Category, Content
from core.people.model import Actor, Role
from storage.models import Account, Announcement, AuditEntry, Chat, Delivery
from storage.session import Database
from tests.campaigns.world import World
from tests.clocks import SetClock


@dataclass
class Office:
    world: World

    @property
    def db(self) -> Database:
        return self.world.db

    @property
    def clock(self) -> SetClock:
        return self.world.clock

    @property
    def methodist(self) -> Actor:
        return self.world.methodist

    @property
    def tools(self) -> tuple[Database, SetClock, Actor]:
        """The first arguments of an action."""
        return self.db, self.clock, self.methodist

    async def colleague(self) -> Actor:
        """A second methodist, with an account of their own."""
        async with self.db.write() as session:
            account = Account(municipality_id=self.world.town, name="Коллега", created_at=self.clock.now())
            session.add(account)
            await session.flush()
            return replace(self.methodist, account_id=account.id)

    async def open_chat(self, actor: Actor) -> None:
        async with self.db.write() as session:
            session.add(Chat(account_id=actor.account_id, channel="telegram", address=f"staff-{actor.account_id}"))

    async def join(self, number: int) -> list[int]:
        """So many people join; returns their accounts."""
        return [await self.world.join(one) for one in self.world.everybody[:number]]

    def recipient(self, account: int, teacher: int) -> Actor:
        return Actor(account, teacher, self.world.town, roles=frozenset({Role.TEACHER}))

    def content(self, **changes: Any) -> Content:
        return Content(**{"category": Category.MEETINGS, "text": "Семинар в четверг", **changes})

    async def create(self, **changes: Any) -> int:
        return await actions.create(*self.tools, self.world.town, self.content(**changes))

    async def publish(self, announcement: int | None = None, **changes: Any) -> int:
        """Sends it, or one with this content; returns its id."""
        announcement = announcement if announcement is not None else await self.create(**changes)
        await actions.publish(*self.tools, announcement, revision=(await self.detail(announcement)).revision)
        return announcement

    async def detail(self, announcement: int) -> AnnouncementDetail:
        async with self.db.read() as session:
            return await queries.detail(session, self.methodist, announcement)

    async def row(self, announcement: int) -> Announcement:
        async with self.db.read() as session:
            return await session.get_one(Announcement, announcement)

    async def announcements(self) -> list[Announcement]:
        async with self.db.read() as session:
            return list(await session.scalars(select(Announcement).order_by(Announcement.id)))

    async def deliveries(self, announcement: int, kind: str = ANNOUNCEMENT) -> list[Delivery]:
        async with self.db.read() as session:
            rows = select(Delivery).where(Delivery.kind == kind, Delivery.subject == announcement)
            return list(await session.scalars(rows.order_by(Delivery.id)))

    async def states(self, announcement: int, kind: str = ANNOUNCEMENT) -> list[str]:
        return [one.state for one in await self.deliveries(announcement, kind)]

    async def claim(self, deliveries: Sequence[Delivery]) -> None:
        """The sender takes them."""
        await self._set(deliveries, state="sending")

    async def arrive(self, deliveries: Sequence[Delivery], revision: int = 1) -> None:
        """The messenger confirms them; their numbers are ten times those of the deliveries."""
        for one in deliveries:
            values = {"state": "sent", "revision": revision, "message_id": one.id * 10, "sent_at": self.clock.now()}
            await self._set([one], **values)

    async def end(self, deliveries: Sequence[Delivery], state: str, **values: Any) -> None:
        await self._set(deliveries, state=state, **values)

    async def audit(self, announcement: int) -> list[str]:
        async with self.db.read() as session:
            rows = select(AuditEntry.action).where(AuditEntry.subject == f"announcement:{announcement}")
            return list(await session.scalars(rows.order_by(AuditEntry.id)))

    async def _set(self, deliveries: Sequence[Delivery], **values: Any) -> None:
        async with self.db.write() as session:
            ids = [one.id for one in deliveries]
            await session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(**values))
