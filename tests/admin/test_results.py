"""Pages of results: figures, who sees what, files."""

import io
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from core.surveys import actions as surveys
from storage.models import AuditEntry
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import World
from tests.campaigns.world import World as Campaigns
from tests.clocks import SetClock
from tests.releases import survey as every_kind
from tests.releases.test_releases import submit as submit_protected
from tests.results.world import answer_all, definition


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


@pytest.fixture
def campaigns(sqlite_db: Database, clock: SetClock, world: World) -> Campaigns:
    return Campaigns(sqlite_db, clock, town=world.town, other_town=world.other_town, staff=world.methodist)


async def named(methodist: Browser, campaigns: Campaigns, teachers: Any, title: str = "Обо всём") -> int:
    """An open campaign that these have answered, one after another; the odd ones work in the kindergarten."""
    await surveys.publish(campaigns.db, campaigns.clock, definition())
    place = await make(methodist, "everything", title=title, form_id=title)
    await methodist.post(f"{place}/open")
    campaign = int(place.rsplit("/", 1)[1])
    await answer_all(campaigns, campaign, teachers)
    return campaign


async def protected(methodist: Browser, campaigns: Campaigns, teachers: Any) -> int:
    await surveys.publish(campaigns.db, campaigns.clock, every_kind.definition())
    place = await make(methodist, "every_kind", title="Как вы", form_id=f"protected-{len(teachers)}")
    await methodist.post(f"{place}/open")
    campaign = int(place.rsplit("/", 1)[1])
    for number, teacher in enumerate(teachers):
        await submit_protected(campaigns, campaign, teacher, number)
    return campaign


def said(response: Any) -> str:
    return words(response).replace("\u00a0", " ")


async def test_the_page_tells_shares_means_and_people(methodist: Browser, campaigns: Campaigns, world: World) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:4])
    assert f'href="/campaigns/{campaign}/results"' in (await methodist.get(f"/campaigns/{campaign}")).text
    page = await methodist.get(f"/campaigns/{campaign}/results")
    text = said(page)
    assert "Работа с родителями 50 % 2" in text
    assert "В среднем 22,5 Ответили 4" in text
    assert "Здоровье 33,3 % 1 Ответили 3" in text, "who could mark several is not the sum of the marks"
    assert "Прочитать 2 ответа" in text
    assert "Методика 0 % (0) 100 % (3) 66,7 3" in text
    assert "double" not in text
    assert page.text.count("<svg") > 5
    assert "<b>" not in page.text


async def test_the_picture_the_table_and_the_workbook_have_the_same_numbers(
    methodist: Browser, campaigns: Campaigns, world: World
) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:3])
    address = f"/campaigns/{campaign}/results"
    page = said(await methodist.get(address))
    picture = (await methodist.get(f"{address}/charts/question-topic-shares.svg")).text
    book = openpyxl.load_workbook(io.BytesIO((await methodist.get(f"{address}.xlsx")).content))
    rows = {(row[3], row[5]): row[7] for row in book["Распределения"].iter_rows(values_only=True)}
    assert rows["topic", "Работа с родителями"] == 66.7
    assert "Работа с родителями 66,7 % 2" in page
    assert "Работа с родителями: 66,7 %, 2 чел." in picture
    assert rows["method", "Среднее"] == 66.7


async def test_a_picture_comes_as_png_too(methodist: Browser, app: FastAPI, campaigns: Campaigns, world: World) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:3])
    async with app.state.services.rasteriser:
        drawn = await methodist.get(f"/campaigns/{campaign}/results/charts/question-topic-shares.png")
    assert drawn.headers["content-type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")


async def test_pictures_can_be_taken_away(methodist: Browser, campaigns: Campaigns, world: World) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:3])
    address = f"/campaigns/{campaign}/results/charts"
    for key in ("scales-means", "scales-levels", "table-plans-levels", "question-order-shares"):
        drawn = await methodist.get(f"{address}/{key}.svg")
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert drawn.text.startswith("<svg")
    for key in ("question-words-shares", "nothing", "question-topic-means"):
        assert (await methodist.get(f"{address}/{key}.svg")).status_code == 404


