"""Writing announcements on the pages: fields, files, what somebody else did meanwhile, who gets in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from core.announcements.model import ANNOUNCEMENT
from storage.models import Account, Announcement, Consent, Delivery, Event
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import START, SignIn
from tests.admin.test_announcements_fields import PDF, png
from tests.admin.world import World
from tests.registry.folk import add

FILLED: dict[str, Any] = {
    "category": "courses",
    "text": "Курсы **<b>Ясного</b>**: [программа](https://example.org/a?b=1&c=2)",
    "label_1": "Записаться на сайте",
    "url_1": "https://example.org/join",
    "acknowledge": "yes",
    "form_id": "form-1",
    "step": "save",
    "repeat_every": "week",
    "repeat_step": "1",
    "repeat_first": "2026-11-24",
    "repeat_at": "10:00",
}


@pytest.fixture
async def joined(sqlite_db: Database, world: World) -> World:
    """Every teacher of the town has agreed, so that they can be written to."""
    async with sqlite_db.write() as session:
        accounts = await session.scalars(select(Account.id).where(Account.teacher_id.in_(world.teachers)))
        session.add_all(Consent(account_id=one, version="1", given_at=START) for one in accounts.all())
    return world


@pytest.fixture
async def methodist(sign_in: SignIn, joined: World) -> Browser:
    return await sign_in(joined.methodist)


async def write(browser: Browser, files: Any = None, **changes: Any) -> str:
    """Address of a new draft's card."""
    await browser.get("/announcements/new")
    answer = await browser.post("/announcements/new", {**FILLED, **changes}, files=files)
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


async def press(browser: Browser, place: str, code: str, **typed: Any) -> Any:
    """Answers the question as its page stands."""
    asked = await browser.get(f"{place}/{code}")
    assert asked.status_code == 200, (code, asked.headers)
    revision = shown_revision(asked.text)
    return await browser.post(f"{place}/{code}", {"revision": revision, "form_id": "ask-1", **typed})


def shown_revision(text: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', text)
    assert found is not None
    return found[1]


async def stored(db: Database) -> list[Announcement]:
    async with db.read() as session:
        return list(await session.scalars(select(Announcement).order_by(Announcement.id)))


async def deliveries(db: Database, kind: str = ANNOUNCEMENT) -> list[Delivery]:
    async with db.read() as session:
        return list(await session.scalars(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id)))


async def arrive(db: Database, **values: Any) -> None:
    """As if the sender had been at every delivery that waits."""
    async with db.write() as session:
        await session.execute(
            update(Delivery)
            .where(Delivery.kind == ANNOUNCEMENT, Delivery.state == "queued")
            .values({"state": "sent", "message_id": Delivery.id + 1000, "revision": 1, **values})
        )


async def test_the_text_is_kept_in_html_and_shown_in_marks_again(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    (row,) = await stored(sqlite_db)
    assert row.text == (
        'Курсы <b>&lt;b&gt;Ясного&lt;/b&gt;</b>: <a href="https://example.org/a?b=1&amp;c=2">программа</a>'
    )
    assert row.links == [{"label": "Записаться на сайте", "url": "https://example.org/join"}]
    form = (await methodist.get(f"{place}/edit")).text
    assert "**&lt;b&gt;Ясного&lt;/b&gt;**" in form
    assert 'value="https://example.org/join"' in form
    assert 'name="acknowledge" value="yes" checked' in form


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"category": ""}, "category", "Выберите рубрику"),
        ({"category": "=1"}, "category", "Выберите рубрику"),
        ({"text": " \n "}, "text", "Напишите текст или приложите файл"),
        ({"text": "а" * 4097}, "text", "знаков 4097, а помещается 4096"),
        ({"text": "**не закрыто"}, "text", "Оформление не сошлось"),
        ({"text": "[сюда](javascript:alert)"}, "text", "никуда не ведёт"),
        ({"label_1": ""}, "label_1", "что будет на кнопке"),
        ({"url_1": "example.org"}, "url_1", "начинается с https://"),
        ({"repeats": "yes", "repeat_step": "0"}, "repeat_step", "от 1 до 99"),
        ({"repeats": "yes", "repeat_first": "2026-11-22"}, "repeat_first", "уже прошёл"),
    ],
)
async def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(
    methodist: Browser, sqlite_db: Database, changes: dict[str, str], field: str, sentence: str
) -> None:
    sent = {**FILLED, "whom_kinds": "school", "label_2": "Ещё <i>", "url_2": "https://example.org/2", **changes}
    answer = await methodist.post("/announcements/new", sent)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="{field}-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'name="whom_kinds" value="school" checked' in answer.text
    assert 'value="Ещё &lt;i&gt;"' in answer.text
    if "text" not in changes:
        assert "**&lt;b&gt;Ясного&lt;/b&gt;**" in answer.text
    assert await stored(sqlite_db) == []


