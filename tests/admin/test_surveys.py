"""The catalogue, upload, draft and publishing on the pages, up to a campaign of the new version."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import httpx
import openpyxl
import pytest
from sqlalchemy import select, update

from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition
from core.surveys.xlsform import read_workbook, write_workbook
from storage.models import AuditEntry, Campaign, Participation, SurveyDraft, SurveyVersion
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import CATALOGUE, World


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


def built_in(code: str = "deficits") -> SurveyDefinition:
    file = CATALOGUE / f"{code}.yaml"
    return parse_definition(file.read_text(encoding="utf-8"), file.name)


def sheets(**rows: list[list[str]]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


FOREIGN = {
    "survey": [
        ["type", "name", "label::English (en)", "label::Русский (ru)", "required"],
        ["select_one yn", "ready", "Ready?", "Вы готовы?", "yes"],
        ["integer", "years", "Years?", "Сколько лет?", ""],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Русский (ru)"],
        ["yn", "y", "Yes", "Да"],
        ["yn", "n", "No", "Нет"],
    ],
    "settings": [["form_title", "form_id"], ["Дети 5 < 6 лет & другие", "readiness"]],
}


async def send(browser: Browser, content: bytes, name: str = "анкета.xlsx", **data: Any) -> httpx.Response:
    page = await browser.get("/surveys/upload")
    data = {"form_id": value_of(page, "form_id"), **data}
    return await browser.post("/surveys/upload", data, files={"file": (name, content)})


async def draft_of(browser: Browser, content: bytes, **data: Any) -> str:
    """Address of the draft."""
    answer = await send(browser, content, **data)
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


async def publish(browser: Browser, place: str, version: str | None = None) -> httpx.Response:
    page = await browser.get(place)
    fields = {name: value_of(page, name) for name in ("form_id", "seen", "version")}
    sent = {**fields, "press": "publish"} | ({} if version is None else {"version": version})
    return await browser.post(f"{place}/publish", sent)


def value_of(page: httpx.Response, name: str) -> str:
    from html import unescape
    from re import search

    found = search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)
    assert found is not None, name
    return unescape(found[1])


async def drafts(db: Database) -> list[SurveyDraft]:
    async with db.read() as session:
        return list(await session.scalars(select(SurveyDraft)))


async def versions(db: Database) -> list[SurveyVersion]:
    async with db.read() as session:
        return list(await session.scalars(select(SurveyVersion).where(SurveyVersion.municipality_id.is_not(None))))


async def test_the_catalogue_and_a_card(methodist: Browser) -> None:
    text = words(await methodist.get("/surveys"))
    for said in ("Какая помощь вам нужна в работе", "готовая", "анонимная", "Скачать образец с пояснениями"):
        assert said in text
    card = words(await methodist.get("/surveys/burnout"))
    for said in (
        "Kristensen",
        "шкала ответов",
        "Только если настройка «Добавить шесть вопросов",
        "Всегда",
        "не меньше 10 человек",
        "Пройти самому",
        "контакт, который вы укажете",
    ):
        assert said in card


async def test_a_version_comes_as_a_workbook(methodist: Browser, sqlite_db: Database) -> None:
    async with sqlite_db.read() as session:
        version = (await session.scalars(select(SurveyVersion).order_by(SurveyVersion.id))).first()
    assert version is not None
    file = await methodist.get(f"/surveys/deficits/versions/{version.id}/file")
    assert read_workbook(file.content, "x.xlsx").definition == built_in()
    assert "filename*=UTF-8''%D0%9A" in file.headers["content-disposition"]
    assert "attachment" in file.headers["content-disposition"]
    template = await methodist.get("/surveys/upload/template")
    assert "survey" in openpyxl.load_workbook(BytesIO(template.content)).sheetnames


async def test_a_built_in_survey_is_edited_published_and_put_to_people(
    methodist: Browser, sqlite_db: Database, world: World
) -> None:
    old = await make(methodist)
    first = built_in().questions[0]
    edited = replace(built_in(), questions=(replace(first, label="Здравствуйте, коллега"), *built_in().questions[1:]))
    place = await draft_of(methodist, write_workbook(edited))
    page = words(await methodist.get(place))
    assert "формулировка" in page
    assert "Здравствуйте, коллега" in page
    answer = await publish(methodist, place)
    card = words(await methodist.follow(answer))
    assert "Анкета опубликована" in card
    assert "ваша версия" in card
    assert await drafts(sqlite_db) == []
    (version,) = await versions(sqlite_db)
    assert version.municipality_id == world.town
    assert version.version == "3"
    await make(methodist, form_id="form-2")
    async with sqlite_db.read() as session:
        before, after = await session.scalars(select(Campaign).order_by(Campaign.id))
    assert str(before.id) == old.rsplit("/", 1)[1]
    assert before.survey_version_id != after.survey_version_id == version.id
    async with sqlite_db.read() as session:
        noted = list(await session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("survey.%"))))
    assert noted == ["survey.uploaded", "survey.published"]


async def test_a_foreign_form_is_announced_and_published(methodist: Browser, sqlite_db: Database) -> None:
    place = await draft_of(methodist, sheets(**FOREIGN))
    page = await methodist.get(place)
    assert "Вы готовы?" in words(page)
    assert "Дети 5 &lt; 6 лет &amp; другие" in page.text
    assert "сейчас взят «Русский (ru)»" in words(page)
    about = {
        "title": "Готовность к урокам",
        "purpose": "Помочь",
        "privacy": "anonymous",
        "respondent": "teacher",
        "minutes": "2",
        "k": "5",
        "code": "readiness",
    }
    wrong = await methodist.post(place, {**about, "k": "2", "privacy": "nonsense"})
    assert wrong.status_code == 422
    assert "Укажите целое число от 3 до 100" in words(wrong)
    assert "Сохранено" in words(await methodist.follow(await methodist.post(place, about)))
    await publish(methodist, place)
    (version,) = await versions(sqlite_db)
    assert version.privacy == "anonymous"
    assert "ваша анкета" in words(await methodist.get("/surveys"))


async def test_what_was_typed_is_saved_before_it_is_published(methodist: Browser, sqlite_db: Database) -> None:
    place = await draft_of(methodist, sheets(**FOREIGN))
    page = await methodist.get(place)
    about = {name: value_of(page, name) for name in ("form_id", "seen", "version", "code", "minutes", "k")}
    sent = {**about, "press": "publish", "purpose": "Помочь", "privacy": "anonymous", "respondent": "teacher"}
    assert (await methodist.post(f"{place}/publish", {**sent, "title": ""})).status_code == 422
    saved = await methodist.post(f"{place}/publish", {**sent, "title": "Иное название"})
    assert "Сохранено" in words(await methodist.follow(saved))
    assert await versions(sqlite_db) == []
    sent |= {"title": "Иное название", "seen": value_of(await methodist.get(place), "seen"), "form_id": "next"}
    assert "опубликована" in words(await methodist.follow(await methodist.post(f"{place}/publish", sent)))
    (version,) = await versions(sqlite_db)
    assert version.privacy == "anonymous"


async def test_another_language_takes_the_drafts_place(methodist: Browser, sqlite_db: Database) -> None:
    place = await draft_of(methodist, sheets(**FOREIGN))
    again = await draft_of(methodist, sheets(**FOREIGN), draft=place.rsplit("/", 1)[1], language="English (en)")
    assert again == place
    assert "Ready?" in words(await methodist.get(place))
    assert len(await drafts(sqlite_db)) == 1


async def test_every_fault_is_listed_and_nothing_is_stored(methodist: Browser, sqlite_db: Database) -> None:
    rows = [["type", "name", "label"], ["geopoint", "where", "Где вы?"], ["select_one gone", "what", "Что?"]]
    answer = await send(methodist, sheets(survey=rows))
    assert answer.status_code == 422
    text = words(answer)
    assert "ничего не взято: нашлось 2 замечания" in text
    assert "survey 2 A (type)" in text
    assert "survey 3" in text
    assert await drafts(sqlite_db) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Выберите файл"),
        (b"just text", "Это не таблица .xlsx"),
        (b"PK\x03\x04" + b"\x00" * 50, "Файл повреждён"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "старого вида"),
        (b"PK\x03\x04" + b"\x00" * (10 * 1024 * 1024), "больше 10 мегабайт"),
    ],
)
async def test_what_is_no_workbook_is_refused(
    methodist: Browser, sqlite_db: Database, content: bytes, sentence: str
) -> None:
    answer = await send(methodist, content)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert await drafts(sqlite_db) == []


async def test_only_the_upload_may_be_large(methodist: Browser) -> None:
    large = b"x" * 2_000_000
    assert (await send(methodist, large)).status_code == 422
    assert (await methodist.post("/surveys/drafts/1", files={"file": ("a", large)})).status_code == 413
    assert (await send(methodist, b"x" * 12_000_000)).status_code == 413


async def test_without_the_form_token_nothing_is_read(methodist: Browser, sqlite_db: Database) -> None:
    content = write_workbook(built_in())
    answer = await methodist.post("/surveys/upload", {"form_token": "x"}, files={"file": ("a.xlsx", content)})
    assert answer.status_code == 403
    assert await drafts(sqlite_db) == []


async def test_doubled_presses_do_their_work_once(methodist: Browser, sqlite_db: Database) -> None:
    content = write_workbook(built_in())
    assert await draft_of(methodist, content, form_id="f") == await draft_of(methodist, content, form_id="f")
    assert len(await drafts(sqlite_db)) == 1
    page = await methodist.get(f"/surveys/drafts/{(await drafts(sqlite_db))[0].id}")
    sent = {name: value_of(page, name) for name in ("form_id", "seen", "version")} | {"press": "publish"}
    answers = [await methodist.post(f"{page.url.path}/publish", sent) for _ in range(2)]
    assert [one.headers["location"] for one in answers] == ["/surveys/deficits"] * 2
    assert len(await versions(sqlite_db)) == 1


async def test_a_used_version_and_a_changed_draft_are_refused(methodist: Browser, sqlite_db: Database) -> None:
    place = await draft_of(methodist, write_workbook(built_in()))
    taken = await publish(methodist, place, version="2")
    assert taken.status_code == 422
    assert "Версия 2 у этой анкеты уже есть" in words(taken)
    page = await methodist.get(place)
    await draft_of(methodist, write_workbook(built_in("burnout")), draft=place.rsplit("/", 1)[1])
    sent = {name: value_of(page, name) for name in ("form_id", "seen", "version")}
    unseen = await methodist.post(f"{place}/publish", sent)
    assert "изменился, пока вы на него смотрели" in words(unseen)
    assert await versions(sqlite_db) == []


async def test_privacy_is_not_loosened_after_an_answer(methodist: Browser, sqlite_db: Database) -> None:
    loose = write_workbook(replace(built_in("burnout"), privacy="named"))  # type: ignore[arg-type]
    campaign = await make(methodist, "burnout", help_contact="Служба поддержки")
    await methodist.post(f"{campaign}/open")
    async with sqlite_db.write() as session:
        await session.execute(update(Participation).values(state="begun").where(Participation.teacher_id == 1))
    place = await draft_of(methodist, loose)
    refused = await publish(methodist, place)
    assert refused.status_code == 422
    assert "обещали, что она анонимная" in words(refused)
    assert await versions(sqlite_db) == []


async def test_a_draft_is_thrown_away(methodist: Browser, sqlite_db: Database) -> None:
    place = await draft_of(methodist, write_workbook(built_in()))
    page = await methodist.get(place)
    answer = await methodist.post(f"{place}/discard", {"form_id": value_of(page, "form_id"), "press": "discard"})
    assert "Черновик удалён" in words(await methodist.follow(answer))
    assert await drafts(sqlite_db) == []
    assert (await methodist.get(place)).status_code == 404


async def test_another_municipality_sees_neither_drafts_nor_versions(
    methodist: Browser, sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    own = replace(built_in(), title="Наша тайная анкета", code="secret")
    place = await draft_of(methodist, write_workbook(own))
    other = await sign_in(world.other_methodist)
    for path in ("", "/file", "/preview"):
        assert (await other.get(f"{place}{path}")).status_code == 404
    for path in ("", "/publish", "/discard", "/preview"):
        assert (await other.post(f"{place}{path}")).status_code == 404
    assert (await send(other, write_workbook(own), draft=place.rsplit("/", 1)[1])).status_code == 404
    assert len(await drafts(sqlite_db)) == 1
    await publish(methodist, place)
    (version,) = await versions(sqlite_db)
    assert (await other.get("/surveys/secret")).status_code == 404
    for code in ("secret", "deficits"):
        assert (await other.get(f"/surveys/{code}/versions/{version.id}/file")).status_code == 404
    assert (await other.get("/campaigns/new/secret")).status_code == 404
    assert "тайная" not in words(await other.get("/surveys"))
    await draft_of(other, write_workbook(own))
    assert "ничего не опубликовано" in words(await other.get(f"/surveys/drafts/{(await drafts(sqlite_db))[0].id}"))


@pytest.mark.parametrize("path", ["/surveys", "/surveys/deficits", "/surveys/upload", "/surveys/upload/template"])
async def test_surveys_are_for_methodists(sign_in: SignIn, world: World, path: str) -> None:
    coordinator = await sign_in(world.coordinator)
    assert (await coordinator.get(path)).status_code == 403
    assert 'href="/surveys"' not in (await coordinator.get("/")).text


async def test_a_coordinator_uploads_nothing(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    coordinator = await sign_in(world.coordinator)
    files = {"file": ("a.xlsx", write_workbook(built_in()))}
    assert (await coordinator.post("/surveys/upload", files=files)).status_code == 403
    assert await drafts(sqlite_db) == []


@pytest.mark.parametrize("path", ["/surveys/nothing", "/surveys/drafts/99", "/surveys/deficits/versions/99/file"])
async def test_what_is_not_there(methodist: Browser, path: str) -> None:
    assert (await methodist.get(path)).status_code == 404
