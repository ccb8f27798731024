"""The page of a rehearsal: everything said in words, for those who manage the campaign, before it opens."""

import re
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from storage.models import Account, Answer, AuditEntry, Consent, Delivery, Participation, Response
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_campaign_kinds import hold_event, pair, publish
from tests.admin.test_campaigns import make
from tests.admin.world import World
from tests.clocks import SetClock

SAVED = "Черновик сохранён. Проверьте его и откройте, когда будете готовы. "


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


async def agree(db: Database, clock: SetClock, teachers: tuple[int, ...]) -> None:
    """Until they have, nobody may be asked anything."""
    async with db.write() as session:
        accounts = await session.scalars(select(Account.id).where(Account.teacher_id.in_(teachers)))
        session.add_all(Consent(account_id=one, version="1", given_at=clock.now()) for one in accounts.all())


async def count(db: Database) -> list[int]:
    async with db.read() as session:
        return [
            await session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Participation, Response, Answer, Delivery, AuditEntry)
        ]


async def test_a_protected_survey_is_rehearsed(
    methodist: Browser, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await agree(sqlite_db, clock, world.teachers[:9])
    place = await make(methodist, "burnout", help_contact="Служба")
    assert f'href="{place}/rehearsal"' in (await methodist.get(place)).text
    before = await count(sqlite_db)
    text = words(await methodist.get(f"{place}/rehearsal"))
    assert "Обещано на карточке 4 мин" in text
    assert "Обещанного времени хватит почти всем." in text
    assert "По 12 пробным анкетам" in text
    assert "Уйдёт 9 приглашений: первое 23 ноября 2026, 12:00, последнее в 12:00:00, почти сразу." in text
    assert "Ещё 3 приглашения дождутся тех, кто пока не подключился к боту." in text
    assert "Раздел: Самочувствие" in text
    assert "Условие: ${option_personal_scale} = 'yes'" in text
    assert "не меньше 10 человек" in text
    assert "Если ответят 50 %" in text
    assert "Весь муниципалитет 12 скрыта скрыта видна, 11 ответов" in text
    assert "Школы 6 скрыта скрыта скрыта" in text
    assert "Показать будет нечего" in text
    assert await count(sqlite_db) == before


async def test_a_named_survey_shows_its_report(methodist: Browser) -> None:
    place = await make(methodist, "deficits")
    page = await methodist.get(f"{place}/rehearsal")
    text = words(page)
    assert "Какие группы будут видны" not in text
    assert "Вымышленные ответы Как если бы ответили 70 %: 8 анкет." in text
    assert "Среднее, от 0 до 100" in text
    assert page.text.count("<svg") == 1
    assert words(await methodist.get(f"{place}/rehearsal")) in text.replace(SAVED, "")


async def test_every_kind_of_respondent(methodist: Browser, sqlite_db: Database, clock: SetClock, world: World) -> None:
    await agree(sqlite_db, clock, world.teachers)
    for code in ("self_review", "satisfaction", "mentoring"):
        await publish(sqlite_db, clock, code)
    event = await hold_event(sqlite_db, clock, world.town, list(world.teachers[:8]))
    await pair(sqlite_db, world.town, world.teachers[0], world.teachers[2])
    await pair(sqlite_db, world.town, world.teachers[0], world.teachers[4])
    for survey, more, said in (
        ("self_review", {}, "Уйдёт 1 приглашение"),
        ("satisfaction", {"event": str(event)}, "Уйдёт 8 приглашений"),
        ("mentoring", {}, "Уйдёт 4 приглашения"),
    ):
        text = words(await methodist.get(f"{await make(methodist, survey, form_id=survey, **more)}/rehearsal"))
        assert said in text
        assert "застрянут" not in text


async def test_nobody_fits(methodist: Browser) -> None:
    place = await make(methodist, "burnout", help_contact="Служба", whom_management="managers")
    text = words(await methodist.get(f"{place}/rehearsal"))
    assert "Под условия не подходит никто" in text
    assert "Пока приглашать некого" in text


async def test_only_who_manages_and_only_before_the_opening(methodist: Browser, sign_in: SignIn, world: World) -> None:
    place = await make(methodist, "deficits")
    for account, status in ((world.coordinator, 404), (world.other_methodist, 404), (world.administrator, 200)):
        assert (await (await sign_in(account)).get(f"{place}/rehearsal")).status_code == status
    await methodist.post(f"{place}/open")
    late = await methodist.get(f"{place}/rehearsal")
    assert late.status_code == 409
    assert "пробный прогон больше не нужен" in words(late)
    assert "rehearsal" not in (await methodist.get(place)).text
    # A coordinator sees the open campaign, and still no rehearsal.
    assert (await (await sign_in(world.coordinator)).get(f"{place}/rehearsal")).status_code == 403


async def test_headings_follow_one_another(methodist: Browser) -> None:
    page = await methodist.get(f"{await make(methodist, 'deficits')}/rehearsal")
    levels = [int(one) for one in re.findall(r"<h([1-6])", page.text)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
