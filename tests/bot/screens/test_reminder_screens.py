"""Every reminder fits a message, says its own words or the municipality's, and holds nothing out of the registry."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.screens.reminders import LISTED, screen
from core.reminders.model import Facts, Letter, ReminderKind, Whom
from tests.bot.screens.checks import check, words

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ZONE = "Asia/Irkutsk"
PERSON, METHODIST = Whom.PERSON, Whom.METHODIST
MANY = tuple(f"{number}. " + "Очень длинное название меры " * 20 for number in range(40))


def said(facts: Facts, own: str = "") -> str:
    return words(check(screen(Letter(facts, own, ZONE), NOW)))


@pytest.mark.parametrize(
    "facts",
    [
        Facts(ReminderKind.ATTESTATION, PERSON, TODAY),
        Facts(ReminderKind.ATTESTATION, Whom.COORDINATOR, date(2027, 5, 1), 21),
        Facts(ReminderKind.ATTESTATION, METHODIST, date(2027, 5, 1), 2),
        Facts(ReminderKind.INDICATORS, METHODIST, TODAY, 40, tuple(f"Q{number}" for number in range(40))),
        Facts(ReminderKind.PLAN, METHODIST, TODAY, 40, MANY),
        Facts(ReminderKind.EVENT, PERSON, NOW, items=("Семинар <b>" * 40,)),
    ],
    ids=lambda one: f"{one.kind}-{one.whom}",
)
def test_it_fits(facts: Facts) -> None:
    assert said(facts, "Свои <слова>! " * 40).startswith("Свои <слова>!")
    assert said(facts)


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (180, "около 6 месяцев"),
        (46, "около 2 месяцев"),
        (45, "около 6 недель"),
        (7, "около 1 недели"),
        (6, "меньше недели"),
        (0, "меньше недели"),
    ],
)
def test_of_an_attestation_only_about_how_long_is_said(days: int, left: str) -> None:
    """The very day is personal data of the registry (SPEC §3, privacy mode)."""
    end = TODAY + timedelta(days=days)
    told = said(Facts(ReminderKind.ATTESTATION, PERSON, end))
    assert left in told
    assert str(end.day) not in told.replace(left, "")


def test_more_than_can_be_read_is_counted() -> None:
    told = said(Facts(ReminderKind.PLAN, METHODIST, TODAY, 40, MANY))
    assert told.count("•") == LISTED
    assert "И ещё 32 меры" in told


def test_moments_are_the_municipalitys() -> None:
    assert "23 ноября, 11:00" in said(Facts(ReminderKind.EVENT, PERSON, NOW, items=("Семинар",)))
