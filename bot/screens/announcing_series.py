"""An announcement that is to go out again and again: how often, up to when, and the last look at all of it."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.screens.announcing_draft import Composed
from bot.screens.announcing_plans import OFFERED, How, Plan, ends_after
from bot.screens.announcing_presses import Op
from bot.screens.announcing_sending import Delay, quiet_too, said, urgent, whole
from bot.screens.layout import Row, one_below_another
from bot.screens.model import Screen
from bot.texts import text
from core.timing.repeat_words import say_repeat
from core.timing.repeating import Repeat
from core.timing.typed import say_day


def often(composed: Composed, plan: Plan) -> Screen:
    """Once, or one of those that are wanted most; what is chosen already is the way back."""
    once = Plan(plan.minute, at_once=plan.at_once)
    buttons = (composed.button(f"every_{one}", Op.PLAN, *replace(plan, how=one).args()) for one in OFFERED)
    return Screen(
        text("announcing.often", when=said(composed, plan.moment)),
        one_below_another(
            composed.button("once", Op.PLAN, *once.args()),
            *buttons,
            composed.button("back", Op.PLAN, *plan.args()) if plan.how is How.KEPT else None,
        ),
    )


def confirm(composed: Composed, plan: Plan, repeat: Repeat, delay: Delay | None, notice: str = "") -> Screen:
    """Said back in full."""
    first = _local(composed, plan.moment)
    how = say_repeat(repeat, first, _local(composed, composed.now))
    lines = [text("announcing.confirm.series", how=how), *_delayed(composed, plan, delay)]
    lines.append(text("announcing.confirm.last_day"))
    if notice:
        lines.append(text("survey.notice", words=notice))
    turned = plan.turned().args()
    return Screen(
        whole(composed, lines),
        (
            (composed.button("start", Op.START, *plan.args()),),
            *(quiet_too(composed, plan.at_once, Op.PLAN, *turned) if delay is not None else ()),
            _ends(composed, plan, first),
            (composed.button("otherwise", Op.OFTEN, *plan.args()),),
            (composed.button("back", Op.WHEN),),
        ),
    )


def over(composed: Composed) -> Screen:
    """The repetition of the draft has no day left."""
    return Screen(
        text("announcing.confirm.over"),
        one_below_another(composed.button("at", Op.LATER), composed.button("back", Op.WHEN)),
    )


def _ends(composed: Composed, plan: Plan, first: date) -> Row:
    """Other last days than the one that is chosen."""
    days = [composed.button("no_end", Op.PLAN, *replace(plan, until=None).args())] if plan.until else []
    days += [
        composed.button("until", Op.PLAN, *replace(plan, until=day).args(), day=say_day(day))
        for day in ends_after(first)
        if day != plan.until
    ]
    return tuple(days)


def _delayed(composed: Composed, plan: Plan, delay: Delay | None) -> list[Markup]:
    if delay is None:
        return []
    known = {"moment": said(composed, delay.moment), "when": said(composed, delay.until)}
    if plan.at_once:
        return [text("announcing.confirm.series_loud", **known)]
    return [urgent(composed, text("announcing.confirm.series_quiet", **known))]


def _local(composed: Composed, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(composed.detail.timezone)).date()