async def test_groups_stand_side_by_side_in_the_registrys_order(
    methodist: Browser, campaigns: Campaigns, world: World
) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:4])
    address = f"/campaigns/{campaign}/results"
    text = said(await methodist.get(f"{address}?cut=organisation"))
    assert "Все 50 % 25 % 25 % 4 Школа № 1 town 50 % 50 % 0 % 2 Детский сад № 2 town 50 % 0 % 50 % 2" in text
    for cut in ("kind", "experience", "position", "position_group", "subject"):
        assert "Сравнить группы" in said(await methodist.get(f"{address}?cut={cut}"))
    assert "учтён в каждом" in said(await methodist.get(f"{address}?cut=subject"))
    assert (await methodist.get(f"{address}?cut=cluster")).status_code == 404
    assert (await methodist.get(f"{address}?cut=nothing")).status_code == 404


async def test_many_groups_are_opened_question_by_question(
    methodist: Browser, campaigns: Campaigns, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.results.routes.MANY", 1)
    campaign = await named(methodist, campaigns, world.teachers[:4])
    address = f"/campaigns/{campaign}/results?cut=organisation"
    text = said(await methodist.get(address))
    assert "Показать по группам : Главная тема" in text
    assert "Все 50 % 25 % 25 % 4" not in text
    text = said(await methodist.get(f"{address}&question=topic"))
    assert "Все 50 % 25 % 25 % 4" in text
    assert "Показать по группам : Главная тема" not in text
    together = said(await methodist.get(f"{address}&question=plans"))
    assert "Все 1 2 Школа № 1 town 0,5 2 Детский сад № 2 town 2 2" in together, (
        "statements of one table belong together"
    )


async def test_the_wave_before_stands_beside(methodist: Browser, campaigns: Campaigns, world: World) -> None:
    await named(methodist, campaigns, world.teachers[:4], "Весна")
    campaigns.clock.advance(days=1)
    campaign = await named(methodist, campaigns, world.teachers[:3], "Осень")
    text = said(await methodist.get(f"/campaigns/{campaign}/results"))
    assert "Прошлая волна: Весна" in text
    assert "Работа с родителями 66,7 % 2 50 % +16,7 п. п." in text
    assert "Ответили 3 4" in text


async def test_a_protected_campaign_tells_nothing_before_its_end(
    methodist: Browser, campaigns: Campaigns, world: World
) -> None:
    campaign = await protected(methodist, campaigns, world.teachers)
    address = f"/campaigns/{campaign}/results"
    page = await methodist.get(address)
    assert "появятся один раз" in said(page)
    assert "12 из 12" in said(page)
    assert "Доли посчитаны" not in said(page), "there are none yet"
    assert "<svg" not in page.text
    for path in (f"{address}.xlsx", f"{address}/texts/words", f"{address}/charts/scales-means.svg"):
        assert (await methodist.get(path)).status_code == 404
    await campaigns.close(campaign)
    page = await methodist.get(address)
    assert "Ответы каждого" not in said(page)
    assert "не меньше 5 человек" in said(page)
    assert (await methodist.get(f"/campaigns/{campaign}/answers")).status_code == 404


async def test_a_coordinator_sees_the_own_organisation_and_takes_nothing_away(
    methodist: Browser, sign_in: SignIn, campaigns: Campaigns, world: World
) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:4])
    coordinator = await sign_in(world.coordinator)
    address = f"/campaigns/{campaign}/results"
    page = await coordinator.get(f"{address}?cut=organisation")
    assert "Школа № 1 town 50 % 50 % 0 % 2" in said(page)
    assert "Детский сад" not in said(page)
    assert "results.xlsx" not in page.text
    assert "/answers" not in page.text
    assert "/texts/" not in page.text
    assert (await coordinator.get(f"{address}.xlsx")).status_code == 403
    for path in (f"{address}?cut=kind", f"{address}/texts/words", f"/campaigns/{campaign}/answers"):
        assert (await coordinator.get(path)).status_code == 404
    assert (await coordinator.get(f"/campaigns/{campaign}/answers/1")).status_code == 404


