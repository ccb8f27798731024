"""The preview over HTTP: every kind of field, mistakes, the summary; and nothing is stored."""

import html
import re

import httpx
import pytest
from sqlalchemy import func, select

from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.models import Base, Municipality, Survey, SurveyVersion
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.clocks import SetClock

FORM = """
code: kinds
version: "1"
title: Все <виды> вопросов
purpose: Посмотреть всё
privacy: named
respondent: teacher
minutes: 3
k: 5
source: Для проверки
choices:
  yes_no: [{name: "yes", label: Да}, {name: "no", label: Нет}]
  few: [{name: a, label: Первое}, {name: b, label: Второе}]
questions:
  - {type: note, name: intro, label: "Здравствуйте, <b>коллега</b>"}
  - {type: select_one yes_no, name: known, label: "Вы руководите?", default: "${teacher_is_management}"}
  - {type: select_multiple few, name: several, label: "Что подходит?", required: true}
  - {type: rank few, name: order, label: "Что важнее?"}
  - {type: begin_group, name: table, label: Таблица, appearance: table-list}
  - {type: select_one yes_no, appearance: likert, name: line1, label: Строка один}
  - {type: select_one yes_no, appearance: likert, name: line2, label: Строка два}
  - {type: end_group}
  - {type: range, name: score, label: "Сколько баллов?", parameters: "start=0 end=10 step=1"}
  - {type: decimal, name: rates, label: "Сколько ставок?", constraint: ". <= 2", constraint_message: Не больше двух}
  - {type: date, name: day, label: "Когда?"}
  - {type: text, appearance: multiline, name: words, label: "Что ещё?", relevant: "${score} > 5"}
  - {type: calculate, name: twice, calculation: "${rates} * 2"}
"""


@pytest.fixture
async def version(sqlite_db: Database, clock: SetClock, world: World) -> int:
    return await surveys.publish(sqlite_db, clock, parse_definition(FORM, "kinds.yaml"))


def walk_of(response: httpx.Response) -> str:
    found = re.search(r'name="walk" value="([^"]*)"', response.text)
    assert found, words(response)
    return html.unescape(found[1])


class Walker:
    """Somebody at the preview: sends the page's fields and looks at the next one."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self.page: httpx.Response

    async def begin(self, **facts: str) -> None:
        await self._browser.get(self._address)
        data = {"do": "begin", **{f"fact-{name}": value for name, value in facts.items()}}
        self.page = await self._browser.post(self._address, data)

    async def send(self, do: str = "answer", **answers: str | list[str]) -> str:
        fields = {f"answer-{name.lstrip('q').replace('_', '-')}": value for name, value in answers.items()}
        self.page = await self._browser.post(self._address, {"do": do, "walk": walk_of(self.page), **fields})
        return words(self.page).split("Карта анкеты")[0]


async def counts(db: Database) -> dict[str, int]:
    async with db.read() as session:
        return {
            name: await session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


async def test_a_whole_walk(sqlite_db: Database, world: World, sign_in: SignIn, version: int) -> None:
    browser = await sign_in(world.methodist)
    before = await counts(sqlite_db)
    walker = Walker(browser, f"/surveys/kinds/versions/{version}/preview")
    await walker.begin(teacher_is_management="yes")
    assert "Здравствуйте, <b>коллега</b>" in words(walker.page)
    assert "&lt;b&gt;коллега" in walker.page.text
    assert "По нашим данным: Да" in await walker.send()
    assert "Что подходит?" in await walker.send(q2="1")
    assert "На этот вопрос нужен ответ" in await walker.send()
    assert walker.page.status_code == 422
    assert "Что важнее?" in await walker.send(q3=["1", "2"])
    assert "без повторов" in await walker.send(q4_1="1", q4_2="1")
    assert "Строка два" in await walker.send(q4_1="2", q4_2="1")
    assert "Сколько баллов?" in await walker.send(q5="1", q6="2")
    assert "Сколько ставок?" in await walker.send(q7="8")
    assert "Не больше двух" in await walker.send(q8="2,5")
    assert 'value="2,5"' in walker.page.text
    assert "Когда?" in await walker.send(q8="1,5")
    assert "Что ещё?" in await walker.send(q9="2026-09-01")
    end = await walker.send(q10="Много\nвсего")
    for said in ("Да", "Первое; Второе", "1. Второе; 2. Первое", "8", "1,5", "01.09.2026", "Много всего", "twice 3"):
        assert said in end
    assert await counts(sqlite_db) == before


async def test_an_answer_is_changed_from_the_summary(world: World, sign_in: SignIn, version: int) -> None:
    walker = Walker(await sign_in(world.methodist), f"/surveys/kinds/versions/{version}/preview")
    await walker.begin()
    for answers in ({}, {}, {"q3": "1"}, {}, {}, {}, {}, {}):
        await walker.send(**answers)  # type: ignore[arg-type]
    assert "Проверка ответов" in words(walker.page)
    assert "К проверке" in await walker.send("open-7")
    assert "Что ещё?" not in await walker.send("back")
    await walker.send("open-7")
    assert "Что ещё?" in await walker.send(q7="9"), "the answer has made another question relevant"


async def test_back_leads_to_the_question_before(world: World, sign_in: SignIn, version: int) -> None:
    walker = Walker(await sign_in(world.methodist), f"/surveys/kinds/versions/{version}/preview")
    await walker.begin()
    await walker.send()
    assert "Здравствуйте" in await walker.send("back")


@pytest.mark.parametrize("packed", ["", "{}", '{"facts":{},"answers":{"1":[[0,9,null]]},"at":1,"from_summary":false}'])
async def test_a_damaged_page_says_so(world: World, sign_in: SignIn, version: int, packed: str) -> None:
    browser = await sign_in(world.methodist)
    address = f"/surveys/kinds/versions/{version}/preview"
    await browser.get(address)
    response = await browser.post(address, {"do": "answer", "walk": packed})
    assert response.status_code == 409
    assert "Начните предпросмотр заново" in words(response)


async def test_only_methodists_of_the_municipality(
    sqlite_db: Database, clock: SetClock, world: World, sign_in: SignIn, version: int
) -> None:
    async with sqlite_db.write() as session:
        other = await session.get_one(Municipality, world.other_town)
        row = await session.get_one(SurveyVersion, version)
        row.municipality_id = other.id
        survey = await session.get_one(Survey, row.survey_id)
        assert survey.code == "kinds"
    address = f"/surveys/kinds/versions/{version}/preview"
    assert (await (await sign_in(world.methodist)).get(address)).status_code == 404
    assert (await (await sign_in(world.other_methodist)).get(address)).status_code == 200
    assert (await (await sign_in(world.coordinator)).get(address)).status_code in {403, 404}
    assert (await (await sign_in(world.methodist)).get("/surveys/drafts/1/preview")).status_code == 404
