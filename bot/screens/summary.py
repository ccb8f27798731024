"""All answers of a survey before it is sent, in pages, each of them open to change."""

from markupsafe import Markup

from bot.screens.layout import Row, Rows, shortened
from bot.screens.model import Button, Screen
from bot.surveys.kinds import said
from bot.surveys.presses import SUMMARY, Op, Press
from bot.texts import plain, text
from core.surveys.model import Question
from core.surveys.situation import Situation
from core.surveys.steps import Step

PAGE = 10
"""Questions on a page; with the lengths below they stay under Telegram's 4096 characters."""
IN_A_ROW = 5
TITLE, ABOUT, SECTION, LABEL, SAID = 90, 60, 60, 110, 130


def summary(current: Step, *, page: int | None, near: int | None, notice: Markup | None) -> Screen:
    """One page of it: that page, or else the one with question `near`, or else the first."""
    situation = current.situation()
    asked = [one for one in current.definition.questions if one.is_asked and situation.is_relevant(one.name)]
    page = _page_of(asked, near) if page is None else max(0, min(page, (len(asked) - 1) // PAGE))
    start = page * PAGE
    shown = list(enumerate(asked[start : start + PAGE], start + 1))
    parts = [_top(current, len(asked), start, len(shown)), _entries(current, situation, shown), notice]
    rows = (*_numbers(current, shown), *_turning(current, page, len(asked)), *_ways(current, asked))
    return Screen(Markup("\n\n").join(part for part in parts if part), rows)


def _page_of(asked: list[Question], near: int | None) -> int:
    """Who comes from the last question has gone through all of them and reads from the top."""
    return next((place // PAGE for place, one in enumerate(asked[:-1]) if one.number == near), 0)


def _top(current: Step, total: int, start: int, count: int) -> Markup:
    title = shortened(current.campaign_title, TITLE)
    about = shortened(current.about, ABOUT)
    top = text("survey.summary.title", title=title, about=about, missing=len(current.missing))
    if total > PAGE:
        top += Markup("\n") + text("survey.summary.page", first=start + 1, last=start + count, total=total)
    return top


def _entries(current: Step, situation: Situation, shown: list[tuple[int, Question]]) -> Markup:
    lines: list[Markup] = []
    section: str | None = None
    for place, question in shown:
        if question.section != section and question.section is not None:
            title = situation.filled(current.definition.section(question.section).title).strip()
            heading = text("survey.section", title=shortened(title, SECTION)) if title else Markup()
            lines.append(Markup("\n") + heading)
        section = question.section
        lines.append(_entry(current, situation, place, question))
    return Markup("\n").join(lines).strip("\n")


def _entry(current: Step, situation: Situation, place: int, question: Question) -> Markup:
    label, value = shortened(situation.filled(question.label), LABEL), situation.answer(question)
    if value is None:
        key = "survey.summary.missing" if question.number in current.missing else "survey.summary.skipped"
        return text(key, number=place, label=label)
    words = shortened(" ".join(said(situation, question, value).split()), SAID)
    key = "survey.summary.broken" if question.number in current.missing else "survey.summary.entry"
    return text(key, number=place, label=label, said=words)


def _button(current: Step, label: str, op: Op, arg: int | None = None) -> Button:
    return Button(label, str(Press(current.response_id, current.visit, SUMMARY, op, arg)))


def _numbers(current: Step, shown: list[tuple[int, Question]]) -> Rows:
    buttons = [_button(current, str(place), Op.OPEN, question.number) for place, question in shown]
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))


def _turning(current: Step, page: int, total: int) -> Rows:
    earlier = [_button(current, plain("survey.summary.button.earlier"), Op.PAGE, page - 1)] if page > 0 else []
    last = (total - 1) // PAGE
    later = [_button(current, plain("survey.summary.button.later"), Op.PAGE, page + 1)] if page < last else []
    row: Row = (*earlier, *later)
    return (row,) if row else ()


def _ways(current: Step, asked: list[Question]) -> Rows:
    """Sending, or the way to what is still missing; then putting it aside."""
    forward = _button(current, plain("survey.summary.button.submit"), Op.SUBMIT)
    if current.missing:
        number = current.missing[0]
        place = next(place for place, one in enumerate(asked, 1) if one.number == number)
        forward = _button(current, plain("survey.summary.button.missing", number=place), Op.OPEN, number)
    back = () if current.is_first else (_button(current, plain("survey.button.back"), Op.BACK),)
    return ((forward,), (*back, _button(current, plain("survey.button.pause"), Op.PAUSE)))
