"""Now or later, and the last look before an announcement goes out."""

import math
from datetime import datetime

from markupsafe import Markup

from bot.screens.announcing_audience import reach_lines
from bot.screens.announcing_draft import WHOM, Composed
from bot.screens.announcing_presses import Op
from bot.screens.layout import Row, one_below_another, shortened
from bot.screens.model import Screen
from bot.texts import plain, text
from core.timing.typed import say_moment

A_MINUTE = 60


def when(composed: Composed) -> Screen:
    return Screen(
        text("announcing.when"),
        one_below_another(
            composed.button("now", Op.NOW), composed.button("at", Op.LATER), composed.button("back", Op.OPEN)
        ),
    )


def confirm_now(composed: Composed) -> Screen:
    """How many get it, who does not, and when the first one goes."""
    count = composed.reach.recipients
    if not count:
        return Screen(
            _whole(composed, [text("announcing.confirm.nobody")]),
            one_below_another(composed.button("audience", Op.AUDIENCE), composed.button("back", Op.OPEN)),
        )
    send: Row = (composed.button("send_now", Op.SEND, count=count),)
    return Screen(_whole(composed, [_start(composed)]), (send, (composed.button("back", Op.WHEN),)))


def confirm_at(composed: Composed, moment: datetime, allowed: datetime) -> Screen:
    """`allowed`: when messages may go out that are due at `moment`."""
    at = text("announcing.confirm.at", when=say_moment(moment, composed.now, composed.detail.timezone))
    lines = [at, text("announcing.confirm.another_time")]
    if allowed > moment:
        lines.insert(1, text("announcing.confirm.at_quiet"))
    schedule: Row = (composed.button("schedule", Op.SCHEDULE, int(moment.timestamp() // A_MINUTE)),)
    return Screen(_whole(composed, lines), (schedule, (composed.button("back", Op.WHEN),)))


def published(count: int) -> Markup:
    """Said in place of the draft; a message of its own shows how it goes."""
    return text("announcing.published", count=count)


def scheduled(composed: Composed) -> str:
    send_at = composed.detail.row.send_at or composed.now
    return plain("announcing.scheduled", when=say_moment(send_at, composed.now, composed.detail.timezone))


def _whole(composed: Composed, when_lines: list[Markup]) -> Markup:
    lines = [
        text("announcing.confirm.people", whom=shortened(composed.whom, WHOM)),
        text("announcing.confirm.reach", count=composed.reach.recipients),
        *reach_lines(composed, "announcing.confirm.not_joined", "announcing.confirm.muted"),
    ]
    parts = [text("announcing.confirm.title"), Markup("\n").join(lines), Markup("\n").join(when_lines)]
    if composed.reach.surnames:
        parts.append(text("announcing.draft.surnames", count=len(composed.reach.surnames)))
    return Markup("\n\n").join(parts)


def _start(composed: Composed) -> Markup:
    if composed.reach.when > composed.now:
        return text(
            "announcing.confirm.quiet", when=say_moment(composed.reach.when, composed.now, composed.detail.timezone)
        )
    seconds = max(1, math.ceil(composed.reach.seconds))
    if seconds < 2 * A_MINUTE:
        return text("announcing.confirm.now", seconds=seconds)
    return text("announcing.confirm.now_minutes", minutes=math.ceil(seconds / A_MINUTE))
