"""A rehearsal, worked out from beginning to end. Pure: no database, and the same plan gives the same figures."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.rehearsal import findings, forecast
from core.rehearsal.counting import counted
from core.rehearsal.crowd import crowd, questionnaires
from core.rehearsal.model import USUAL_RATE, Asked, Invitations, Plan, Rehearsal
from core.surveys.model import SurveyPrivacy

PER_SECOND = 30
"""Messages in all (Telegram's Bot FAQ, "My bot is hitting limits")."""
CHAT_PAUSE = 1.0
"""Seconds between two messages to one person (the same page)."""


def rehearse(plan: Plan) -> Rehearsal:
    """Some seconds for thousands of people; to be run beside the event loop."""
    asked = questionnaires(plan)
    found = crowd(plan, asked)
    cast = forecast.ballots(plan, asked, found.everybody)
    usual = forecast.answered(plan, cast, USUAL_RATE)
    protected = plan.definition.privacy is not SurveyPrivacy.NAMED
    report = forecast.protected(plan, usual) if protected else counted(plan.definition, list(usual.values()))
    return Rehearsal(
        asked=len(asked),
        walked=len(found.people),
        minutes=findings.minutes(plan.definition, found),
        unreached=findings.unreached(plan.definition, found.walks) if asked else (),
        traps=findings.traps(plan.definition, found.walks),
        groups=forecast.groups(plan, asked, cast) if protected else (),
        k=plan.k,
        clusters=forecast.clusters(asked, plan.k),
        invitations=invitations(plan.asked, plan.invites_at or plan.opens_at),
        answered=len(usual),
        report=report,
    )


def invitations(asked: Sequence[Asked], first_at: datetime) -> Invitations:
    """When the last one goes out if nothing else is sent meanwhile."""
    each = Counter(one.key[0] for one in asked if one.joined)
    messages = sum(each.values())
    last = None
    if messages:
        pauses = CHAT_PAUSE * (max(each.values()) - 1)
        last = first_at + timedelta(seconds=max((messages - 1) / PER_SECOND, pauses))
    return Invitations(messages, len(asked) - messages, first_at, last)
