"""Which surveys wait for a person, and what one should know before the first question."""

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from bot.screens.layout import button, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.campaigns.model import ParticipationState
from core.surveys.model import SurveyPrivacy
from core.surveys.steps import SurveyCard

LISTED = 8
"""Surveys in a list; nobody answers more of them at a time."""
TITLE, PURPOSE = 150, 1200

_ITEM: Mapping[ParticipationState, str] = MappingProxyType(
    {
        ParticipationState.INVITED: "surveys.item.invited",
        ParticipationState.BEGUN: "surveys.item.begun",
        ParticipationState.SUBMITTED: "surveys.item.submitted",
    }
)
_CARD: Mapping[ParticipationState, str] = MappingProxyType(
    {
        ParticipationState.INVITED: "surveys.card.invited",
        ParticipationState.BEGUN: "surveys.card.begun",
        ParticipationState.SUBMITTED: "surveys.card.submitted",
    }
)
_PRIVACY: Mapping[SurveyPrivacy, str] = MappingProxyType(
    {
        SurveyPrivacy.NAMED: "privacy.card.named",
        SurveyPrivacy.CONFIDENTIAL: "privacy.card.confidential",
        SurveyPrivacy.ANONYMOUS: "privacy.card.anonymous",
    }
)
_PRIVACY_SHORT: Mapping[SurveyPrivacy, str] = MappingProxyType(
    {
        SurveyPrivacy.NAMED: "privacy.short.named",
        SurveyPrivacy.CONFIDENTIAL: "privacy.short.confidential",
        SurveyPrivacy.ANONYMOUS: "privacy.short.anonymous",
    }
)


def listing(cards: list[SurveyCard]) -> Screen:
    """Unanswered ones first, then those that are done; a button for each that there is something to do with."""
    if not cards:
        return Screen(text("surveys.none"))
    waiting = [card for card in cards if card.state is not ParticipationState.SUBMITTED]
    done = [card for card in cards if card.state is ParticipationState.SUBMITTED]
    shown = (waiting + done)[:LISTED]
    parts = [text("surveys.list"), *(text(_ITEM[card.state], **_known(card)) for card in shown)]
    if len(cards) > len(shown):
        parts.append(text("surveys.more", count=len(cards) - len(shown)))
    buttons = (
        button(card.title, f"surveys:card:{card.campaign_id}") for card in shown if card in waiting or card.has_result
    )
    return Screen(Markup("\n\n").join(parts), one_below_another(*buttons))


def card(survey: SurveyCard) -> Screen:
    """What it is for, how long it takes, who will see the answers; the way in."""
    back = Button(plain("surveys.button.all"), "surveys:list")
    words = text(_CARD[survey.state], **_known(survey), privacy=text(_PRIVACY[survey.privacy], k=survey.k))
    if survey.state is ParticipationState.SUBMITTED:
        look = Button(plain("surveys.button.result"), f"surveys:result:{survey.campaign_id}")
        return Screen(words, one_below_another(*([look] if survey.has_result else []), back))
    key = "surveys.button.resume" if survey.state is ParticipationState.BEGUN else "surveys.button.begin"
    return Screen(words, one_below_another(Button(plain(key), f"surveys:begin:{survey.campaign_id}"), back))


def invitation(survey: SurveyCard) -> Screen:
    """The first word about a new survey."""
    words = text("surveys.invitation", **_known(survey), privacy=text(_PRIVACY_SHORT[survey.privacy]))
    look = Button(plain("surveys.button.look"), f"surveys:card:{survey.campaign_id}")
    return Screen(words, ((look,),))


def _known(survey: SurveyCard) -> dict[str, object]:
    return {
        "title": shortened(survey.title, TITLE),
        "purpose": shortened(survey.purpose, PURPOSE),
        "minutes": survey.minutes,
        "closes_at": survey.closes_at,
        "zone": survey.timezone,
        "position": survey.position,
        "total": survey.total,
    }
