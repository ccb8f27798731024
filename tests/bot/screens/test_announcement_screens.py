"""Screens of announcements: what Telegram takes and a phone shows, also with the longest words there can be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.screens import (
    announcement_letters,
    announcing,
    announcing_audience,
    announcing_progress,
    announcing_prompts,
)
from bot.screens.announcing_draft import Composed, draft
from bot.screens.announcing_presses import Op, Press, parse
from bot.screens.model import Document
from bot.texts import text
from core.announcements.model import (
    AnnouncementDetail,
    AnnouncementRow,
    AnnouncementState,
    AttachmentKind,
    AttachmentView,
    Awaits,
    Category,
    Content,
    Counts,
    Letter,
    Link,
    PressKind,
    Reach,
    Standing,
)
from core.announcements.rules import PUBLISHED
from core.audiences.model import Audience, SavedAudienceRow
from core.audiences.options import Option, Part
from core.events.model import EventKind, EventRow
from core.people.model import OrganisationKind
from core.people.queries import MunicipalityView
from tests.bot.screens.checks import buttons, check, labels, words

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ZONE = "Asia/Irkutsk"
LARGE = 2**31 - 1
LONG = "Щ<b>&" * 60
TOWN = MunicipalityView(LARGE, "town", LONG, ZONE, {})
NUMBERS = Counts(waiting=600, held=1, sent=120, merged=2, unreachable=3, failed=4, unknown=5, cancelled=6, doubtful=7)


def row(state: AnnouncementState = AnnouncementState.DRAFT, heading: str = LONG) -> AnnouncementRow:
    return AnnouncementRow(
        LARGE,
        LARGE,
        heading,
        Category.COURSES,
        state,
        NOW + timedelta(days=2),
        None,
        None,
        NOW,
        "",
        NUMBERS,
        None,
        None,
    )


def content(text: str = "<b>Щука</b> " * 800, **changes: Any) -> Content:
    given: dict[str, Any] = {
        "category": Category.NEWS,
        "text": text,
        "links": tuple(Link("Щ" * 40, f"https://example.org/{number}") for number in range(5)),
        "acknowledge": True,
        "event_id": LARGE,
        "audience": Audience(kinds=frozenset({OrganisationKind.SCHOOL}), campaign=LARGE),
    }
    return Content(**{**given, **changes})


def composed(state: AnnouncementState = AnnouncementState.DRAFT, **changes: Any) -> Composed:
    attachment = AttachmentView(LARGE, AttachmentKind.DOCUMENT, LONG, "application/pdf", 5)
    detail = AnnouncementDetail(
        row(state), content(**changes), attachment, LARGE, LONG, 5, 1, {}, NUMBERS, NUMBERS, ZONE
    )
    return Composed(detail, Reach(600, 500, 20, NOW, 16.0, ("Щукина",)), LONG * 4, NOW)


def standing(state: AnnouncementState, **changes: Any) -> Standing:
    known: dict[str, Any] = {
        "announcement_id": LARGE,
        "heading": LONG,
        "state": state,
        "finished": False,
        "counts": NUMBERS,
        "edits": NUMBERS,
        "recalls": NUMBERS,
        "pressed": {PressKind.ACKNOWLEDGED: 5, PressKind.REGISTERED: 1, PressKind.OPENED: 2},
    }
    return Standing(**{**known, **changes})


@pytest.mark.parametrize("state", AnnouncementState)
def test_every_state_has_a_line_in_the_list_and_buttons_that_fit(state: AnnouncementState) -> None:
    listing = check(announcing.listing(TOWN, [row(state)], NOW))
    assert len(buttons(listing)) == 2
    check(draft(composed(state), notice=LONG))
    if state in PUBLISHED:
        check(announcing_progress.progress(standing(state), LARGE, LONG))


def test_the_draft_says_what_keeps_it_from_going_out() -> None:
    too_long = draft(composed())
    assert "а помещается 1\u202f024" in words(too_long)
    assert not any("Отправить" in label for label in labels(too_long))
    assert any("Отправить" in label for label in labels(draft(composed(text="Коротко"))))


def test_what_is_asked_fits() -> None:
    event = EventRow(LARGE, EventKind.SEMINAR, LONG, NOW + timedelta(days=1), None, 5)
    past = EventRow(1, EventKind.SEMINAR, "Прошедший", NOW - timedelta(days=1), None, 5)
    for awaits in set(Awaits) - {Awaits.SEARCH, Awaits.LAST_DAY}:
        check(announcing_prompts.prompt(composed(), awaits, LONG))
    assert "Прошедший" not in labels(check(announcing_prompts.events(composed(), [event, past])))
    check(announcing_prompts.delete(composed()))
    check(announcing.choose_category(LARGE))
    check(announcing.change_category(LARGE, LARGE))
    check(announcing.towns([TOWN], Op.LIST))
    check(announcing_progress.ask_stop(LARGE))
    check(announcing_progress.ask_recall(LARGE, 5))


@pytest.mark.parametrize("which", Part)
def test_choices_fit_on_pages_and_say_what_is_on(which: Part) -> None:
    offered = [Option(str(LARGE - number), f"{number} {LONG}") for number in range(20)]
    first = check(announcing_audience.part(composed(), which, offered, 0))
    last = check(announcing_audience.part(composed(), which, offered, 99))
    assert "1 из 3" in labels(first)
    assert "3 из 3" in labels(last)
    assert announcing_audience.page_of(offered, offered[9].value) == 1
    check(announcing_audience.part(composed(), which, [], 0))
    check(announcing_audience.found(composed(), which, offered, LONG))
    check(announcing_audience.found(composed(), which, [], LONG))


def test_the_audience_is_marked_where_something_is_chosen() -> None:
    shown = check(announcing_audience.audience(composed()))
    assert "☑ Школы и сады" in labels(shown)
    assert "Ответ на анкету" in labels(shown)
    everybody = check(announcing_audience.audience(composed(audience=Audience())))
    assert "Ответ на анкету" not in labels(everybody)
    assert "Снова все" not in labels(everybody)
    saved = SavedAudienceRow(
        LARGE, LARGE, LONG, Audience(), shared=False, own=True, may_change=True, author="", created_at=NOW
    )
    check(announcing_audience.saved(composed(), [saved]))
    check(announcing_audience.saved(composed(), []))


def test_a_part_without_its_choices() -> None:
    whole = Audience(mentors=True, mentees=True, campaign=5, young_only=True)
    assert announcing_audience.without(whole, Part.PAIRS) == Audience(campaign=5, young_only=True)
    assert announcing_audience.without(whole, Part.CAMPAIGN) == Audience(mentors=True, mentees=True, young_only=True)


def test_the_bar_grows_and_says_how_long_it_takes_still() -> None:
    counts = Counts(waiting=356, sent=120)
    said = words(announcing_progress.progress(standing(AnnouncementState.SENDING, counts=counts)))
    assert "▰▰▱▱▱▱▱▱▱▱\nОтправлено 120 из 476 · осталось около 12 с" in said
    paused = words(announcing_progress.progress(standing(AnnouncementState.PAUSED, counts=Counts(held=356, sent=120))))
    assert "осталось" not in paused


def test_a_letter_carries_its_buttons_and_says_which_were_pressed() -> None:
    letter = Letter(LARGE, LARGE, content("Коротко"), LARGE, 1, AnnouncementState.SENDING, "Семинар", NOW)
    file = Document(b"1", "plan.pdf")
    fresh = check(announcement_letters.screen(letter, file, frozenset()))
    assert labels(fresh)[-3:] == ["📅 Записаться", "✓ Ознакомлен(а)", "🔕"]
    done = check(announcement_letters.screen(letter, file, frozenset(PressKind)))
    assert labels(done)[-3:] == ["✅ Вы записаны", "✅ Ознакомлен(а)", "🔕"]
    important = Letter(1, 1, Content(Category.IMPORTANT, "Коротко"), None, 1, AnnouncementState.SENDING, "", None)
    assert announcement_letters.screen(important, None, frozenset()).rows == ()


@pytest.mark.parametrize("op", Op)
def test_a_press_is_read_as_it_was_written(op: Op) -> None:
    press = Press(LARGE, LARGE, op, ("13", "psychology_area", "99"))
    assert len(str(press).encode()) <= 64
    assert parse(str(press)) == press


def test_progress_opened_by_a_press_can_be_asked_for_again_until_it_has_ended() -> None:
    running = announcing_progress.progress(standing(AnnouncementState.SENDING), LARGE)
    ended = announcing_progress.progress(standing(AnnouncementState.DONE, finished=True), LARGE)
    edited = announcing_progress.progress(standing(AnnouncementState.SENDING))
    assert [("🔄 Обновить" in labels(one)) for one in (running, ended, edited)] == [True, False, False]


@pytest.mark.parametrize(("hour", "asked"), [(2, "2 ночи или дня?"), (4, "4 утра или дня?"), (6, "6 утра или вечера?")])
def test_the_half_of_the_day_is_named_as_people_name_it(hour: int, asked: str) -> None:
    assert text("moment.which_half", hour=hour).startswith(asked)


def test_in_quiet_hours_no_time_left_is_promised_and_a_recall_names_nobody() -> None:
    said = words(
        announcing_progress.progress(standing(AnnouncementState.SENDING, counts=Counts(waiting=9), resting=True))
    )
    assert "тихие часы" in said
    assert "осталось" not in said
    assert "никто не получил" in words(announcing_progress.ask_recall(LARGE, 0))
