"""Checks of a campaign before it is made, opened, extended or closed. Pure; every refusal is an AppError."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from core.audiences.model import Audience
from core.campaigns.model import HELP_CONTACT, CampaignRow, CampaignState, PreviousWave
from core.campaigns.reminders import LONGEST, MOST, ReminderPlan
from core.errors import AppError
from core.surveys.model import Respondent, SurveyDefinition, SurveyPrivacy

TITLE_LENGTH = 200
HELP_CONTACT_LENGTH = 500

AUDIENCE_PARTS: Mapping[Respondent, frozenset[str]] = MappingProxyType(
    {
        Respondent.TEACHER: frozenset(one.name for one in fields(Audience)),
        Respondent.ORGANISATION: frozenset({"kinds", "organisations"}),
        Respondent.PAIR: frozenset({"kinds", "organisations"}),
        Respondent.PARTICIPANT: frozenset(),
    }
)
"""Which conditions of an audience mean something for whom a survey is put to."""


def checked_title(title: str) -> str:
    """Without spaces around it. Raises campaign.title_empty, campaign.title_long."""
    title = " ".join(title.split())
    if not title:
        raise AppError("campaign.title_empty")
    if len(title) > TITLE_LENGTH:
        raise AppError("campaign.title_long", limit=TITLE_LENGTH)
    return title


def check_dates(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Raises campaign.closes_before_opening, campaign.closes_in_past."""
    if closes_at <= opens_at:
        raise AppError("campaign.closes_before_opening")
    if closes_at <= now:
        raise AppError("campaign.closes_in_past")


def checked_options(definition: SurveyDefinition, options: Mapping[str, Any]) -> dict[str, Any]:
    """Every switch of the survey with its value, and the help contact when one is given.

    Raises campaign.unknown_option, campaign.help_contact_long.
    """
    contact = str(options.get(HELP_CONTACT) or "").strip()
    if len(contact) > HELP_CONTACT_LENGTH:
        raise AppError("campaign.help_contact_long", limit=HELP_CONTACT_LENGTH)
    known = {option.name: option.default for option in definition.options}
    if unknown := set(options) - set(known) - {HELP_CONTACT}:
        raise AppError("campaign.unknown_option", name=sorted(unknown)[0])
    switches = {name: bool(options.get(name, default)) for name, default in known.items()}
    return {**switches, HELP_CONTACT: contact} if contact else switches


def fitting(audience: Audience, respondent: Respondent) -> Audience:
    """The conditions that mean something here; what was left over from another form is dropped."""
    parts = AUDIENCE_PARTS[respondent]
    return replace(Audience(), **{part: getattr(audience, part) for part in parts})


def check_event(respondent: Respondent, event_id: int | None) -> None:
    """Raises campaign.event_missing, campaign.event_unwanted."""
    if respondent is Respondent.PARTICIPANT and event_id is None:
        raise AppError("campaign.event_missing")
    if respondent is not Respondent.PARTICIPANT and event_id is not None:
        raise AppError("campaign.event_unwanted")


def check_reminders(plan: ReminderPlan) -> None:
    """Raises campaign.reminders_unsound."""
    if not plan.is_sound:
        raise AppError("campaign.reminders_unsound", most=MOST, longest=LONGEST)


def with_waves(rows: Sequence[CampaignRow]) -> list[CampaignRow]:
    """The same rows in the same order; campaigns of one survey in one municipality numbered by their opening.

    One that has not opened yet would be the next.
    """
    opened: dict[tuple[int, str], list[CampaignRow]] = {}
    for one in sorted((row for row in rows if row.opened_at), key=lambda row: (row.opened_at, row.id)):
        opened.setdefault(_series(one), []).append(one)
    return [_numbered(one, opened.get(_series(one), [])) for one in rows]


def _series(row: CampaignRow) -> tuple[int, str]:
    return row.municipality_id, row.survey_code


def _numbered(row: CampaignRow, opened: list[CampaignRow]) -> CampaignRow:
    before = opened[: opened.index(row)] if row in opened else opened
    previous = PreviousWave(before[-1].id, before[-1].title, before[-1].share) if before else None
    return replace(row, wave=len(before) + 1, previous=previous)


def needs_help_contact(privacy: SurveyPrivacy) -> bool:
    """An anonymous survey asks how people feel; nobody could come back to them, so they must know whom to ask."""
    return privacy is SurveyPrivacy.ANONYMOUS


def check_can_open(
    state: CampaignState, privacy: SurveyPrivacy, contact: str, closes_at: datetime, now: datetime
) -> None:
    """Raises campaign.closed, campaign.closes_in_past, campaign.help_contact_missing."""
    if state is CampaignState.CLOSED:
        raise AppError("campaign.closed")
    if closes_at <= now:
        raise AppError("campaign.closes_in_past")
    if needs_help_contact(privacy) and not contact:
        raise AppError("campaign.help_contact_missing")


def check_can_change(state: CampaignState) -> None:
    """Raises campaign.already_opened: whom it asks and what must stay once somebody has been told."""
    if state not in {CampaignState.DRAFT, CampaignState.SCHEDULED}:
        raise AppError("campaign.already_opened")


def check_extension(state: CampaignState, closes_at: datetime, now: datetime) -> None:
    """Raises campaign.closed (its release is frozen), campaign.closes_in_past."""
    if state is CampaignState.CLOSED:
        raise AppError("campaign.closed")
    if closes_at <= now:
        raise AppError("campaign.closes_in_past")
