"""Pages of reminders: rules that can be changed, and every single one with its end."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select, update

from admin.reminders import asking, words
from admin.reminders.samples import samples
from bot.screens.reminders import screen
from core.reminders import actions, defaults
from core.reminders.model import (
    Facts,
    Letter,
    ReminderKind,
    ReminderRow,
    ReminderSearch,
    ReminderState,
    RuleView,
    Superseded,
    Whom,
)
from core.reminders.rows import view
from storage.models import Account, AuditEntry, Consent, Event, EventParticipant, Reminder, ReminderRule, Teacher
from storage.session import Database
from tests.admin.browser import words as said_on
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.clocks import SetClock

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
EVENT, ATTESTATION = ReminderKind.EVENT, ReminderKind.ATTESTATION
EXAMPLES = {
    "attestation.person": Facts(ATTESTATION, Whom.PERSON, date(2027, 1, 22)),
    "attestation.coordinator": Facts(ATTESTATION, Whom.COORDINATOR, date(2027, 5, 1), 3),
    "attestation.methodist": Facts(ATTESTATION, Whom.METHODIST, date(2027, 5, 1), 14),
    "indicators.methodist": Facts(ReminderKind.INDICATORS, Whom.METHODIST, date(2026, 12, 15), 2, ("D1", "P5")),
    "plan.methodist": Facts(
        ReminderKind.PLAN, Whom.METHODIST, date(2026, 12, 15), 1, ("2.1 Семинар для молодых педагогов",)
    ),
    "event.person": Facts(
        EVENT, Whom.PERSON, datetime(2026, 12, 15, 6, tzinfo=UTC), items=("Семинар для молодых педагогов",)
    ),
}


async def rule_of(db: Database, town: int, kind: ReminderKind, whom: Whom = Whom.PERSON) -> RuleView:
    async with db.read() as session:
        rows = select(ReminderRule).where(
            ReminderRule.municipality_id == town, ReminderRule.kind == kind, ReminderRule.whom == whom
        )
        return view((await session.scalars(rows)).one())


@pytest.fixture
async def event(sqlite_db: Database, world: World, clock: SetClock) -> RuleView:
    """The rule of events; one is in three days, and four people go there."""
    await actions.plan(sqlite_db, clock)
    async with sqlite_db.write() as session:
        row = Event(
            municipality_id=world.town, kind="seminar", title="Семинар <i>", starts_at=clock.now() + timedelta(days=3)
        )
        session.add(row)
        await session.flush()
        session.add_all(EventParticipant(event_id=row.id, teacher_id=one) for one in world.teachers[:4])
        accounts = await session.scalars(select(Account.id).where(Account.teacher_id.is_not(None)))
        session.add_all(Consent(account_id=one, version="1", given_at=NOW) for one in accounts.all())
    return await rule_of(sqlite_db, world.town, EVENT)


def form(rule: RuleView, **changes: object) -> dict[str, object]:
    return {
        "before_days": ", ".join(map(str, rule.before_days)),
        "before_hours": ", ".join(map(str, rule.before_hours)),
        "at": rule.at.isoformat("minutes"),
        "repeat_days": "",
        "words": "",
        "enabled": "yes",
        "revision": str(rule.revision),
        "step": "save",
        **changes,
    }


@pytest.mark.parametrize("key", sorted(EXAMPLES))
def test_the_example_is_what_the_bot_says(key: str) -> None:
    letter = Letter(EXAMPLES[key], "", "Asia/Irkutsk")
    bare = unescape(re.sub(r"<[^>]+>", "", str(screen(letter, NOW).text)))
    assert bare == f"{samples()[key].lead}\n\n{samples()[key].facts}"


def test_every_rule_has_its_words() -> None:
    kinds = {f"{kind}.{whom}" for kind, whom in words.WHOM}
    assert kinds == set(samples()) == set(EXAMPLES)
    assert len(kinds) == defaults.count()
    assert set(words.KINDS) == set(ReminderKind)
    assert set(words.STATES) == set(ReminderState)


async def test_the_list_says_what_whom_when_and_how_many(sign_in: SignIn, world: World, event: RuleView) -> None:
    methodist = await sign_in(world.methodist)
    said = said_on(await methodist.get("/reminders"))
    assert "Мероприятие всем, кто записан за 1 день, в 12:00; за 1 час" in said
    assert "25 ноября 2026, 12:00 — 4 человека" in said
    assert "за 180, 120 и 60 дней, в 10:00" in said
    assert "за 120 дней до начала месяца" in said


async def test_a_look_shows_what_would_follow_and_changes_nothing(
    sign_in: SignIn, world: World, sqlite_db: Database, event: RuleView
) -> None:
    methodist = await sign_in(world.methodist)
    changed = form(event, before_days="2", before_hours="", words="Ждём <вас>!", step="look")
    answer = await methodist.post(f"/reminders/{event.id}", changed)
    assert answer.status_code == 200
    said = said_on(answer)
    assert "Напомним за 2 дня, в 12:00" in said
    assert "24 ноября 2026, 12:00 — 4 человека" in said
    assert "Ждём <вас>!" in unescape(answer.text)
    assert "<вас>" not in answer.text
    assert await rule_of(sqlite_db, world.town, EVENT) == event


async def test_a_rule_is_saved_once_and_noted(
    sign_in: SignIn, world: World, sqlite_db: Database, event: RuleView
) -> None:
    methodist = await sign_in(world.methodist)
    changed = form(event, before_days="3 1", at="15:30", words="Приходите", whom_young_only="yes")
    assert (await methodist.post(f"/reminders/{event.id}", changed)).status_code == 303
    now = await rule_of(sqlite_db, world.town, EVENT)
    assert (now.before_days, now.at.hour, now.words) == ((3, 1), 15, "Приходите")
    again = await methodist.post(f"/reminders/{event.id}", changed)
    assert again.status_code == 422
    assert "изменил кто-то ещё" in again.text
    async with sqlite_db.read() as session:
        entries = select(AuditEntry).where(AuditEntry.action == "reminder_rule.changed")
        (entry,) = await session.scalars(entries)
    assert entry.changes["before_days"] == ["1", "3, 1"]


async def test_a_surname_out_of_the_registry_is_pointed_out(
    sign_in: SignIn, world: World, sqlite_db: Database, event: RuleView
) -> None:
    async with sqlite_db.write() as session:
        await session.execute(update(Teacher).where(Teacher.id == world.teachers[0]).values(surname="Образцова"))
    methodist = await sign_in(world.methodist)
    answer = await methodist.post(f"/reminders/{event.id}", form(event, words="Ждём вместе с Образцовой"))
    assert answer.headers["location"] == f"/reminders/{event.id}"
    assert "похоже на фамилии из реестра: Образцовой" in said_on(await methodist.get(f"/reminders/{event.id}"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("before_days", "завтра", "Перечислите числа через запятую"),
        ("before_days", "1, 1", "Не больше 10 разных чисел"),
        ("before_hours", "100", "Не больше 10 разных чисел"),
        ("repeat_days", "61", "Укажите число от 1 до 60"),
        ("at", "полдень", "Укажите время"),
        ("words", "я" * 601, "Слишком длинно"),
    ],
)
async def test_what_makes_no_sense_is_said_beside_the_field(
    sign_in: SignIn, world: World, event: RuleView, field: str, value: str, said: str
) -> None:
    methodist = await sign_in(world.methodist)
    answer = await methodist.post(f"/reminders/{event.id}", form(event, **{field: value}))
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="{field}-error"' in answer.text


async def test_it_is_switched_off_and_on_by_one_press(
    sign_in: SignIn, world: World, sqlite_db: Database, event: RuleView
) -> None:
    methodist = await sign_in(world.methodist)
    for on in (False, True):
        for _ in range(2):
            await methodist.post(f"/reminders/{event.id}/switch", {"on": "yes" if on else ""})
            assert (await rule_of(sqlite_db, world.town, EVENT)).enabled is on


async def test_another_municipalitys_rule_is_not_there(sign_in: SignIn, world: World, event: RuleView) -> None:
    other = await sign_in(world.other_methodist)
    for answer in (await other.get(f"/reminders/{event.id}"), await other.post(f"/reminders/{event.id}", form(event))):
        assert answer.status_code == 404
    assert (await (await sign_in(world.coordinator)).get("/reminders")).status_code == 403


async def test_planned_ones_are_found_by_state_kind_and_organisation(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock, event: RuleView
) -> None:
    clock.advance(days=1)
    await actions.plan(sqlite_db, clock)
    methodist = await sign_in(world.methodist)
    everything = said_on(await methodist.get("/reminders/planned"))
    assert everything.count("Мероприятие Семинар <i>") == 4 + 4
    assert "Примерова-1 Проба" in everything
    assert said_on(await methodist.get("/reminders/planned?state=late")).count("Примерова") == 0
    assert (
        said_on(await methodist.get(f"/reminders/planned?kind=event&organisation={world.school}")).count("Проба") == 4
    )
    assert "Напоминаний нет" in said_on(await methodist.get("/reminders/planned?kind=plan"))


async def test_pages_follow_one_another_without_a_gap(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock, event: RuleView
) -> None:
    async with sqlite_db.write() as session:
        session.add_all(
            Reminder(
                municipality_id=world.town,
                kind="plan",
                subject=number,
                account_id=world.methodist,
                slot=f"methodist {date.fromordinal(700_000 + number)} x",
                due_at=NOW + timedelta(hours=number // 7),
                useful_until=NOW,
                state="superseded",
                reason="done",
            )
            for number in range(120)
        )
    methodist = await sign_in(world.methodist)
    place, seen = "/reminders/planned?state=superseded", 0
    for _ in range(3):
        answer = await methodist.get(place)
        seen += said_on(answer).count("к этому времени всё уже сделано")
        found = re.search(r'href="(/reminders/planned\?[^"]*before=[^"]*)">Раньше', answer.text)
        place = unescape(found[1]) if found else ""
    assert place == ""
    assert seen == 120


@pytest.mark.parametrize(
    "query", [{"before": "x"}, {"before": "99999999999999999-x"}, {"state": "x", "kind": "y"}, {"organisation": "-1"}]
)
def test_addresses_that_make_no_sense_narrow_nothing(query: dict[str, str]) -> None:
    assert asking.asked(query) == ReminderSearch()


def test_an_address_leads_back_to_its_search() -> None:
    search = ReminderSearch(ReminderState.LATE, EVENT, 7)
    place = asking.address(search, (NOW, 12))
    assert asking.asked(dict(parse_qsl(urlsplit(place).query))) == replace(search, before=(NOW, 12))


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (ReminderState.PLANNED, None, ""),
        (ReminderState.LATE, None, words.LATE),
        (ReminderState.REFUSED, "unreachable:blocked", "остановил(а) бота"),
        (ReminderState.REFUSED, "unreachable:new_kind", "написать человеку не получается"),
        (ReminderState.REFUSED, "failed:400", "мессенджер не принял сообщение"),
        *((ReminderState.SUPERSEDED, one.value, None) for one in Superseded),
    ],
)
def test_every_end_is_explained(state: ReminderState, reason: str | None, said: str | None) -> None:
    row = ReminderRow(1, EVENT, "", None, "", "", NOW, state, reason, None)
    told = words.reason(row)
    assert told if said is None else told == said


async def test_before_the_bot_has_run_the_page_says_so(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    assert "Правила появятся" in said_on(await (await sign_in(world.methodist)).get("/reminders"))
