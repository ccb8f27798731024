"""A table comes in through the pages: read, put right, loaded, undone; what is refused changes nothing."""

import io
import re
from html import unescape
from typing import Any

import httpx
import openpyxl
import pytest
from sqlalchemy import func, select

from storage.models import AuditEntry, ImportRun, Organisation, Position, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World

HEADING = "ОО;ФИО;Год рождения;Должность;Категория"
SOUND = (
    "Школа № 1;Новикова Анна Пробовна;1980;педагог-психолог;первая",
    "Детский сад № 2;Новиков Пётр Пробович;1975;педагог-психолог;б/к",
)
UNKNOWN = ("МБОУ «Незнайкинская СОШ»;Новикова Анна Пробовна;1980;педагог-психолог;первая",)


@pytest.fixture
async def methodist(sign_in: SignIn, world: World, sqlite_db: Database) -> Browser:
    await plain_names(sqlite_db)
    return await sign_in(world.methodist)


async def plain_names(db: Database) -> None:
    """Positions have a name of their own each, that says nothing of subjects; surnames have no figures."""
    async with db.write() as session:
        for code, title in (("town-math", "педагог-психолог"), ("other-math", "методист")):
            (await session.scalars(select(Position).where(Position.code == code))).one().title = title
        for number, teacher in enumerate(await session.scalars(select(Teacher).order_by(Teacher.id))):
            teacher.surname = f"Пример{'абвгдежзиклм'[number % 12]}{'нр'[number // 12]}ова"


def table(*rows: str) -> bytes:
    return "\r\n".join((HEADING, *rows)).encode("utf-8-sig")


async def send(browser: Browser, content: bytes, name: str = "кадры.csv", **fields: Any) -> httpx.Response:
    """The answer to a file that was chosen on the page."""
    page = await browser.get("/imports")
    sent = {"form_id": value_of(page, "form_id"), "kind": "staff", **fields}
    return await browser.post("/imports/upload", sent, files={"file": (name, content)})


async def sent(browser: Browser, content: bytes, **fields: Any) -> str:
    """Address of the import, which has been read."""
    answer = await send(browser, content, **fields)
    assert answer.status_code == 303, words(answer)
    place: str = answer.headers["location"]
    await until_read(browser, place)
    return place


async def until_read(browser: Browser, place: str) -> httpx.Response:
    """The card as soon as there is something to look at; the stream of progress ends then."""
    await browser.get(f"{place}/progress")
    return await browser.get(place)


def value_of(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)
    assert found is not None, name
    return unescape(found[1])


async def teachers(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Teacher)) or 0


async def actions_noted(db: Database) -> list[str]:
    async with db.read() as session:
        found = await session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.like("import.%")).order_by(AuditEntry.id)
        )
        return list(found)


async def test_a_table_is_read_loaded_and_undone(methodist: Browser, sqlite_db: Database) -> None:
    before = await teachers(sqlite_db)
    place = await sent(methodist, table(*SOUND))
    card = words(await methodist.get(place))
    assert "Ждёт вашего решения" in card
    assert "Добавятся 2" in card
    assert await teachers(sqlite_db) == before
    added = words(await methodist.get(f"{place}/added"))
    assert "Новикова Анна Пробовна" in added
    assert "Категория: первая" in added
    assert "Добавим в реестр 2 педагогов" in words(await methodist.get(f"{place}/apply"))
    loaded = words(await methodist.follow(await methodist.post(f"{place}/apply")))
    assert "Готово, файл загружен" in loaded
    assert await teachers(sqlite_db) == before + 2
    assert "Уберём из реестра" in words(await methodist.get(f"{place}/undo"))
    undone = words(await methodist.follow(await methodist.post(f"{place}/undo")))
    assert "в реестре всё так, как было до неё" in undone
    assert await teachers(sqlite_db) == before
    assert {"import.applied", "import.undone"} <= set(await actions_noted(sqlite_db))


async def test_the_same_table_twice_changes_nothing(methodist: Browser, sqlite_db: Database) -> None:
    place = await sent(methodist, table(*SOUND))
    await methodist.post(f"{place}/apply")
    loaded = await teachers(sqlite_db)
    again = await sent(methodist, table(*SOUND))
    card = await methodist.get(again)
    assert "Всё, что есть в файле, уже внесено" in words(card)
    assert f'href="{again}/apply"' not in card.text
    assert (await methodist.get(f"{again}/apply")).status_code == 303
    await methodist.post(f"{again}/apply")
    assert await teachers(sqlite_db) == loaded


