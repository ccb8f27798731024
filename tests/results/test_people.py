"""Individual answers: named surveys and methodists only, and every look is in the audit."""

import pytest
from sqlalchemy import select

from core.errors import Denied, NotFound
from core.results import actions
from core.results.people import Search
from core.results.texts import texts
from storage.models import AuditEntry, Response
from storage.session import Database
from tests.clocks import SetClock
from tests.releases import test_releases as releases
from tests.results.world import answer_all, town


async def noted(db: Database) -> list[tuple[str, str | None, int | None]]:
    async with db.read() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        wanted = ("answers.listed", "answers.seen", "results.exported")
        return [(row.action, row.subject, row.account_id) for row in rows if row.action in wanted]


async def test_a_methodist_reads_what_somebody_answered(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    ids = await answer_all(world, campaign, world.teachers["school-1"][:4])
    found = await actions.see_answers(db, clock, world.methodist, campaign, ids[0])
    said = {one.label: one.answer for one in found.answers}
    assert found.person.name == "Примерова0 Проба"
    assert (found.person.organisation, found.person.position) == ("school-1", "директор")
    assert said["Планировать уроки"] == "Не нужна"
    assert said["По важности"] == "1. Работа с родителями; 2. =Цифровые инструменты; 3. Здоровье"
    assert said["Ставка"] == "1,5"
    assert said["Удобный день"] == "25.11.2026"
    assert "double" not in said, "nobody gave that calculation a title"
    assert found.scales == (("Методика", 50.0, "высокий"),)
    last = await actions.see_answers(db, clock, world.methodist, campaign, ids[3])
    assert {one.label: one.answer for one in last.answers}["Что ещё"] == ""
    assert await noted(db) == [("answers.seen", f"response:{one}", world.staff) for one in (ids[0], ids[3])]


async def test_people_are_found_by_name_and_organisation(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, [*world.teachers["school-1"][:12], *world.teachers["kindergarten"][:2]])

    async def names(**search: object) -> list[str]:
        found = await actions.list_people(db, clock, world.methodist, campaign, Search(**search))  # type: ignore[arg-type]
        return [one.name.split()[0] for one in found.people]

    assert len(await names()) == 14
    assert await names(text="ПРИМЕРОВА11") == ["Примерова11"]
    assert await names(text="проба примерова1", organisation=world.organisations["kindergarten"]) == ["Примерова1"]
    assert await names(text="100%") == []
    assert len(await names(size=10)) == 10
    assert len(await names(size=10, page=2)) == 4
    found = await actions.list_people(db, clock, world.methodist, campaign, Search(size=1))
    assert found.total == 14
    assert [name for _, name in found.organisations] == ["school-1", "kindergarten"]
    assert set(await noted(db)) == {("answers.listed", f"campaign:{campaign}", world.staff)}


async def test_nobody_else_reads_them_and_a_refusal_leaves_no_trace(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign, other = await world.open("everything"), await world.open("everything", title="Другая")
    ids = await answer_all(world, campaign, world.teachers["school-1"][:1])
    for actor in (world.stranger, world.coordinator("school-1")):
        with pytest.raises(NotFound):
            await actions.see_answers(db, clock, actor, campaign, ids[0])
        with pytest.raises(NotFound):
            await actions.list_people(db, clock, actor, campaign, Search())
        async with db.read() as session:
            with pytest.raises(NotFound):
                await texts(session, actor, campaign, "words", "1")
    with pytest.raises(NotFound):
        await actions.see_answers(db, clock, world.methodist, other, ids[0])
    with pytest.raises(Denied):
        await actions.note_export(db, clock, world.coordinator("school-1"), campaign, "xlsx")
    with pytest.raises(NotFound):
        await actions.note_export(db, clock, world.stranger, campaign, "xlsx")
    assert await noted(db) == []


async def test_nobody_reads_individual_answers_of_a_protected_survey(db: Database, clock: SetClock) -> None:
    world = await releases.town(db, clock)
    campaign = await releases.opened(world)
    await releases.answer_all(world, campaign, world.everybody)
    async with db.read() as session:
        response = (await session.scalars(select(Response.id))).first()
    assert response is not None
    for close in (False, True):
        if close:
            await world.close(campaign)
        with pytest.raises(NotFound):
            await actions.see_answers(db, clock, world.methodist, campaign, response)
        with pytest.raises(NotFound):
            await actions.list_people(db, clock, world.methodist, campaign, Search())
    assert await noted(db) == []


async def test_texts_come_without_names_in_an_order_that_only_the_lot_decides(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    given = [{"words": f"слово {number}"} for number in range(20)]
    await answer_all(world, campaign, world.teachers["school-1"][:20], given)
    async with db.read() as session:
        orders = [(await texts(session, world.methodist, campaign, "words", lot))[2] for lot in ("1", "1", "2")]
        with pytest.raises(NotFound):
            await texts(session, world.methodist, campaign, "hours", "1")
    assert sorted(orders[0]) == sorted(one["words"] for one in given)
    assert orders[0] == orders[1], "pages that are turned fit together"
    assert orders[0] != orders[2]
    assert orders[0] != [one["words"] for one in given]
