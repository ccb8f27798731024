"""Results of outside diagnoses: what has to be said of them, and that they reach the people of the registry only."""

import pytest
from sqlalchemy import select

from storage.models import Diagnosis, Municipality
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_imports import plain_names, send, until_read
from tests.admin.world import World

TABLE = ("ОО;ФИО;Предметная область, %;Методическая область\r\nШкола № 1;Примеранова Проба;40;средний\r\n").encode(
    "utf-8-sig"
)
STRANGER = "ОО;ФИО;Предметная область, %\r\nШкола № 1;Незнакомова Анна Пробовна;40\r\n".encode("utf-8-sig")
SOUND = {"kind": "diagnoses", "source": "centre", "taken_on": "2026-10-01"}


@pytest.fixture
async def methodist(sign_in: SignIn, world: World, sqlite_db: Database) -> Browser:
    await plain_names(sqlite_db)
    async with sqlite_db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {
            "diagnosis_sources": [
                {"code": "self_assessment", "title": "Самооценка", "counts": True},
                {"code": "centre", "title": "Диагностика <b>центра</b>", "counts": True},
            ]
        }
    return await sign_in(world.methodist)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"source": ""}, "Выберите, чья это диагностика"),
        ({"source": "self_assessment"}, "Выберите, чья это диагностика"),
        ({"taken_on": ""}, "Укажите день, когда прошла диагностика"),
        ({"taken_on": "2026-13-01"}, "Укажите день, когда прошла диагностика"),
        ({"taken_on": "2027-01-01"}, "Этот день ещё не наступил"),
    ],
)
async def test_source_and_day_must_be_known(methodist: Browser, wrong: dict[str, str], said: str) -> None:
    answer = await send(methodist, TABLE, **{**SOUND, **wrong})
    assert answer.status_code == 422
    assert said in words(answer)
    assert "checked" in answer.text.partition('value="diagnoses"')[2][:20]
    kept = {**SOUND, **wrong}["taken_on"]
    assert f'value="{kept}"' in answer.text


async def test_results_are_loaded_and_taken_back(methodist: Browser, sqlite_db: Database) -> None:
    page = await methodist.get("/imports")
    assert "Диагностика &lt;b&gt;центра" in page.text
    assert "Самооценка" not in words(page)
    answer = await send(methodist, TABLE, **SOUND)
    place = answer.headers["location"]
    card = words(await until_read(methodist, place))
    assert "Результаты внешней диагностики: Диагностика <b>центра</b>" in card
    assert "Добавятся 1" in card, card
    assert "Результаты диагностики внесём 1 педагогу" in words(await methodist.get(f"{place}/apply"))
    await methodist.post(f"{place}/apply")
    async with sqlite_db.read() as session:
        found = (await session.scalars(select(Diagnosis))).one()
    assert (found.source, found.taken_on.isoformat()) == ("centre", "2026-10-01")
    assert "Уберём результаты диагностики" in words(await methodist.get(f"{place}/undo"))
    await methodist.post(f"{place}/undo")
    async with sqlite_db.read() as session:
        assert (await session.scalars(select(Diagnosis))).all() == []


async def test_strangers_are_not_added(methodist: Browser) -> None:
    place = (await send(methodist, STRANGER, **SOUND)).headers["location"]
    assert "Загрузить пока нельзя" in words(await until_read(methodist, place))
    assert "Этого человека нет в реестре" in words(await methodist.get(f"{place}/problems"))
