"""Lists, cards and forms of the registry through the pages: every kind, every step."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from admin.registry.rooms import BY_CODE, ROOMS
from core.registry.kinds import ALL
from core.registry.model import Owner
from storage.models import AuditEntry, MentorBankEntry, Position, Subject, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.registry.folk import add, count, rows

STORED = [room for room in ROOMS if not room.kind.view]


@dataclass(frozen=True)
class Case:
    """What is typed for a new record, a field of it with other words, and what is wrong with yet another."""

    typed: dict[str, Any]
    field: str
    other: str
    wrong: tuple[str, str, str]
    """Field, what is typed, what the page says."""


COURSE = {"programme": "Курс <b>о главном</b>", "provider": "Институт", "kind": "advanced", "hours": "72"}
CASES = {
    "teachers": Case(
        {"surname": "Новая <i>", "given_name": "Проба", "category": "none", "birth_year": "1980", "subjects": []},
        "surname",
        "Иная",
        ("birth_year", "давно", "только цифры"),
    ),
    "organisations": Case(
        {"name": "Лицей <b>", "short_name": "Лицей № 7", "kind": "school", "rural": "yes"},
        "short_name",
        "Лицей № 8",
        ("kind", "castle", "Выберите из списка"),
    ),
    "associations": Case({"name": "Объединение <b>химиков"}, "name", "Объединение физиков", ("name", " ", "Заполните")),
    "training": Case(
        {**COURSE, "finished_on": "2026-05-12"}, "programme", "Курс о другом", ("hours", "0", "от 1 до 5000")
    ),
    "awards": Case(
        {"title": "Грамота <b>", "level": "regional"}, "title", "Медаль", ("given_on", "2999-01-01", "Проверьте год")
    ),
    "expert_work": Case(
        {"title": "Жюри <b>", "level": "municipal", "done_on": "12.05.2026"},
        "title",
        "Комиссия",
        ("done_on", "вчера", "Укажите дату"),
    ),
    "mentor_bank": Case({"year": "2026", "state": "confirmed"}, "year", "2025", ("year", "", "Заполните")),
    "programmes": Case(
        {"title": "Программа <b>", "provider": "Институт", "kind": "advanced", "form": "remote", "areas": ["ict_area"]},
        "title",
        "Другая программа",
        ("hours", "много", "только цифры"),
    ),
    "positions": Case(
        {"title": "логопед <b>", "group": "specialist"}, "title", "дефектолог", ("group", "", "Заполните")
    ),
    "subjects": Case({"title": "Химия <b>"}, "title", "Биология", ("title", "Х" * 161, "не больше 160")),
}


async def typed_for(db: Database, world: World, code: str) -> dict[str, Any]:
    typed = dict(CASES[code].typed)
    if BY_CODE[code].kind.owner is Owner.TEACHER:
        typed["teacher_id"] = world.teachers[1]
    if code == "teachers":
        (first,) = await rows(db, Teacher, Teacher.id == world.teachers[0])
        typed |= {"organisation_id": world.school, "position_id": first.position_id}
    return typed


async def add_through_pages(browser: Browser, path: str, typed: dict[str, Any]) -> str:
    """Fills the form in; where that led is returned."""
    teacher = f"?teacher_id={typed['teacher_id']}" if "teacher_id" in typed else ""
    page = await browser.get(f"{path}/new{teacher}")
    form_id = re.search(r'name="form_id" value="([^"]+)"', page.text)
    assert form_id, words(page)
    answer = await browser.post(f"{path}/new", {**typed, "form_id": form_id[1]})
    assert answer.status_code == 303, words(answer)
    again = await browser.post(f"{path}/new", {**typed, "form_id": form_id[1]})
    assert again.headers["location"] == answer.headers["location"], "a doubled press"
    return str(answer.headers["location"])


async def latest(db: Database, code: str) -> int:
    return int(max(one.id for one in await rows(db, BY_CODE[code].kind.model)))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.code)
async def test_every_list_opens(sign_in: SignIn, world: World, room: Any) -> None:
    browser = await sign_in(world.administrator)
    page = await browser.get(room.path)
    assert page.status_code == 200
    assert f">{room.title}</h1>" in page.text
    assert page.text.count("aria-current") >= 1
    assert (await browser.get(f"{room.path}?sort=nothing&page=x&shelf=y&kind=z&teacher_id=q")).status_code == 200


@pytest.mark.parametrize("code", CASES)
async def test_a_record_is_added_changed_put_away_and_brought_back(
    sign_in: SignIn, world: World, sqlite_db: Database, code: str
) -> None:
    room, case = BY_CODE[code], CASES[code]
    browser = await sign_in(world.administrator)
    typed = await typed_for(sqlite_db, world, code)
    before = await count(sqlite_db, room.kind.model)
    place = await add_through_pages(browser, room.path, typed)
    assert await count(sqlite_db, room.kind.model) == before + 1
    page = await browser.get(place)
    assert "обавлен" in words(page)
    assert "<b>о главном" not in page.text
    record = await latest(sqlite_db, code)
    here = f"{room.path}/{record}"

    form = await browser.get(f"{here}/edit")
    mark = re.search(r'name="mark" value="([^"]+)"', form.text)
    assert mark
    field, value, sentence = case.wrong
    refused = await browser.post(f"{here}/edit", {**typed, "mark": mark[1], case.field: case.other, field: value})
    assert refused.status_code == 422
    assert sentence in words(refused)
    if field != case.field:
        assert case.other in refused.text, "what was typed stays"
    changed = await browser.post(f"{here}/edit", {**typed, "mark": mark[1], case.field: case.other})
    assert case.other in words(await browser.follow(changed))

    assert room.archive in words(await browser.get(f"{here}/archive"))
    assert "Убрали в архив" in words(await browser.follow(await browser.post(f"{here}/archive")))
    assert record not in await listed(browser, room.path)
    assert "В архиве" in words(await browser.get(f"{room.path}?shelf=archived"))
    assert (await browser.get(f"{here}/archive")).status_code == 303
    assert "Сначала верните" in words(await browser.follow(await browser.get(f"{here}/edit")))
    await browser.get("/people")
    late = await browser.post(f"{here}/edit", {**typed, "mark": mark[1]})
    assert "Сначала верните" in words(await browser.follow(late))
    await browser.get(f"{here}/restore")
    assert "Вернули из архива" in words(await browser.follow(await browser.post(f"{here}/restore")))

    told = words(await browser.get(f"{here}/history"))
    for word in ("добавлен", "измен", "в архив", "возвращ", case.other, "Администратор"):
        assert word.casefold() in told.casefold(), word
    assert not re.search(r"\b[a-z_]+\.(added|changed|archived|restored)\b", told)


async def listed(browser: Browser, path: str) -> list[int]:
    page = await browser.get(path)
    return [int(found) for found in re.findall(rf'href="{path}/(\d+)"', page.text)]


async def test_a_form_that_is_out_of_date_is_not_applied(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    here = f"/organisations/{world.school}"
    mark = re.search(r'name="mark" value="([^"]+)"', (await browser.get(f"{here}/edit")).text)
    assert mark
    typed = {"name": "Школа № 1", "short_name": "Первая", "kind": "school", "mark": mark[1]}
    await browser.follow(await browser.post(f"{here}/edit", typed))
    await browser.get(f"{here}/edit")
    answer = await browser.post(f"{here}/edit", {**typed, "short_name": "Вторая"})
    assert answer.status_code == 409
    said = words(answer)
    assert "изменил кто-то другой" in said
    assert "Сейчас записано: Первая" in said
    assert 'value="Вторая"' in answer.text
    mark = re.search(r'name="mark" value="([^"]+)"', answer.text)
    assert mark
    page = await browser.follow(await browser.post(f"{here}/edit", {**typed, "short_name": "Вторая", "mark": mark[1]}))
    assert "Вторая" in words(page)


async def test_an_organisation_with_people_stays(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    here = f"/organisations/{world.school}"
    page = await browser.get(f"{here}/archive")
    assert "6 человек" in words(page).replace("\u00a0", " ")
    assert f"/people?organisation_id={world.school}" in page.text
    answer = await browser.post(f"{here}/archive")
    assert answer.status_code == 409
    assert "зависят" in words(answer)
    people = await browser.get(f"/people?organisation_id={world.school}")
    assert "6 человек" in words(people).replace("\u00a0", " ")
    assert "Примерова-1 Проба" not in words(people)


async def test_people_are_found_by_the_beginning_and_with_either_e(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    (first,) = await rows(sqlite_db, Teacher, Teacher.id == world.teachers[0])
    common = {"municipality_id": world.town, "organisation_id": world.school, "position_id": first.position_id}
    await add(sqlite_db, Teacher(**common, surname="Семёнова", given_name="Алёна"))
    await add(sqlite_db, *(Teacher(**common, surname=f"Массова-{n:03}", given_name="Проба") for n in range(60)))
    browser = await sign_in(world.methodist)
    found = words(await browser.get("/people?text=СЕМЕНОВА алена")).replace("\u00a0", " ")
    assert "1 человек" in found
    assert "Семёнова Алёна" in found
    assert "Ничего не нашли" in words(await browser.get("/people?text=%25"))
    first_page, second = await browser.get("/people?text=массова"), await browser.get("/people?text=массова&page=2")
    assert "Массова-000" in words(first_page)
    assert "Массова-059" in words(second)
    assert "page=2" in first_page.text
    down = words(await browser.get("/people?text=массова&sort=-name"))
    assert down.index("Массова-059") < down.index("Массова-058")
    assert "Массова-000" not in down


async def test_whose_record_it_is_is_looked_up_first(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    page = await browser.get("/mentor-bank/new?text=примерова-3")
    assert "Сначала выберите педагога" in words(page)
    assert f"/mentor-bank/new?teacher_id={world.teachers[3]}" in page.text
    assert "Примерова-4" not in words(page)
    answer = await browser.post("/mentor-bank/new", {"teacher_id": "x", "year": "2026", "state": "confirmed"})
    assert answer.status_code == 404
    await add(sqlite_db, MentorBankEntry(teacher_id=world.teachers[3], year=2026, state="left"))
    await browser.get("/mentor-bank/new?text=примерова-3")
    typed = {"teacher_id": world.teachers[3], "year": "2026", "state": "confirmed", "form_id": "1"}
    assert "уже записан" in words(await browser.post("/mentor-bank/new", typed))
    only = words(await browser.get(f"/mentor-bank?teacher_id={world.teachers[3]}"))
    assert "Только записи человека: Примерова-3" in only


async def test_the_place_of_work_is_changed_by_a_move_only(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    here = f"/people/{world.teachers[0]}"
    page = await browser.get(f"{here}/edit")
    assert f"{here}/move" in page.text
    mark = re.search(r'name="mark" value="([^"]+)"', page.text)
    assert mark
    (before,) = await rows(sqlite_db, Teacher, Teacher.id == world.teachers[0])
    typed = {
        "surname": "Иная",
        "given_name": "Проба",
        "category": "first",
        "organisation_id": world.kindergarten,
        "position_id": before.position_id,
        "mark": mark[1],
    }
    await browser.follow(await browser.post(f"{here}/edit", typed))
    (after,) = await rows(sqlite_db, Teacher, Teacher.id == world.teachers[0])
    assert (after.surname, after.organisation_id) == ("Иная", world.school)


async def test_attestation_is_changed_from_its_own_list(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    page = await browser.get("/attestation")
    here = f"/attestation/{world.teachers[0]}"
    assert f"{here}/edit" in page.text
    assert (await browser.get(here)).headers["location"] == f"/people/{world.teachers[0]}"
    mark = re.search(r'name="mark" value="([^"]+)"', (await browser.get(f"{here}/edit")).text)
    assert mark
    typed = {"category": "first", "category_date": "2022-03-01", "mark": mark[1]}
    await browser.follow(await browser.post(f"{here}/edit", typed))
    told = words(await browser.get("/attestation?category=first")).replace("\u00a0", " ")
    assert "1 марта 2027" in told
    for path in ("/attestation/new", f"{here}/archive", f"{here}/restore"):
        assert (await browser.get(path)).status_code == 404, path


async def test_shared_lists_are_the_installations(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    position, subject = await add(
        sqlite_db, Position(code="x", title="тьютор", group="specialist"), Subject(code="x", title="Музыка")
    )
    browser = await sign_in(world.methodist)
    for path, record, sent in (
        ("/positions", position, {"title": "а", "group": "manager"}),
        ("/subjects", subject, {}),
    ):
        page = await browser.get(f"{path}/{record}")
        assert page.status_code == 200
        assert "Изменить" not in words(page)
        assert (await browser.get(f"{path}/new")).status_code == 403
        for address in ("new", f"{record}/edit", f"{record}/archive", f"{record}/restore"):
            await browser.get("/people")
            assert (await browser.post(f"{path}/{address}", {"title": "б", **sent})).status_code == 403, address
    assert await count(sqlite_db, AuditEntry, AuditEntry.action.startswith("position.")) == 0


def test_every_stored_kind_is_tested() -> None:
    assert {room.code for room in STORED} == set(CASES)
    assert {room.code for room in ROOMS} == {kind.code for kind in ALL}
