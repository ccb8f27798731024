"""Checks of a campaign before it is made, opened, extended or closed. Pure; every refusal is an AppError."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.campaigns.model import HELP_CONTACT, CampaignState
from core.errors import AppError
from core.surveys.model import SurveyDefinition, SurveyPrivacy

TITLE_LENGTH = 200
HELP_CONTACT_LENGTH = 500


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


def check_extension(state: CampaignState, closes_at: datetime, now: datetime) -> None:
    """Raises campaign.closed (its release is frozen), campaign.closes_in_past."""
    if state is CampaignState.CLOSED:
        raise AppError("campaign.closed")
    if closes_at <= now:
        raise AppError("campaign.closes_in_past")