async def test_another_municipality_finds_nothing(
    methodist: Browser, sign_in: SignIn, campaigns: Campaigns, world: World
) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:4])
    stranger = await sign_in(world.other_methodist)
    places = (
        "results",
        "results.csv",
        "results/texts/words",
        "answers",
        "answers/1",
        "results/charts/scales-means.svg",
    )
    for place in places:
        assert (await stranger.get(f"/campaigns/{campaign}/{place}")).status_code == 404


async def test_individual_answers_are_noted(methodist: Browser, campaigns: Campaigns, world: World) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:4])
    people = await methodist.get(f"/campaigns/{campaign}/answers?text=примерова-1&organisation={world.kindergarten}")
    assert "1 анкета" in said(people)
    address = people.text.split('<th scope="row"><a href="')[1].split('"')[0]
    person = await methodist.get(address)
    assert "Очень нужна" in said(person)
    assert (await methodist.get(f"/campaigns/{campaign}/answers/99999")).status_code == 404
    async with campaigns.db.read() as session:
        rows = await session.scalars(select(AuditEntry).where(AuditEntry.action.like("answers.%")))
        noted = [(row.action, row.subject, row.account_id, row.municipality_id) for row in rows]
    response = address.rsplit("/", 1)[1]
    assert noted == [
        ("answers.listed", f"campaign:{campaign}", world.methodist, world.town),
        ("answers.seen", f"response:{response}", world.methodist, world.town),
    ]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "sav"])
async def test_files_have_names_are_not_kept_and_are_noted(
    methodist: Browser, campaigns: Campaigns, world: World, ending: str
) -> None:
    campaign = await named(methodist, campaigns, world.teachers[:4], "Осень; <b>2026</b>")
    file = await methodist.get(f"/campaigns/{campaign}/results.{ending}")
    assert file.status_code == 200
    disposition = file.headers["content-disposition"]
    assert disposition.startswith(f"attachment; filename=\"results.{ending}\"; filename*=UTF-8''%D0%98%D1%82")
    assert not set("<>") & set(disposition)
    assert file.headers["cache-control"] == "no-store"
    async with campaigns.db.read() as session:
        row = await session.scalar(select(AuditEntry).where(AuditEntry.action == "results.exported"))
    assert row is not None
    assert (row.subject, row.details, row.account_id) == (f"campaign:{campaign}", {"format": ending}, world.methodist)
    assert (await methodist.get(f"/campaigns/{campaign}/results.exe")).status_code == 404


async def test_texts_are_escaped_and_turned_page_by_page(
    methodist: Browser, campaigns: Campaigns, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.results.texts.PER_PAGE", 1)
    campaign = await named(methodist, campaigns, world.teachers[:2])
    await answer_all(campaigns, campaign, world.teachers[2:3], [{"words": "<script>1</script>"}])
    address = f"/campaigns/{campaign}/results/texts/words"
    first = await methodist.get(address)
    order = first.text.split("?order=")[1].split("&")[0]
    pages = [await methodist.get(f"{address}?order={order}&page={number}") for number in (1, 2, 3, 9)]
    shown = [page.text.split('<li class="pre-line">')[1].split("</li>")[0] for page in pages]
    assert sorted(shown[:3]) == ["&lt;script&gt;1&lt;/script&gt;", "=1+1", "Спасибо"]
    assert shown[3] == shown[2]
    assert (await methodist.get(f"/campaigns/{campaign}/results/texts/hours")).status_code == 404


async def test_drafts_have_no_results(methodist: Browser) -> None:
    place = await make(methodist)
    assert (await methodist.get(f"{place}/results")).status_code == 404
