"""Audiences under a name: whose they are, who changes them, what is written down."""

import pytest
from sqlalchemy import select, update

from core.audiences import actions, saved
from core.audiences.model import Audience
from core.errors import AppError, Denied, NotFound
from core.people.model import Actor, OrganisationKind, Role
from storage.models import Account, AuditEntry, SavedAudience
from tests.audiences.town import Town

SCHOOLS = Audience(kinds=frozenset({OrganisationKind.SCHOOL}))


async def colleague(town: Town, role: Role = Role.METHODIST) -> Actor:
    async with town.db.write() as session:
        account = Account(municipality_id=town.here, name="Коллега", created_at=town.clock.now())
        session.add(account)
        await session.flush()
        here = frozenset({town.here})
        administered = here if role is Role.ADMINISTRATOR else frozenset[int]()
        return Actor(
            account.id, None, town.here, municipalities=here, administered=administered, roles=frozenset({role})
        )


async def save(town: Town, title: str = "Школы", *, shared: bool = False, actor: Actor | None = None) -> int:
    return await actions.save(town.db, town.clock, actor or town.methodist, town.here, title, SCHOOLS, shared=shared)


async def titles(town: Town, actor: Actor) -> list[str]:
    async with town.db.read() as session:
        return [one.title for one in await saved.listing(session, actor, town.here)]


async def written(town: Town) -> list[str]:
    async with town.db.read() as session:
        return list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


async def test_own_and_shared_ones_are_offered(either: Town) -> None:
    other = await colleague(either)
    await save(either, "  мои   школы ")
    shared = await save(either, "Общие", shared=True)
    assert await titles(either, either.methodist) == ["мои школы", "Общие"]
    assert await titles(either, other) == ["Общие"]
    async with either.db.read() as session:
        row = await saved.one(session, other, shared)
        assert (row.audience, row.own, row.may_change, row.author) == (SCHOOLS, False, False, "Методист")
        with pytest.raises(NotFound):
            await saved.listing(session, either.stranger, either.here)
        with pytest.raises(NotFound):
            await saved.one(session, either.stranger, shared)


async def test_a_shared_one_is_changed_by_its_maker_or_an_administrator(either: Town) -> None:
    shared, private = await save(either, "Общие", shared=True), await save(either, "Мои")
    other, boss = await colleague(either), await colleague(either, Role.ADMINISTRATOR)

    async def rename(who: Actor, which: int) -> None:
        await actions.change(
            either.db, either.clock, who, which, title="Иначе", audience=Audience(young_only=True), shared=True
        )

    with pytest.raises(Denied):
        await rename(other, shared)
    with pytest.raises(Denied):
        await actions.discard(either.db, either.clock, other, shared)
    for nobodys in (other, boss, either.stranger):
        with pytest.raises(NotFound):
            await rename(nobodys, private)
    await rename(boss, shared)
    await rename(boss, shared)
    assert await titles(either, other) == ["Иначе"]
    await actions.discard(either.db, either.clock, either.methodist, shared)
    with pytest.raises(NotFound):
        await actions.discard(either.db, either.clock, either.methodist, shared)
    assert await written(either) == ["audience.saved", "audience.saved", "audience.changed", "audience.discarded"]


async def test_what_an_erased_person_left_goes_to_administrators(either: Town) -> None:
    left = await save(either, "Осталось")
    boss = await colleague(either, Role.ADMINISTRATOR)
    assert await titles(either, boss) == []
    async with either.db.write() as session:
        await session.execute(update(SavedAudience).values(created_by=None))
    assert await titles(either, either.methodist) == []
    assert await titles(either, boss) == ["Осталось"]
    await actions.discard(either.db, either.clock, boss, left)


@pytest.mark.parametrize(
    ("title", "audience", "key"),
    [
        ("  ", SCHOOLS, "audience.title_empty"),
        ("я" * 121, SCHOOLS, "audience.title_long"),
        ("Школы", SCHOOLS, "audience.title_taken"),
        ("Чужое", Audience(organisations=frozenset({999_999})), "audience.foreign"),
    ],
)
async def test_what_is_refused(town: Town, title: str, audience: Audience, key: str) -> None:
    await save(town)
    before = await written(town)
    with pytest.raises(AppError) as refused:
        await actions.save(town.db, town.clock, town.methodist, town.here, title, audience, shared=False)
    assert refused.value.key == key
    assert await written(town) == before
    with pytest.raises(NotFound):
        await save(town, "Через забор", actor=town.stranger)
