"""How an announcement goes: the message that is edited in its author's chat, and the same in the list."""

from markupsafe import Markup

from bot.screens.announcing import all_of_them
from bot.screens.announcing_presses import Op, of
from bot.screens.layout import Rows, button, one_below_another
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.announcements.model import PER_SECOND, AnnouncementState, Counts, PressKind, Standing
from core.announcements.rules import Step, steps

BAR = 10
_STEPS = (
    (Step.PAUSE, "pause", Op.PAUSE),
    (Step.GO_ON, "go_on", Op.GO_ON),
    (Step.STOP, "stop", Op.STOP),
    (Step.CORRECT, "correct", Op.CORRECT),
    (Step.RECALL, "recall", Op.RECALL),
)


def progress(standing: Standing, municipality_id: int | None = None, notice: str = "") -> Screen:
    """With the way back where it was opened by a press: there nothing edits it, so it can be asked for again."""
    lines = [
        text(f"announcing.progress.{standing.state}"),
        text("announcing.progress.heading", heading=standing.heading or plain("announcing.home.no_text")),
        *_figures(standing),
    ]
    if notice:
        lines.append(text("survey.notice", words=notice))
    return Screen(Markup("\n").join(lines), _buttons(standing, municipality_id))


def ask_stop(announcement_id: int) -> Screen:
    return _ask(announcement_id, text("announcing.progress.ask_stop"), "stop_sure", Op.STOP_SURE)


def ask_recall(announcement_id: int, count: int) -> Screen:
    return _ask(announcement_id, text("announcing.progress.ask_recall", count=count), "recall_sure", Op.RECALL_SURE)


def decided(announcement_id: int, words: Markup) -> Screen:
    """A word about what was done; how it goes stands elsewhere."""
    return Screen(words, ((Button(plain("announcing.button.look_how"), of(announcement_id, 0, Op.OPEN)),),))


def _ask(announcement_id: int, words: Markup, key: str, op: Op) -> Screen:
    return Screen(
        words,
        one_below_another(
            Button(plain(f"announcing.button.{key}"), of(announcement_id, 0, op)),
            Button(plain("announcing.button.keep"), of(announcement_id, 0, Op.KEEP)),
        ),
    )


def _figures(standing: Standing) -> list[Markup]:
    counts = standing.counts
    if standing.state in (AnnouncementState.SENDING, AnnouncementState.PAUSED) and counts.open:
        return [*_so_far(standing), *_troubles(counts), *_pressed(standing)]
    lines = [text("announcing.progress.sent", count=counts.sent, total=counts.total), *_troubles(counts)]
    lines += _pressed(standing)
    for key, one in (("edits", standing.edits), ("recalls", standing.recalls)):
        if one.total:
            lines.append(text(f"announcing.progress.{key}", done=one.sent, total=one.total))
    if counts.unreachable or counts.failed or counts.unknown or counts.doubtful:
        lines.append(text("announcing.progress.cabinet"))
    return lines


def _so_far(standing: Standing) -> list[Markup]:
    """How far, and how long still; the seconds are those at Telegram's limit."""
    counts = standing.counts
    done = counts.total - counts.open
    full = BAR * done // max(1, counts.total)
    bar = plain("announcing.bar_full") * full + plain("announcing.bar_empty") * (BAR - full)
    running = standing.state is AnnouncementState.SENDING and not standing.resting
    seconds = -(-counts.waiting // PER_SECOND) if running else 0
    return [
        text("announcing.progress.bar", bar=bar),
        text("announcing.progress.so_far", sent=done, total=counts.total, seconds=seconds),
        *([text("announcing.progress.resting")] if standing.resting else []),
    ]


def _troubles(counts: Counts) -> list[Markup]:
    names = ("merged", "unreachable", "failed", "unknown", "cancelled", "doubtful")
    return [text(f"announcing.progress.{name}", count=getattr(counts, name)) for name in names if getattr(counts, name)]


def _pressed(standing: Standing) -> list[Markup]:
    return [
        text(f"announcing.progress.{kind}", count=standing.pressed[kind])
        for kind in PressKind
        if standing.pressed.get(kind)
    ]


def _buttons(standing: Standing, municipality_id: int | None) -> Rows:
    allowed = steps(standing.state)
    made = [
        button(plain(f"announcing.button.{key}"), of(standing.announcement_id, 0, op))
        for step, key, op in _STEPS
        if step in allowed
    ]
    made.append(button(plain("announcing.button.copy"), of(standing.announcement_id, 0, Op.COPY)))
    rows = tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))
    if municipality_id is None:
        return rows
    again = Button(plain("announcing.button.refresh"), of(standing.announcement_id, 0, Op.OPEN))
    return (*rows, *(() if standing.finished else ((again,),)), (all_of_them(municipality_id),))
