"""Audiences on the pages: built, counted while they are, kept under a name, taken from there."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from core.people.model import Role
from storage.models import Account, Association, AssociationMember, AuditEntry, Grant, Organisation, SavedAudience
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import START, SignIn
from tests.admin.test_access import account_of
from tests.admin.test_campaign_kinds import publish
from tests.admin.test_campaigns import make
from tests.admin.test_campaigns import stored as campaigns
from tests.admin.world import World
from tests.clocks import SetClock
from tests.registry.folk import add

FILLED = {"title": "Свои <b>школы</b>", "whom_kinds": "school", "shared": "yes", "step": "save"}


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


async def stored(db: Database) -> list[SavedAudience]:
    async with db.read() as session:
        return list(await session.scalars(select(SavedAudience).order_by(SavedAudience.id)))


async def keep(browser: Browser, **changes: Any) -> None:
    answer = await browser.post("/audiences/new", {**FILLED, "form_id": str(sorted(changes.items())), **changes})
    assert answer.status_code == 303, words(answer)


async def test_from_an_empty_list_to_a_kept_audience_and_back(methodist: Browser, sqlite_db: Database) -> None:
    assert "Пока ничего не сохранено" in words(await methodist.get("/audiences"))
    assert "Под эти условия подходит 12 человек" in words(await methodist.get("/audiences/new"))
    await keep(methodist)
    page = await methodist.get("/audiences")
    assert "Свои &lt;b&gt;школы&lt;/b&gt;" in page.text
    assert "Педагоги и руководители школ 6 человек ваши, общие" in words(page)
    (row,) = await stored(sqlite_db)
    place = f"/audiences/{row.id}"
    form = await methodist.get(place)
    assert 'name="whom_kinds" value="school" checked' in form.text
    assert 'name="shared" value="yes" checked' in form.text
    again = await methodist.post(place, {"title": "Сады", "whom_kinds": "preschool"})
    assert "Изменения сохранены" in words(await methodist.follow(again))
    (row,) = await stored(sqlite_db)
    assert (row.title, row.audience, row.shared) == ("Сады", {"kinds": ["preschool"]}, False)
    assert "Удалится только эта подборка" in words(await methodist.get(f"{place}/delete"))
    for _ in range(2):
        gone = await methodist.post(f"{place}/delete", {"form_id": "one"})
        assert "Адресаты удалены" in words(await methodist.follow(gone))
    assert await stored(sqlite_db) == []
    async with sqlite_db.read() as session:
        noted = await session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("audience.")))
        assert sorted(noted) == ["audience.changed", "audience.discarded", "audience.saved"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Дайте адресатам название"),
        ({"title": "я" * 121}, "title", "уложитесь в 120 знаков"),
        ({"title": "Занято"}, "title", "Под таким названием у вас уже сохранены"),
        ({"whom_organisations": "999999"}, "audience", "относится к другому муниципалитету"),
        ({"whom_event": "999999"}, "audience", "относится к другому муниципалитету"),
    ],
)
async def test_errors_stand_at_their_fields(
    methodist: Browser, sqlite_db: Database, changes: dict[str, str], field: str, sentence: str
) -> None:
    await keep(methodist, title="Занято")
    answer = await methodist.post("/audiences/new", {**FILLED, **changes})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="{field}-error"' in answer.text
    assert 'name="whom_kinds" value="school" checked' in answer.text
    assert len(await stored(sqlite_db)) == 1


async def test_a_doubled_form_keeps_one(methodist: Browser, sqlite_db: Database) -> None:
    await keep(methodist, form_id="same")
    await keep(methodist, form_id="same")
    assert len(await stored(sqlite_db)) == 1


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("", ["Под эти условия подходит 12 человек", "Все педагоги и руководители"]),
        ("whom_kinds=school&whom_management=teachers", ["подходит 6 человек", "Педагоги школ; без руководителей"]),
        ("whom_young_only=yes", ["не подходит никто", "Молодые педагоги"]),
        ("whom_answered=no&whom_campaign=x&whom_pairs=&whom_kinds=moon&whom_event=-1", ["подходит 12 человек"]),
        ("whom_organisations=999999", ["не подходит никто", "другая организация"]),
    ],
)
async def test_counting_while_it_is_built(methodist: Browser, query: str, sentences: list[str]) -> None:
    answer = await methodist.get(f"/audiences/count?{query}")
    assert all(one in words(answer) for one in sentences), words(answer)


async def test_names_are_escaped_everywhere(methodist: Browser, world: World, sqlite_db: Database) -> None:
    (circle,) = await add(sqlite_db, Association(municipality_id=world.town, code="x", name="РМО <i>химии</i>"))
    await add(sqlite_db, AssociationMember(association_id=circle, teacher_id=world.teachers[0]))
    (place,) = await add(
        sqlite_db,
        Organisation(municipality_id=world.town, code="y", name="Z", short_name="Сад <u>3</u>", kind="preschool"),
    )
    await keep(methodist, whom_associations=str(circle))
    for address in (
        "/audiences/new",
        "/audiences",
        f"/audiences/count?whom_organisations={place}&whom_associations={circle}",
        "/campaigns/new/deficits",
    ):
        text = (await methodist.get(address)).text
        assert "<i>химии" not in text
        assert "<u>3" not in text
        assert "&lt;i&gt;химии" in text


async def test_a_shared_one_can_be_taken_by_others_and_not_changed(
    methodist: Browser, sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    await keep(methodist)
    await keep(methodist, title="Личные", shared="", whom_kinds="preschool")
    shared, private = await stored(sqlite_db)
    administrator = await sign_in(await account_of("A", world, sqlite_db, clock))
    colleague = await sign_in(await second_methodist(sqlite_db, world))
    for browser, may in ((colleague, False), (administrator, True)):
        assert "Личные" not in words(await browser.get("/audiences"))
        page = await browser.get(f"/audiences/{shared.id}")
        assert ("Удалить" in words(page)) is may
        taken = await browser.get(f"/audiences/choices?saved={shared.id}&parts=kinds&parts=young_only")
        assert 'name="whom_kinds" value="school" checked' in taken.text
        assert "whom_organisations" not in taken.text
        assert (await browser.get(f"/audiences/choices?saved={private.id}")).status_code == 404
        assert (await browser.get(f"/audiences/{private.id}")).status_code == 404
        assert (await browser.post(f"/audiences/{private.id}/delete")).status_code == 404
    assert (await colleague.post(f"/audiences/{shared.id}", FILLED)).status_code == 403
    assert (await colleague.get(f"/audiences/{shared.id}/delete")).status_code == 403
    assert (await colleague.post(f"/audiences/{shared.id}/delete")).status_code == 403
    assert len(await stored(sqlite_db)) == 2


async def second_methodist(db: Database, world: World) -> int:
    (account,) = await add(db, Account(municipality_id=world.town, name="Коллега", created_at=START))
    await add(db, Grant(account_id=account, role=Role.METHODIST, municipality_id=world.town))
    return int(account)


async def test_from_another_form_it_is_kept_without_leaving(
    methodist: Browser, sqlite_db: Database, clock: SetClock
) -> None:
    await publish(sqlite_db, clock, "satisfaction")
    good = await methodist.post("/audiences/save", {"title": "Школы", "whom_kinds": "school"})
    assert (good.status_code, "Адресаты сохранены" in words(good)) == (200, True)
    again = await methodist.post("/audiences/save", {"title": "Школы", "whom_kinds": "school"})
    assert (again.status_code, "уже сохранены адресаты" in words(again)) == (422, True)
    assert "<html" not in again.text
    (row,) = await stored(sqlite_db)
    assert (row.audience, row.shared) == ({"kinds": ["school"]}, False)
    form = await methodist.get("/campaigns/new/deficits")
    assert re.search(rf'<option value="{row.id}">Школы</option>', form.text)
    of_an_event = words(await methodist.get("/campaigns/new/satisfaction"))
    assert "Спросим всех его участников" in of_an_event
    assert "Сохранённые адресаты" not in of_an_event


async def test_a_campaign_asks_by_what_it_has_learned(methodist: Browser, world: World, sqlite_db: Database) -> None:
    place = await make(methodist)
    await methodist.post(f"{place}/open")
    first = (await campaigns(sqlite_db))[0].id
    query = f"whom_campaign={first}&whom_answered=no&whom_kinds=school"
    counted = words(await methodist.get(f"/campaigns/new/burnout/recipients?{query}"))
    assert "Под эти условия подходит 6 человек" in counted
    second = await make(methodist, form_id="2", whom_campaign=str(first), whom_answered="no", whom_kinds="school")
    card = words(await methodist.get(second))
    assert "Педагоги и руководители школ; кто ещё не ответил в анкетировании «Осень <b>2026</b>»" in card
