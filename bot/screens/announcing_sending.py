"""Now or later, and the last look before an announcement goes out."""

import math
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.screens.announcing_audience import reach_lines
from bot.screens.announcing_draft import WHOM, Composed
from bot.screens.announcing_plans import Plan
from bot.screens.announcing_presses import Op
from bot.screens.layout import Rows, one_below_another, shortened
from bot.screens.model import Screen
from bot.texts import text
from core.announcements.model import AnnouncementState
from core.timing.typed import say_moment

A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Delay:
    """What is due at `moment` waits until `until`; `all_day`: it is a day on which nothing is sent."""

    moment: datetime
    until: datetime
    all_day: bool


def when(composed: Composed) -> Screen:
    return Screen(
        text("announcing.when"),
        one_below_another(
            composed.button("now", Op.NOW),
            composed.button("at", Op.LATER),
            composed.button("again", Op.KEPT) if changeable(composed) and composed.detail.content.repeat else None,
            composed.button("back", Op.OPEN),
        ),
    )


def confirm_now(composed: Composed, at_once: bool, delay: Delay | None) -> Screen:
    """How many get it, who does not, and when the first one goes."""
    count = composed.reach.recipients
    if not count:
        return Screen(
            whole(composed, [text("announcing.confirm.nobody")]),
            one_below_another(composed.button("audience", Op.AUDIENCE), composed.button("back", Op.OPEN)),
        )
    rows: Rows = ((composed.button("send_now", Op.SEND, int(at_once), count=count),),)
    if delay is not None:
        rows += quiet_too(composed, at_once, Op.NOW, int(not at_once))
    return Screen(whole(composed, _start(composed, at_once, delay)), (*rows, (composed.button("back", Op.WHEN),)))


def confirm_at(composed: Composed, plan: Plan, delay: Delay | None) -> Screen:
    """Once, at that moment."""
    lines = [text("announcing.confirm.at", when=said(composed, plan.moment))]
    rows: Rows = ((composed.button("schedule", Op.SCHEDULE, *plan.args()),),)
    if delay is not None:
        lines += _delayed(composed, plan, delay)
        rows += quiet_too(composed, plan.at_once, Op.PLAN, *plan.turned().args())
    if changeable(composed):
        rows += ((composed.button("often", Op.OFTEN, *plan.args()),),)
    lines.append(text("announcing.confirm.another_time"))
    return Screen(whole(composed, lines), (*rows, (composed.button("back", Op.WHEN),)))


def changeable(composed: Composed) -> bool:
    """One that was missed is sent as it is."""
    return composed.detail.row.state is AnnouncementState.DRAFT


def quiet_too(composed: Composed, at_once: bool, op: Op, *args: object) -> Rows:
    """The switch for what cannot wait; `args`: as it is after the press."""
    key = "quiet_too_on" if at_once else "quiet_too_off"
    return ((composed.button(key, op, *args),),) if changeable(composed) else ()


def urgent(composed: Composed, quiet: Markup) -> Markup:
    """That it waits, and what to do if it cannot."""
    return quiet + (Markup(" ") + text("announcing.confirm.urgent") if changeable(composed) else Markup(""))


def published(count: int) -> Markup:
    """Said in place of the draft; a message of its own shows how it goes."""
    return text("announcing.published", count=count)


def whole(composed: Composed, when_lines: list[Markup]) -> Markup:
    lines = [
        text("announcing.confirm.people", whom=shortened(composed.whom, WHOM)),
        text("announcing.confirm.reach", count=composed.reach.recipients),
        *reach_lines(composed, "announcing.confirm.not_joined", "announcing.confirm.muted"),
    ]
    parts = [text("announcing.confirm.title"), Markup("\n").join(lines), *when_lines]
    if composed.reach.surnames:
        parts.append(text("announcing.draft.surnames", count=len(composed.reach.surnames)))
    return Markup("\n\n").join(parts)


def said(composed: Composed, moment: datetime) -> str:
    return say_moment(moment, composed.now, composed.detail.timezone)


def _start(composed: Composed, at_once: bool, delay: Delay | None) -> list[Markup]:
    """When the first one goes: with the quiet hours and without."""
    if delay is not None and not at_once:
        quiet = text("announcing.confirm.quiet", when=said(composed, delay.until), all_day=delay.all_day)
        return [urgent(composed, quiet)]
    seconds = max(1, math.ceil(composed.reach.seconds))
    if seconds < 2 * A_MINUTE:
        lines = [text("announcing.confirm.now", seconds=seconds)]
    else:
        lines = [text("announcing.confirm.now_minutes", minutes=math.ceil(seconds / A_MINUTE))]
    if delay is not None:
        lines.append(text("announcing.confirm.now_loud", when=said(composed, delay.until)))
    return lines


def _delayed(composed: Composed, plan: Plan, delay: Delay) -> list[Markup]:
    when_ = said(composed, delay.until)
    if plan.at_once:
        return [text("announcing.confirm.at_loud", when=when_)]
    quiet = text("announcing.confirm.at_quiet", when=when_, all_day=delay.all_day)
    return [urgent(composed, quiet)]