async def test_an_unknown_name_is_explained_by_hand_and_remembered(
    methodist: Browser, sqlite_db: Database, world: World
) -> None:
    place = await sent(methodist, table(*UNKNOWN))
    card = words(await methodist.get(place))
    assert "Загрузить пока нельзя" in card
    refused = await methodist.post(f"{place}/apply")
    assert "Сначала исправьте ошибки" in words(await methodist.follow(refused))
    page = await methodist.get(f"{place}/names")
    assert "Незнайкинская" in words(page)
    fields = {
        "kind.1": "organisation",
        "name.1": value_of(page, "name.1"),
        "choice.1": str(world.school),
    }
    await methodist.post(f"{place}/names", fields)
    assert "Ошибок нет" in words(await until_read(methodist, place))
    await methodist.post(f"{place}/apply")
    again = await sent(methodist, table(*UNKNOWN))
    assert "Всё, что есть в файле, уже внесено" in words(await methodist.get(again))
    async with sqlite_db.read() as session:
        found = await session.scalars(select(Teacher.organisation_id).where(Teacher.surname == "Новикова"))
        assert found.all() == [world.school]


async def test_a_meaning_of_another_municipality_is_refused(
    methodist: Browser, sqlite_db: Database, world: World
) -> None:
    place = await sent(methodist, table(*UNKNOWN))
    async with sqlite_db.read() as session:
        foreign = await session.scalar(
            select(Organisation.id).where(Organisation.municipality_id == world.other_town).limit(1)
        )
    page = await methodist.get(f"{place}/names")
    fields = {"kind.1": "organisation", "name.1": value_of(page, "name.1"), "choice.1": str(foreign)}
    answer = await methodist.post(f"{place}/names", fields)
    assert "Выбранного уже нет в списке" in words(await methodist.follow(answer))
    assert "Загрузить пока нельзя" in words(await methodist.get(place))


async def test_a_column_is_understood_otherwise(methodist: Browser) -> None:
    place = await sent(methodist, table("Школа № 1;Новикова Анна;тысяча девятьсот;педагог-психолог;первая"))
    assert "Загрузить пока нельзя" in words(await methodist.get(place))
    await methodist.post(f"{place}/columns", {"heading.1": "Год рождения", "use.1": "ignored"})
    assert "Ошибок нет" in words(await until_read(methodist, place))


async def test_problems_are_located_filtered_and_taken_away(methodist: Browser) -> None:
    place = await sent(methodist, table("Школа № 1;Новикова Анна;тысяча;педагог-психолог;=первая"), name="<b>.csv")
    page = await methodist.get(f"{place}/problems")
    assert "ошибка" in words(page)
    assert "<b>.csv" in words(page)
    assert "<b>.csv" not in page.text
    assert "Здесь ничего нет" in words(await methodist.get(f"{place}/problems", params={"sheet": "нет такого"}))
    file = await methodist.get(f"{place}/problems.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Лист", "Строка", "Столбец", "Что это", "Что не так"]
    assert sheet.max_row > 1
    assert all(cell.data_type != "f" for row in sheet for cell in row)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Выберите файл с таблицей"),
        (b"%PDF-1.7 not a table", ".ods или .csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, ".ods или .csv"),
    ],
)
async def test_what_is_no_table_is_refused(methodist: Browser, sqlite_db: Database, content: bytes, said: str) -> None:
    answer = await send(methodist, content)
    assert answer.status_code in {303, 422}
    page = await until_read(methodist, answer.headers["location"]) if answer.status_code == 303 else answer
    assert said in words(page)
    assert "Готово" not in words(page)


async def test_two_files_at_once_are_refused(methodist: Browser, sqlite_db: Database) -> None:
    page = await methodist.get("/imports")
    fields = {"form_id": value_of(page, "form_id"), "kind": "staff"}
    files = [("file", ("a.csv", table(*SOUND))), ("file", ("b.csv", table(*SOUND)))]
    answer = await methodist.post("/imports/upload", fields, files=files)
    assert answer.status_code == 422
    assert "Выберите один файл" in words(answer)
    async with sqlite_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ImportRun)) == 0


