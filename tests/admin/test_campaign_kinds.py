"""Pages of campaigns beyond the plain one: other respondents, reminders, waves, changing and deleting."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.models import Campaign, CampaignReminder, Event, EventParticipant, MentoringPair, Participation
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import FILLED, make, stored
from tests.admin.world import CATALOGUE, World
from tests.clocks import SetClock


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


async def publish(db: Database, clock: SetClock, code: str) -> None:
    file = CATALOGUE / f"{code}.yaml"
    await surveys.publish(db, clock, parse_definition(file.read_text(encoding="utf-8"), file.name))


async def hold_event(db: Database, clock: SetClock, town: int, teachers: list[int]) -> int:
    async with db.write() as session:
        event = Event(municipality_id=town, kind="seminar", title="Семинар <i>о чтении</i>", starts_at=clock.now())
        session.add(event)
        await session.flush()
        session.add_all(EventParticipant(event_id=event.id, teacher_id=one) for one in teachers)
        return event.id


async def pair(db: Database, town: int, mentor: int, mentee: int) -> None:
    async with db.write() as session:
        session.add(
            MentoringPair(municipality_id=town, mentor_id=mentor, mentee_id=mentee, started_on=date(2026, 9, 1))
        )


async def test_the_choice_says_who_answers(methodist: Browser, sqlite_db: Database, clock: SetClock) -> None:
    for code in ("self_review", "satisfaction", "mentoring"):
        await publish(sqlite_db, clock, code)
    text = words(await methodist.get("/campaigns/new"))
    for said in ("за свою организацию", "участники одного мероприятия", "наставники и наставляемые"):
        assert said in text


async def test_a_survey_for_organisations(
    methodist: Browser, sign_in: SignIn, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await publish(sqlite_db, clock, "self_review")
    form = await methodist.get("/campaigns/new/self_review")
    text = words(form)
    assert "2 организации, 1 ответственный" in text
    assert "Некому ответить за организации: Детский сад № 2 town" in text
    assert 'name="whom_management"' not in form.text
    assert 'name="whom_young_only"' not in form.text
    place = await make(methodist, "self_review")
    question = words(await methodist.get(f"{place}/open"))
    assert "Спросим: 2 организации, 1 ответственный." in question
    card = words(await methodist.follow(await methodist.post(f"{place}/open")))
    assert "0 из 1 организации" in card
    assert "Не спрашивали, потому что некому ответить: Детский сад № 2 town" in card
    assert "Ответственные всех организаций, каждый за свою" in card
    async with sqlite_db.write() as session:
        await session.execute(update(Participation).values(state="begun"))
    assert "начата, не отправлена" in words(await methodist.get(place))
    coordinator = words(await (await sign_in(world.coordinator)).get(place))
    assert "из 1 организации" in coordinator
    assert "Напоминания" not in coordinator


async def test_a_survey_after_an_event(methodist: Browser, sqlite_db: Database, clock: SetClock, world: World) -> None:
    await publish(sqlite_db, clock, "satisfaction")
    event = await hold_event(sqlite_db, clock, world.town, list(world.teachers[:5]))
    foreign = await hold_event(sqlite_db, clock, world.other_town, [])
    form = await methodist.get("/campaigns/new/satisfaction")
    assert "Семинар: Семинар &lt;i&gt;о чтении&lt;/i&gt; (5\u00a0участников)" in form.text
    assert f'value="{foreign}"' not in form.text
    assert "Выберите мероприятие" in words(form)
    counted = (await methodist.get(f"/campaigns/new/satisfaction/recipients?event={event}")).text
    assert ">5 участников<" in counted.replace("\u00a0", " ")
    for nonsense in ("x", "9" * 30, "٣", ""):
        assert (await methodist.get(f"/campaigns/new/satisfaction/recipients?event={nonsense}")).status_code == 200
    refused = await methodist.post("/campaigns/new/satisfaction", FILLED)
    assert refused.status_code == 422
    assert 'id="event-error"' in refused.text
    elsewhere = await methodist.post("/campaigns/new/satisfaction", {**FILLED, "event": str(foreign)})
    assert elsewhere.status_code == 404
    place = await make(methodist, "satisfaction", event=str(event))
    card = await methodist.get(place)
    assert "Участники мероприятия «Семинар &lt;i&gt;о чтении&lt;/i&gt;»" in card.text
    assert "Участников будет 5 человек" in words(await methodist.get(f"{place}/open"))


async def test_a_survey_for_pairs(methodist: Browser, sqlite_db: Database, clock: SetClock, world: World) -> None:
    await publish(sqlite_db, clock, "mentoring")
    assert "не подходит никто" in words(await methodist.get("/campaigns/new/mentoring"))
    await pair(sqlite_db, world.town, world.teachers[0], world.teachers[2])
    await pair(sqlite_db, world.town, world.teachers[0], world.teachers[4])
    assert "2 пары: 3 человека" in words(await methodist.get("/campaigns/new/mentoring"))
    place = await make(methodist, "mentoring", whom_kinds="preschool")
    assert "Наставники и наставляемые детских садов" in words(await methodist.get(place))
    assert "не подходит никто" in words(await methodist.get(place))


async def test_minutes_of_this_year_stand_beside_the_number(methodist: Browser) -> None:
    form = words(await methodist.get("/campaigns/new/burnout"))
    assert "С начала года этих людей ещё не спрашивали. С этой анкетой станет" in form
    place = await make(methodist, "burnout", help_contact="Служба", whom_kinds="school")
    await methodist.post(f"{place}/open")
    answer = (await methodist.get("/campaigns/new/burnout/recipients")).text.replace("\u00a0", " ")
    first, second = answer.splitlines()
    assert ">Под эти условия подходит 12 человек<" in first
    assert "уже спрашивали в среднем 2 мин, самое большее 4 мин" in second
    assert "станет в среднем 6 мин, самое большее 8 мин" in second


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"remind_after": "завтра"}, "remind_after", "числами через запятую"),
        ({"remind_before": "1, 99"}, "remind_before", "каждое от 0 до 60"),
        ({"remind_after": "3, 3"}, "remind_after", "разных чисел"),
        ({"remind_after": "3", "remind_at": "утром"}, "remind_at", "Укажите время"),
    ],
)
async def test_wrong_reminders_are_told_at_their_field(
    methodist: Browser, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = await methodist.post("/campaigns/new/deficits", {**FILLED, "remind_at": "10:00", **changes})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in words(answer)
    assert f'value="{changes[field]}"' in answer.text


async def test_reminders_are_suggested_planned_and_listed(methodist: Browser, sqlite_db: Database) -> None:
    form = (await methodist.get("/campaigns/new/deficits")).text
    for field, value in (("remind_after", "3"), ("remind_before", "1"), ("remind_at", "10:00")):
        assert f'name="{field}" type="{"time" if field == "remind_at" else "text"}" value="{value}"' in form
    place = await make(methodist, remind_after="7; 3", remind_before="1", remind_at="09:30")
    card = words(await methodist.get(place))
    for day in ("26 ноября 2026, 09:30", "30 ноября 2026, 09:30", "6 декабря 2026, 09:30"):
        assert f"{day} Запланировано" in card.replace("\u00a0", " ")
    await methodist.post(f"{place}/open")
    async with sqlite_db.write() as session:
        first = (await session.scalars(select(CampaignReminder).order_by(CampaignReminder.due_at))).first()
        assert first is not None
        first.state, first.people = "sent", 7
    await methodist.post(f"{place}/close")
    card = words(await methodist.get(place)).replace("\u00a0", " ")
    assert "26 ноября 2026, 09:30 Отправлено 7" in card
    assert card.count("анкетирование завершилось раньше") == 2


async def test_a_form_without_reminders_has_none(methodist: Browser) -> None:
    place = await make(methodist)
    assert "Напоминаний нет" in words(await methodist.get(place))


async def test_waves_stand_beside_each_other_and_can_be_repeated(
    methodist: Browser, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    settings = {"whom_kinds": "school", "whom_management": "teachers", "remind_after": "5", "remind_at": "08:00"}
    first = await make(methodist, title="Осень", **settings)
    await methodist.post(f"{first}/open")
    async with sqlite_db.write() as session:
        for teacher in world.teachers[:6:2]:
            theirs = Participation.teacher_id == teacher
            await session.execute(update(Participation).where(theirs).values(state="submitted"))
    for _ in range(5):
        clock.advance(days=2)  # who looks in every other day stays signed in
        await methodist.get("/")
    form = await methodist.get(f"/campaigns/new/deficits?like={first.rsplit('/', 1)[1]}")
    assert 'value="Осень, 2-я волна"' in form.text
    assert 'value="2026-12-03T12:00"' in form.text
    assert 'name="whom_kinds" value="school" checked' in form.text
    assert 'name="whom_management" value="teachers" checked' in form.text
    assert 'name="remind_after" type="text" value="5"' in form.text
    dates = {"opens_at": "2026-12-03T12:00", "closes_at": "2026-12-17T20:00", "form_id": "form-2"}
    second = await make(methodist, title="Осень, 2-я волна", **{**settings, **dates})
    await methodist.post(f"{second}/open")
    card = await methodist.get(second)
    assert "2-я волна; прошлая: Осень , ответили 50" in words(card)
    assert f'href="{first}"' in card.text
    assert "в прошлой волне 50" in words(card)
    assert "В прошлой волне" in words(card)
    listed = words(await methodist.get("/campaigns"))
    assert "2-я волна" in listed
    again = await methodist.get(f"/campaigns/new/deficits?like={second.rsplit('/', 1)[1]}")
    assert 'value="Осень, 3-я волна"' in again.text


@pytest.mark.parametrize("like", ["0", "x", "99999", "9" * 30])
async def test_only_a_campaign_of_this_survey_can_be_repeated(methodist: Browser, like: str) -> None:
    assert (await methodist.get(f"/campaigns/new/deficits?like={like}")).status_code == 404
    burnout = await make(methodist, "burnout", help_contact="Служба")
    number = burnout.rsplit("/", 1)[1]
    assert (await methodist.get(f"/campaigns/new/deficits?like={number}")).status_code == 404


async def test_a_foreign_campaign_cannot_be_repeated(sign_in: SignIn, world: World, methodist: Browser) -> None:
    number = (await make(methodist)).rsplit("/", 1)[1]
    other = await sign_in(world.other_methodist)
    assert (await other.get(f"/campaigns/new/deficits?like={number}")).status_code == 404


async def test_a_draft_is_changed_with_the_same_form(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist, whom_kinds="school", remind_after="2", remind_at="11:00")
    form = await methodist.get(f"{place}/edit")
    assert 'value="Осень &lt;b&gt;2026&lt;/b&gt;"' in form.text
    assert 'name="whom_kinds" value="school" checked' in form.text
    assert 'value="2026-12-07T20:00"' in form.text
    assert 'name="remind_after" type="text" value="2"' in form.text
    counted = await methodist.post(f"{place}/edit", {**FILLED, "whom_kinds": "preschool", "step": "count"})
    assert "подходит 6 человек" in words(counted)
    refused = await methodist.post(f"{place}/edit", {**FILLED, "title": ""})
    assert refused.status_code == 422
    answers = [await methodist.post(f"{place}/edit", {**FILLED, "title": "Новое имя"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert "Изменения сохранены" in words(await methodist.follow(answers[0]))
    (campaign,) = await stored(sqlite_db)
    assert (campaign.title, campaign.audience, campaign.state) == ("Новое имя", {}, "draft")


async def test_what_has_opened_is_not_changed_any_more(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist)
    await methodist.post(f"{place}/open")
    assert (await methodist.get(f"{place}/edit")).headers["location"] == place
    answer = await methodist.follow(await methodist.post(f"{place}/edit", {**FILLED, "title": "Поздно"}))
    assert "уже открывали" in words(answer)
    assert (await methodist.post(f"{place}/delete")).status_code == 409
    (campaign,) = await stored(sqlite_db)
    assert campaign.title == FILLED["title"]


async def test_deleting_asks_first_and_a_doubled_press_is_one(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist)
    assert "ничего не останется" in words(await methodist.get(f"{place}/delete"))
    answers = [await methodist.post(f"{place}/delete", {"form_id": "page-1"}) for _ in range(2)]
    assert [one.headers["location"] for one in answers] == ["/campaigns", "/campaigns"]
    assert "Анкетирование удалено" in words(await methodist.follow(answers[1]))
    assert await stored(sqlite_db) == []
    assert (await methodist.post(f"{place}/delete", {"form_id": "page-2"})).status_code == 404
    await make(methodist, form_id="form-2")
    (again,) = await stored(sqlite_db)
    await methodist.post(f"/campaigns/{again.id}/delete", {"form_id": "page-3"})
    assert await stored(sqlite_db) == [], "a later draft with the same number"


async def test_a_scheduled_beginning_can_be_taken_back(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist, opens_at="2026-11-25T09:00")
    await methodist.post(f"{place}/schedule")
    assert "снова станет черновиком" in words(await methodist.get(f"{place}/unschedule"))
    for _ in range(2):
        text = words(await methodist.follow(await methodist.post(f"{place}/unschedule")))
        assert "это снова черновик" in text
    (campaign,) = await stored(sqlite_db)
    assert campaign.state == "draft"


@pytest.mark.parametrize("step", ["edit", "delete", "unschedule"])
async def test_who_may_not_change_a_campaign(
    sign_in: SignIn, world: World, methodist: Browser, sqlite_db: Database, step: str
) -> None:
    place = await make(methodist)
    other, coordinator = await sign_in(world.other_methodist), await sign_in(world.coordinator)
    for browser, code in ((other, 404), (coordinator, 403)):
        await browser.get("/account")
        assert (await browser.post(f"{place}/{step}", FILLED)).status_code in {code, 404}
        assert (await browser.get(f"{place}/{step}")).status_code in {code, 404}
    (campaign,) = await stored(sqlite_db)
    assert campaign.title == FILLED["title"]


async def test_forms_of_another_page_change_nothing(methodist: Browser, sqlite_db: Database) -> None:
    place = await make(methodist)
    for step in ("edit", "delete", "unschedule"):
        forged: dict[str, Any] = {**FILLED, "form_token": "forged"}
        assert (await methodist.post(f"{place}/{step}", forged)).status_code == 403
    (campaign,) = await stored(sqlite_db)
    assert isinstance(campaign, Campaign)


async def test_the_end_moves_its_reminder_along(methodist: Browser, clock: SetClock) -> None:
    place = await make(methodist, remind_before="1", remind_at="10:00")
    await methodist.post(f"{place}/open")
    clock.advance(days=1)
    later = (clock.now() + timedelta(days=40)).strftime("%Y-%m-%dT10:30")
    await methodist.post(f"{place}/extend", {"closes_at": later})
    card = words(await methodist.get(place)).replace("\u00a0", " ")
    assert "2 января 2027, 10:00 Запланировано" in card
    assert "6 декабря 2026, 10:00" not in card
