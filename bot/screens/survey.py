"""The one message of a survey: a question, the answers to be checked, a pause, the end."""

from markupsafe import Markup

from bot.screens.layout import Row, Rows, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.screens.summary import summary
from bot.surveys.kinds import KINDS, Asked
from bot.surveys.presses import Op
from bot.texts import plain, text
from core.surveys.model import Question
from core.surveys.steps import Step

TITLE, SECTION, QUESTION, HINT, NOTE, NOTICE = 90, 100, 1100, 500, 2600, 250
"""Longest parts, in characters, so that all of them with a page of choices stay under Telegram's 4096."""
BAR = 10


def step(current: Step, *, page: int | None = None, near: int | None = None, notice: Markup | None = None) -> Screen:
    """What the person should see now; `near` is the question whose page of the summary comes up."""
    if current.question is None:
        return summary(current, page=page, near=near, notice=_notice(notice))
    return _question(current, current.question, page, notice)


def paused(current: Step) -> Screen:
    """Put aside; the button goes on from here."""
    words = text("survey.paused", title=_title(current), closes_at=current.closes_at, zone=current.timezone)
    return Screen(
        words,
        one_below_another(
            Button(plain("surveys.button.resume"), f"surveys:begin:{current.campaign_id}"),
            Button(plain("surveys.button.list"), "surveys:list"),
        ),
    )


def ended() -> Screen:
    """In place of the question, when the survey has been closed meanwhile."""
    return Screen(text("survey.ended"), one_below_another(Button(plain("surveys.button.list"), "surveys:list")))


def progress_bar(position: int, total: int) -> str:
    """How far, in ten segments; only the end fills the last one."""
    full = BAR if position >= total else min(BAR - 1, position * BAR // max(total, 1))
    return plain("survey.bar.full") * full + plain("survey.bar.empty") * (BAR - full)


def _question(current: Step, question: Question, page: int | None, notice: Markup | None) -> Screen:
    kind = KINDS[question.type]
    asked = Asked(current.response_id, current.visit, question, current.answers.get(question.number), page)
    parts = (_header(current, question), _wording(question), kind.body(asked), _notice(notice))
    rows = (*kind.rows(asked), *_ways(current, asked, kind.forward(asked)))
    return Screen(Markup("\n\n").join(part for part in parts if part), rows)


def _header(current: Step, question: Question) -> Markup:
    place = current.progress
    lines = [text("survey.header_note", title=_title(current))]
    if question.is_asked:
        bar = progress_bar(place.position, place.total)
        lines = [text("survey.header", title=_title(current), position=place.position, total=place.total, bar=bar)]
    if question.section is not None:
        title = current.definition.section(question.section).title
        lines.append(text("survey.section", title=shortened(title, SECTION)))
    return Markup("\n").join(lines)


def _wording(question: Question) -> Markup:
    if not question.is_asked:
        return text("survey.note", label=shortened(question.label, NOTE))
    wording = text("survey.question", label=shortened(question.label, QUESTION))
    if question.hint:
        wording += Markup("\n") + text("survey.hint", hint=shortened(question.hint, HINT))
    return wording


def _ways(current: Step, asked: Asked, forward: Button | None) -> Rows:
    """Back and on, then putting it aside: always in this order, below the answers."""
    back = None
    if current.from_summary:
        back = asked.button(plain("survey.button.to_summary"), Op.BACK)
    elif not current.is_first:
        back = asked.button(plain("survey.button.back"), Op.BACK)
    walk: Row = tuple(one for one in (back, forward) if one is not None)
    clear = None
    if asked.answer is not None and not asked.question.required:
        clear = asked.button(plain("survey.button.clear"), Op.SKIP)
    pause = asked.button(plain("survey.button.pause"), Op.PAUSE)
    aside: Row = tuple(one for one in (clear, pause) if one is not None)
    return (walk, aside) if walk else (aside,)


def _title(current: Step) -> str:
    return shortened(current.campaign_title, TITLE)


def _notice(words: Markup | None) -> Markup | None:
    if words is None:
        return None
    return text("survey.notice", words=shortened(str(words.unescape()), NOTICE))