async def test_a_doubled_press_loads_once(methodist: Browser, sqlite_db: Database) -> None:
    page = await methodist.get("/imports")
    fields = {"form_id": value_of(page, "form_id"), "kind": "staff"}
    places = set()
    for _ in range(2):
        answer = await methodist.post("/imports/upload", fields, files={"file": ("a.csv", table(*SOUND))})
        places.add(answer.headers["location"])
    (place,) = places
    await until_read(methodist, place)
    before = await teachers(sqlite_db)
    for _ in range(2):
        assert (await methodist.post(f"{place}/apply")).status_code == 303
    assert await teachers(sqlite_db) == before + 2
    for _ in range(2):
        assert (await methodist.post(f"{place}/undo")).status_code == 303
    assert await teachers(sqlite_db) == before
    late = await methodist.post(f"{place}/apply")
    assert "ничего не изменилось" in words(await methodist.follow(late))
    assert await teachers(sqlite_db) == before


async def test_a_file_can_be_given_up(methodist: Browser, sqlite_db: Database) -> None:
    place = await sent(methodist, table(*SOUND))
    assert "В реестре ничего не изменится" in words(await methodist.get(f"{place}/discard"))
    answer = await methodist.post(f"{place}/discard")
    assert "Файл удалён" in words(await methodist.follow(answer))
    assert "import.discarded" in await actions_noted(sqlite_db)


async def test_the_registry_comes_out_and_goes_in_unchanged(methodist: Browser, world: World) -> None:
    for layout in ("list", "sheets"):
        file = await methodist.get("/imports/export.xlsx", params={"organisation": "", "layout": layout})
        assert "attachment" in file.headers["content-disposition"]
        place = await sent(methodist, file.content, name="реестр.xlsx")
        card = words(await methodist.get(place))
        assert "Останутся как есть 12" in card, card
        assert "Всё, что есть в файле, уже внесено" in card
    only = await methodist.get("/imports/export.xlsx", params={"organisation": str(world.school)})
    assert only.status_code == 200
    assert (await methodist.get("/imports/template.xlsx")).status_code == 200


async def test_exports_are_noted(methodist: Browser, sqlite_db: Database) -> None:
    await methodist.get("/imports/export.xlsx")
    async with sqlite_db.read() as session:
        noted = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "registry.exported"))).one()
    assert noted.details == {"organisation": None, "by_sheet": False}
    foreign = await methodist.get("/imports/export.xlsx", params={"organisation": "4"})
    assert foreign.status_code == 404


PAGES = (
    *("", "/columns", "/names", "/namesakes", "/problems", "/problems.xlsx", "/added", "/changed", "/left", "/missing"),
    *("/apply", "/discard", "/undo", "/progress"),
)
PRESSES = ("/columns", "/names", "/namesakes", "/apply", "/discard", "/undo")


async def test_nobody_else_sees_or_presses_anything(
    methodist: Browser, sign_in: SignIn, sqlite_db: Database, world: World
) -> None:
    place = await sent(methodist, table(*SOUND))
    before = await teachers(sqlite_db)
    for account, status in ((world.other_methodist, 404), (world.coordinator, 403)):
        browser = await sign_in(account)
        assert [(await browser.get(place + page)).status_code for page in PAGES] == [status] * len(PAGES)
        await browser.get("/")  # with this page's form token only the rights are in the way
        assert [(await browser.post(place + press)).status_code for press in PRESSES] == [status] * len(PRESSES)
    coordinator = await sign_in(world.coordinator)
    for path in ("/imports", "/imports/export.xlsx", "/imports/template.xlsx"):
        assert (await coordinator.get(path)).status_code == 403
    assert (await coordinator.post("/imports/upload", files={"file": ("a.csv", table())})).status_code == 403
    assert place not in (await (await sign_in(world.other_methodist)).get("/imports")).text
    assert await teachers(sqlite_db) == before
    assert "Ждёт вашего решения" in words(await methodist.get(place))


async def test_an_import_that_does_not_exist_leads_nowhere(methodist: Browser) -> None:
    for path in ("/imports/9999", "/imports/0", "/imports/x", "/imports/1/nonsense"):
        assert (await methodist.get(path)).status_code == 404
