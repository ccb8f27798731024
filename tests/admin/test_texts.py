"""No key and no code without words; the walls between the rooms."""

import re
from pathlib import Path

import pytest

from admin.home import words as cycle_words
from admin.indicators import words as indicator_words
from admin.shell import navigation, texts, words
from admin.system import words as system_words
from core.campaigns.model import CampaignState, ParticipationState, Reach, ReminderState
from core.cycle.model import Reason, StageCode, StageState
from core.errors import AppError
from core.events.model import EventKind
from core.indicators.model import IndicatorGroup, TargetOrigin
from core.indicators.words import BREAKDOWNS
from core.people.model import OrganisationKind, PositionGroup
from core.surveys.model import Respondent, SurveyPrivacy

ROOT = Path(__file__).parents[2]
CALLED = (
    "core/accounts",
    "core/announcements",
    "core/audiences",
    "core/authoring",
    "core/campaigns",
    "core/doubles",
    "core/importing",
    "core/membership",
    "core/moves",
    "core/releases",
    "core/reminders",
    "core/results",
    "core/sealing.py",
    "core/spreadsheets",
    "core/staff",
    "core/teachers",
)
"""What the pages call; every expected error of it must have a sentence."""


def keys_of(place: str) -> set[str]:
    path = ROOT / place
    files = path.rglob("*.py") if path.is_dir() else [path]
    found = (re.findall(r'AppError\(\s*"([a-z_.]+)"', file.read_text(encoding="utf-8")) for file in files)
    return {key for keys in found for key in keys}


@pytest.mark.parametrize("place", CALLED)
def test_every_expected_error_has_a_sentence(place: str) -> None:
    keys = keys_of(place)
    assert keys
    assert {key for key in keys if not texts.knows(key)} == set()


def test_an_unknown_error_gets_the_general_sentence() -> None:
    assert texts.sentence(AppError("no.such.key")) == texts.text("unexpected")


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (StageCode, cycle_words.STAGES),
        (StageState, cycle_words.STATES),
        (Reason, cycle_words.REASONS),
        (IndicatorGroup, cycle_words.GROUPS),
        (CampaignState, words.CAMPAIGN_STATES),
        (ParticipationState, words.PARTICIPATION),
        (Reach, words.REACH),
        (ReminderState, words.REMINDER_STATES),
        (Respondent, words.RESPONDENTS),
        (EventKind, words.EVENT_KINDS),
        (SurveyPrivacy, words.PRIVACY),
        (SurveyPrivacy, words.PRIVACY_EXPLAINED),
        (OrganisationKind, words.KINDS),
        (PositionGroup, words.POSITION_GROUPS),
        (TargetOrigin, indicator_words.ORIGINS),
        (BREAKDOWNS, indicator_words.HEADINGS),
    ],
)
def test_every_code_has_words(codes: object, said: object) -> None:
    assert set(codes) == set(said)  # type: ignore[call-overload]


def test_states_of_rows_are_those_that_storage_documents() -> None:
    from storage.models import Delivery, InboxUpdate

    for row, said in ((Delivery, system_words.DELIVERIES), (InboxUpdate, system_words.INBOX)):
        documented = set(re.findall(r"`([a-z]+)`", row.__doc__ or "")) - {"not"}
        assert set(said) == documented


def test_the_menu_has_one_present_entry() -> None:
    for path, title in (("/", "Цикл"), ("/campaigns/5/open", "Анкетирование"), ("/indicators/D1", "Показатели")):
        assert [entry.title for entry in navigation.ENTRIES if entry.is_current(path)] == [title]


def test_templates_hold_no_inline_script_style_or_foreign_address() -> None:
    for file in (ROOT / "admin" / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|https?://|\|\s*safe\b", text), file.name