async def test_a_doubled_form_makes_one_draft_and_a_changed_one_another(
    methodist: Browser, sqlite_db: Database
) -> None:
    assert await write(methodist) == await write(methodist)
    assert len(await stored(sqlite_db)) == 1
    await write(methodist, text="Другой текст")
    assert len(await stored(sqlite_db)) == 2


async def test_looking_without_scripts_stores_nothing(methodist: Browser, sqlite_db: Database) -> None:
    for step in ("preview", "count"):
        answer = await methodist.post("/announcements/new", {**FILLED, "step": step, "whom_kinds": "preschool"})
        assert answer.status_code == 200
        assert "Под эти условия подходит 6 человек" in words(answer).replace("\u00a0", " ")
        assert "<b>&lt;b&gt;Ясного&lt;/b&gt;</b>" in answer.text
    assert await stored(sqlite_db) == []


async def test_the_preview_is_a_part_of_a_page(methodist: Browser, sqlite_db: Database) -> None:
    await methodist.get("/announcements/new")
    shown = await methodist.post("/announcements/preview", {**FILLED, "picked": "афиша.png"})
    assert "data-picked" in shown.text
    assert "из 1024" in words(shown).replace("\u00a0", " ")
    assert "✓ Ознакомлен(а)" in shown.text
    broken = await methodist.post("/announcements/preview", {**FILLED, "text": "**<script>"})
    assert "Оформление не сошлось" in broken.text
    assert "**&lt;script&gt;" in broken.text
    assert await stored(sqlite_db) == []


async def test_a_photo_goes_along_and_is_shown(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist, files={"attachment": ("афиша <1>.png", png(), "image/png")})
    card = await methodist.get(place)
    assert f'src="{place}/attachment?v=' in card.text
    assert "афиша &lt;1&gt;.png" in card.text
    photo = await methodist.get(f"{place}/attachment")
    assert (photo.headers["content-type"], photo.content) == ("image/png", png())
    long = await methodist.post(f"{place}/edit", {**FILLED, "revision": "2", "text": "а" * 1025})
    assert "помещается 1024" in words(long)
    dropped = await methodist.post(
        f"{place}/edit", {**FILLED, "revision": "2", "text": "а" * 1025, "drop_attachment": "yes"}
    )
    assert dropped.status_code == 303, words(dropped)
    assert (await stored(sqlite_db))[0].attachment_id is None
    assert (await methodist.get(f"{place}/attachment")).status_code == 404


async def test_a_document_is_saved_not_shown(methodist: Browser) -> None:
    place = await write(methodist, text="", files={"attachment": ("приказ.pdf", PDF, "application/pdf")})
    answer = await methodist.get(f"{place}/attachment")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/pdf"
    assert "приказ.pdf" in (await methodist.get(place)).text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("вирус.exe", b"MZ", "Такой файл отправить нельзя"),
        ("афиша.png", b"MZ", "не то, что обещает его название"),
        ("узкая.png", png(10, 500), "слишком узкая"),
        ("пусто.pdf", b"", "Файл пустой"),
    ],
)
async def test_a_bad_file_is_named_and_the_text_is_kept(
    methodist: Browser, sqlite_db: Database, name: str, content: bytes, sentence: str
) -> None:
    await methodist.get("/announcements/new")
    answer = await methodist.post("/announcements/new", FILLED, files={"attachment": (name, content, "image/png")})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'id="attachment-error"' in answer.text
    assert "**&lt;b&gt;Ясного&lt;/b&gt;**" in answer.text
    assert await stored(sqlite_db) == []


