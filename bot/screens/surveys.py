"""Which surveys wait for a person, and what one should know before the first question."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from bot.screens.layout import button, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.campaigns.model import ParticipationState
from core.surveys.model import Respondent, SurveyPrivacy
from core.surveys.steps import SurveyCard

LISTED = 8
"""Surveys in a list; nobody answers more of them at a time."""
TITLE, ABOUT, PURPOSE = 150, 100, 1200

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
_PRIVACY_ABOUT: Mapping[SurveyPrivacy, str] = MappingProxyType({**_PRIVACY, SurveyPrivacy.NAMED: "privacy.card.about"})
"""For what is not about oneself: the answers serve something else than one's own training."""
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
    titles = Counter(card.title for card in shown)
    buttons = (
        button(_label(card, titles), f"surveys:card:{card.ask}") for card in shown if card in waiting or card.has_result
    )
    return Screen(Markup("\n\n").join(parts), one_below_another(*buttons))


def card(survey: SurveyCard) -> Screen:
    """What it is for, how long it takes, who will see the answers; the way in."""
    back = Button(plain("surveys.button.all"), "surveys:list")
    words = text(_card_key(survey), **_known(survey), privacy=_privacy(survey))
    if survey.state is ParticipationState.SUBMITTED:
        look = Button(plain("surveys.button.result"), f"surveys:result:{survey.ask}")
        return Screen(words, one_below_another(*([look] if survey.has_result else []), back))
    key = "surveys.button.resume" if survey.state is ParticipationState.BEGUN else "surveys.button.begin"
    return Screen(words, one_below_another(Button(plain(key), f"surveys:begin:{survey.ask}"), back))


def invitation(survey: SurveyCard) -> Screen:
    """The first word about a new survey."""
    words = text("surveys.invitation", **_known(survey), privacy=text(_PRIVACY_SHORT[survey.privacy]))
    return Screen(words, ((_look(survey),),))


def reminder(survey: SurveyCard) -> Screen:
    """Another word about a survey: one for those who never began, another for those who paused."""
    if survey.state is ParticipationState.BEGUN:
        onward = Button(plain("surveys.button.resume"), f"surveys:begin:{survey.ask}")
        return Screen(text("surveys.reminder.paused", **_known(survey)), ((onward,),))
    return Screen(text("surveys.reminder.not_begun", **_known(survey)), ((_look(survey),),))


def _look(survey: SurveyCard) -> Button:
    return Button(plain("surveys.button.look"), f"surveys:card:{survey.ask}")


def _card_key(survey: SurveyCard) -> str:
    """A colleague may have answered for the organisation."""
    colleague = survey.respondent is Respondent.ORGANISATION and survey.response_id is None
    if survey.state is ParticipationState.SUBMITTED and colleague:
        return "surveys.card.by_colleague"
    return _CARD[survey.state]


def _privacy(survey: SurveyCard) -> Markup:
    keys = _PRIVACY if survey.respondent is Respondent.TEACHER else _PRIVACY_ABOUT
    return text(keys[survey.privacy], k=survey.k)


def _label(survey: SurveyCard, titles: Counter[str]) -> str:
    """Of several surveys with one title the button says first what each is about."""
    if titles[survey.title] > 1 and survey.about:
        return plain("surveys.button.one_of", about=survey.about, title=survey.title)
    return survey.title


def _known(survey: SurveyCard) -> dict[str, object]:
    return {
        "title": shortened(survey.title, TITLE),
        "about": shortened(survey.about, ABOUT),
        "purpose": shortened(survey.purpose, PURPOSE),
        "minutes": survey.minutes,
        "closes_at": survey.closes_at,
        "zone": survey.timezone,
        "position": survey.position,
        "total": survey.total,
    }
