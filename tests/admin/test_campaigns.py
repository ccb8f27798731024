"""Making, opening, watching, extending and closing a campaign on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from core.people.model import Role
from storage.models import Campaign, Delivery, Grant, Participation
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.clocks import SetClock

FILLED = {
    "title": "Осень <b>2026</b>",
    "opens_at": "2026-11-23T12:00",
    "closes_at": "2026-12-07T20:00",
    "form_id": "form-1",
    "step": "save",
}


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


async def make(browser: Browser, survey: str = "deficits", **changes: Any) -> str:
    """Address of a new draft."""
    answer = await browser.post(f"/campaigns/new/{survey}", {**FILLED, **changes})
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


async def stored(db: Database) -> list[Campaign]:
    async with db.read() as session:
        return list(await session.scalars(select(Campaign).order_by(Campaign.id)))


async def test_from_the_choice_of_a_survey_to_open_invitations(
    methodist: Browser, sqlite_db: Database, woken: list[str]
) -> None:
    assert "/campaigns/new/deficits" in (await methodist.get("/campaigns/new")).text
    assert "Под эти условия подходит 12 человек" in words(await methodist.get("/campaigns/new/deficits"))
    card = await methodist.post("/campaigns/new/deficits", FILLED)
    assert "Черновик сохранён" in words(await methodist.follow(card))
    place = card.headers["location"]
    assert "Участников будет 12 человек" in words(await methodist.get(f"{place}/open"))
    opened = await methodist.post(f"{place}/open")
    text = words(await methodist.follow(opened))
    assert "Участников: 12 человек" in text
    assert "Идёт" in text
    assert "Школа № 1 town" in text
    assert woken == ["woken"]
    async with sqlite_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Participation)) == 12


async def test_titles_are_escaped_everywhere(methodist: Browser) -> None:
    place = await make(methodist)
    for path in (place, "/campaigns", f"{place}/open"):
        text = (await methodist.get(path)).text
        assert "<b>2026" not in text
        assert "&lt;b&gt;2026" in text
    await methodist.post(f"{place}/open")
    for path in ("/", "/indicators/D1", f"{place}/waiting"):
        text = (await methodist.get(path)).text
        assert "<b>2026" not in text
        assert "&lt;b&gt;2026" in text


async def test_times_are_the_municipalitys(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist)
    (campaign,) = await stored(sqlite_db)
    assert campaign.closes_at.isoformat() == "2026-12-07T12:00:00+00:00"
    page = words(await methodist.get(place))
    assert "7\u00a0декабря\u00a02026, 20:00" in (await methodist.get(place)).text
    assert "Иркутск (МСК+5)" in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Дайте анкетированию название"),
        ({"title": "х" * 201}, "title", "уложитесь в 200 знаков"),
        ({"opens_at": ""}, "opens_at", "Укажите день и время начала"),
        ({"closes_at": "скоро"}, "closes_at", "Укажите день и время окончания"),
        ({"closes_at": "0001-01-01T00:00"}, "closes_at", "Укажите день и время окончания"),
        ({"closes_at": "2026-11-23T11:59"}, "closes_at", "позже начала"),
        ({"opens_at": "2026-01-01T10:00", "closes_at": "2026-01-02T10:00"}, "closes_at", "уже прошёл"),
    ],
)
async def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(
    methodist: Browser, sqlite_db: Database, changes: dict[str, str], field: str, sentence: str
) -> None:
    sent = {**FILLED, "whom_kinds": "school", "whom_young_only": "yes", **changes}
    answer = await methodist.post("/campaigns/new/deficits", sent)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="{field}-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'name="whom_kinds" value="school" checked' in answer.text
    assert 'name="whom_young_only" value="yes" checked' in answer.text
    if "title" not in changes:
        assert "Осень &lt;b&gt;2026&lt;/b&gt;" in answer.text
    assert await stored(sqlite_db) == []


async def test_burnout_needs_somebody_to_turn_to(methodist: Browser, sqlite_db: Database) -> None:
    refused = await methodist.post("/campaigns/new/burnout", FILLED)
    assert 'id="help_contact-error"' in refused.text
    place = await make(methodist, "burnout", help_contact="Служба <i>поддержки</i>", options="personal_scale")
    page = await methodist.get(place)
    assert "Служба &lt;i&gt;поддержки" in page.text
    assert "связь между человеком и ответами уничтожается" in words(page)
    (campaign,) = await stored(sqlite_db)
    assert campaign.options["personal_scale"] is True
    await methodist.post(f"{place}/open")
    assert "Идёт" in words(await methodist.get(place))


async def test_a_doubled_form_makes_one_campaign(methodist: Browser, sqlite_db: Database) -> None:
    assert await make(methodist) == await make(methodist)
    assert len(await stored(sqlite_db)) == 1
    await make(methodist, form_id="form-2")
    assert len(await stored(sqlite_db)) == 2


async def test_a_doubled_opening_invites_once(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist)
    answers = [await methodist.post(f"{place}/open") for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    async with sqlite_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Participation)) == 12
    asked_again = await methodist.get(f"{place}/open")
    assert asked_again.headers["location"] == place


async def test_counting_without_scripts_keeps_the_form(methodist: Browser, sqlite_db: Database) -> None:
    answer = await methodist.post("/campaigns/new/deficits", {**FILLED, "whom_kinds": "preschool", "step": "count"})
    assert "Под эти условия подходит 6 человек" in words(answer)
    assert "2026-12-07T20:00" in answer.text
    assert await stored(sqlite_db) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "подходит 12 человек"),
        ("whom_kinds=school", "подходит 6 человек"),
        ("whom_kinds=school&whom_kinds=preschool", "подходит 12 человек"),
        ("whom_management=managers", "не подходит никто"),
        ("whom_kinds=nonsense&whom_position_groups=x&whom_organisations=abc&whom_management=x", "подходит 12 человек"),
    ],
)
async def test_recipients_are_counted_while_the_form_is_filled(methodist: Browser, query: str, sentence: str) -> None:
    assert sentence in (await methodist.get(f"/campaigns/new/deficits/recipients?{query}")).text.replace("\u00a0", " ")


async def test_an_audience_of_nobody_is_refused_in_words(methodist: Browser) -> None:
    place = await make(methodist, whom_management="managers")
    answer = await methodist.follow(await methodist.post(f"{place}/open"))
    assert "Под выбранные условия не подходит никто" in words(answer)
    assert "Черновик" in words(answer)


async def test_a_campaign_can_be_scheduled(methodist: Browser) -> None:
    place = await make(methodist, opens_at="2026-11-25T09:00")
    assert "откроется само 25 ноября 2026, 09:00" in words(await methodist.get(f"{place}/schedule"))
    text = words(await methodist.follow(await methodist.post(f"{place}/schedule")))
    assert "Запланировано" in text
    assert "анкетирование откроется само" in text


async def test_the_end_can_be_moved_and_wrong_ends_are_refused(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist)
    await methodist.post(f"{place}/open")
    assert 'value="2026-12-14T20:00"' in (await methodist.get(f"{place}/extend")).text
    for wrong, sentence in (("", "Укажите день"), ("2026-11-01T10:00", "уже прошёл")):
        refused = await methodist.post(f"{place}/extend", {"closes_at": wrong})
        assert refused.status_code == 422
        assert sentence in words(refused)
    answer = await methodist.post(f"{place}/extend", {"closes_at": "2026-12-20T18:30"})
    assert "Новый срок сохранён" in words(await methodist.follow(answer))
    (campaign,) = await stored(sqlite_db)
    assert campaign.closes_at.isoformat() == "2026-12-20T10:30:00+00:00"


async def test_closing_asks_first_and_is_for_good(methodist: Browser) -> None:
    place = await make(methodist)
    await methodist.post(f"{place}/open")
    assert "Ещё 12 ответить уже не смогут" in words(await methodist.get(f"{place}/close"))
    text = words(await methodist.follow(await methodist.post(f"{place}/close")))
    assert "Завершено" in text
    assert "Анкетирование завершено" in text
    again = await methodist.follow(await methodist.post(f"{place}/close"))
    assert again.status_code == 200
    assert "уже завершено" in words(await methodist.follow(await methodist.post(f"{place}/open")))


@pytest.mark.parametrize("path", ["", "/open", "/extend", "/close", "/schedule", "/waiting", "/figures"])
async def test_a_foreign_campaign_does_not_exist(sign_in: SignIn, world: World, methodist: Browser, path: str) -> None:
    place = await make(methodist)
    await methodist.post(f"{place}/open")
    other = await sign_in(world.other_methodist)
    assert (await other.get(f"{place}{path}")).status_code == 404
    assert (await other.post(f"{place}{path or '/open'}")).status_code in {404, 405}
    assert "Осень" not in words(await other.get("/campaigns"))


async def test_a_coordinator_sees_the_own_organisation_only(sign_in: SignIn, world: World, methodist: Browser) -> None:
    place = await make(methodist)
    coordinator = await sign_in(world.coordinator)
    assert (await coordinator.get(place)).status_code == 404
    await methodist.post(f"{place}/open")
    page = await coordinator.get(place)
    text = words(page)
    assert "из 6 приглашённых" in text
    assert "Школа № 1" in text
    assert "Детский сад" not in text
    assert "Доставка приглашений" not in text
    assert "Завершить" not in text
    waiting = words(await coordinator.get(f"{place}/waiting"))
    assert "Примерова-0" in waiting
    assert "Примерова-1 " not in waiting
    for step in ("open", "close", "extend", "schedule"):
        assert (await coordinator.get(f"{place}/{step}")).status_code == 403
        assert (await coordinator.post(f"{place}/{step}")).status_code == 403


async def test_organisations_of_another_municipality_cannot_be_chosen(
    methodist: Browser, world: World, sqlite_db: Database
) -> None:
    foreign = {**FILLED, "whom_organisations": str(world.school + 2), "whom_kinds": "school"}
    refused = await methodist.post("/campaigns/new/deficits", foreign)
    assert refused.status_code == 422
    assert "относится к другому муниципалитету" in words(refused)
    assert 'name="whom_kinds" value="school" checked' in refused.text
    await make(methodist, whom_organisations=str(world.school))
    (only,) = await stored(sqlite_db)
    assert only.audience == {"organisations": [world.school]}


async def test_delivery_progress_is_told_by_outcome(
    methodist: Browser, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    place = await make(methodist)
    await methodist.post(f"{place}/open")
    campaign = int(place.rsplit("/", 1)[1])
    states = ("queued", "sent", "sent", "unreachable", "failed", "unknown")
    async with sqlite_db.write() as session:
        for number, state in enumerate(states):
            session.add(
                Delivery(
                    kind="campaign.invitation",
                    subject=campaign,
                    account_id=world.coordinator,
                    slot=str(number),
                    state=state,
                    not_before=clock.now(),
                )
            )
    text = words(await methodist.get(place))
    for said in ("Ждут отправки 1", "Доставлены 2", "Некому доставить 1", "Не приняты 1", "Неизвестно 1"):
        assert said in text


async def test_an_administrator_of_the_installation_acts_everywhere(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    browser = await sign_in(world.administrator)
    await browser.post("/municipality", {"municipality_id": world.other_town})
    await make(browser)
    (campaign,) = await stored(sqlite_db)
    assert campaign.municipality_id == world.other_town


async def test_a_leader_gets_pages_without_figures(
    sign_in: SignIn, world: World, sqlite_db: Database, methodist: Browser
) -> None:
    await methodist.post(f"{await make(methodist)}/open")
    async with sqlite_db.write() as session:
        session.add(Grant(account_id=world.teacher, role=Role.LEADER))
    leader = await sign_in(world.teacher)
    for path in ("/", "/campaigns", "/indicators"):
        page = await leader.get(path)
        assert page.status_code == 200
        assert "Осень" not in words(page)


async def test_the_form_suggests_two_weeks_from_the_next_hour(methodist: Browser, clock: SetClock) -> None:
    clock.moment += timedelta(minutes=20)
    text = (await methodist.get("/campaigns/new/deficits")).text
    assert 'value="2026-11-23T12:00"' in text
    assert 'value="2026-12-07T20:00"' in text