async def test_a_good_file_beside_a_bad_text_is_asked_for_again(methodist: Browser) -> None:
    await methodist.get("/announcements/new")
    answer = await methodist.post(
        "/announcements/new", {**FILLED, "category": ""}, files={"attachment": ("a.pdf", PDF, "application/pdf")}
    )
    assert "Файл «a.pdf» подходит, но его нужно выбрать ещё раз" in words(answer)


async def test_a_body_beyond_the_limit_is_not_read(methodist: Browser) -> None:
    for place in ("/announcements/new", "/announcements/1/edit"):
        large = await methodist.post(place, FILLED, files={"attachment": ("a.pdf", bytes(21_000_001), "x/y")})
        assert large.status_code == 413


async def test_what_somebody_else_saved_meanwhile_is_shown_and_nothing_is_lost(
    methodist: Browser, sign_in: SignIn, joined: World, sqlite_db: Database
) -> None:
    place = await write(methodist)
    other = await sign_in(joined.administrator)
    await other.get(f"{place}/edit")
    await methodist.get(f"{place}/edit")
    theirs = {**FILLED, "text": "Чужой вариант", "revision": "1", "form_id": "other"}
    assert (await other.post(f"{place}/edit", theirs)).status_code == 303
    mine = {**FILLED, "text": "Мой вариант", "revision": "1"}
    clash = await methodist.post(f"{place}/edit", mine)
    assert clash.status_code == 409
    assert "Чужой вариант" in words(clash)
    assert "Мой вариант" in clash.text
    assert (await stored(sqlite_db))[0].text == "Чужой вариант"
    again = await methodist.post(f"{place}/edit", {**mine, "revision": shown_revision(clash.text)})
    assert again.status_code == 303
    assert (await stored(sqlite_db))[0].text == "Мой вариант"


async def test_a_draft_that_went_out_meanwhile_keeps_what_was_typed(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    await press(methodist, place, "send")
    late = await methodist.post(f"{place}/edit", {**FILLED, "text": "Поздно", "revision": "1"})
    assert late.status_code == 409
    assert "Поздно" in late.text
    assert "перестало быть черновиком" in words(late)


async def test_only_coming_events_are_offered(methodist: Browser, joined: World, sqlite_db: Database) -> None:
    soon, past = await add(
        sqlite_db,
        *(
            Event(municipality_id=joined.town, kind="seminar", title=title, starts_at=START + timedelta(days=days))
            for title, days in (("Скоро <b>", 3), ("Давно", -3))
        ),
    )
    form = await methodist.get("/announcements/new")
    offered = form.text.split('id="event"')[1].split("</select>")[0]
    assert "Скоро &lt;b&gt;" in offered
    assert "Давно" not in offered
    place = await write(methodist, event=str(soon))
    assert "Скоро &lt;b&gt;" in (await methodist.get(place)).text
    foreign = await methodist.post("/announcements/new", {**FILLED, "event": "999999", "form_id": "x"})
    assert foreign.status_code == 404
    over = await write(methodist, event=str(past), form_id="y")
    assert "Записаться" in words(await methodist.get(over))


async def test_others_do_not_get_in(sign_in: SignIn, joined: World, methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist, text="Тайнослов")
    for account in (joined.coordinator, joined.other_methodist):
        browser = await sign_in(account)
        for path in ("", "/edit", "/send", "/correct", "/figures", "/missed", "/report.xlsx", "/attachment"):
            answer = await browser.get(f"{place}{path}")
            assert answer.status_code in {403, 404}, path
            assert "Тайнослов" not in answer.text
        for path in ("/edit", "/send", "/preview", "/delete", "/recall", "/correct"):
            assert (await browser.post(f"{place}{path}", {"revision": "1"})).status_code in {403, 404}, path
        kept = await browser.post("/announcements/preview", {**FILLED, "announcement": place.rsplit("/", 1)[1]})
        assert kept.status_code in {403, 404}
    assert [one.state for one in await stored(sqlite_db)] == ["draft"]
    async with sqlite_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Delivery)) == 0
