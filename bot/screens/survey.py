"""The one message of a survey: a question, the answers to be checked, a pause, the end."""

from markupsafe import Markup

from bot.screens.layout import Row, Rows, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.screens.summary import summary
from bot.surveys.kinds import AS_OPENED, Asked, Look, asked, choices, kind_of
from bot.surveys.presses import Op
from bot.texts import plain, text
from core.surveys.model import Question
from core.surveys.steps import Step

TITLE, ABOUT, SECTION, SUGGESTED, SOUGHT, NOTICE = 90, 60, 100, 250, 60, 250
"""Longest parts, in characters, beside those of the question itself."""
BAR = 10


def step(current: Step, *, look: Look = AS_OPENED, near: int | None = None, notice: Markup | None = None) -> Screen:
    """What the person should see now; `near` is the question whose page of the summary comes up."""
    if current.question is None:
        return summary(current, page=look.page, near=near, notice=_notice(notice))
    return _question(current, current.question, look, notice)


def search(current: Step, words: str) -> Screen | None:
    """The choices of a long list that have these words in them; None where typed words are something else."""
    if current.question is None:
        return None
    look = Look(sought=words)
    here = asked(current, current.question, look)
    if not kind_of(current.definition, current.question).can_search(here):
        return None
    if choices.shown(here):
        return step(current, look=look)
    return step(current, notice=text("survey.nothing_found", words=shortened(words, SOUGHT)))


def paused(current: Step) -> Screen:
    """Put aside; the button goes on from here."""
    known = {"title": _title(current), "about": shortened(current.about, ABOUT)}
    words = text("survey.paused", **known, closes_at=current.closes_at, zone=current.timezone)
    return Screen(
        words,
        one_below_another(
            Button(plain("surveys.button.resume"), f"surveys:begin:{current.ask}"),
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


def _question(current: Step, question: Question, look: Look, notice: Markup | None) -> Screen:
    kind = kind_of(current.definition, question)
    here = asked(current, question, look)
    parts = (_header(here), kind.wording(here), _suggested(here), kind.body(here), _notice(notice))
    rows = (*_confirming(here), *kind.rows(here), *_ways(here, kind.forward(here)))
    return Screen(Markup("\n\n").join(part for part in parts if part), rows)


def _header(here: Asked) -> Markup:
    place = here.step.progress
    known = {"title": _title(here.step), "about": shortened(here.step.about, ABOUT)}
    lines = [text("survey.header_note", **known)]
    if here.question.is_asked:
        bar = progress_bar(place.position, place.total)
        lines = [text("survey.header", **known, position=place.position, total=place.total, bar=bar)]
    if section := _section(here):
        lines.append(text("survey.section", title=shortened(section, SECTION)))
    return Markup("\n").join(lines)


def _section(here: Asked) -> str:
    """The title above the question; a table has it as its heading."""
    if here.question.section is None:
        return ""
    section = here.step.definition.section(here.question.section)
    return "" if section.matrix else here.situation.filled(section.title).strip()


def _suggested(here: Asked) -> Markup | None:
    """What one press confirms (SPEC §4, "Respect for time"); what the survey only guesses is called so."""
    default = here.question.default
    if here.suggestion is None or default is None:
        return None
    known = any(not here.step.definition.has(reference.name) for reference in default.references)
    words = shortened(" ".join(here.said(here.suggestion).split()), SUGGESTED)
    return text("survey.suggested.known" if known else "survey.suggested.likely", answer=words)


def _confirming(here: Asked) -> Rows:
    if here.suggestion is None:
        return ()
    return ((here.button(plain("survey.button.confirm"), Op.PROCEED),),)


def _ways(here: Asked, forward: Button | None) -> Rows:
    """Back and on, then putting it aside: always in this order, below the answers."""
    back = None
    if here.step.from_summary:
        back = here.button(plain("survey.button.to_summary"), Op.BACK)
    elif not here.step.is_first:
        back = here.button(plain("survey.button.back"), Op.BACK)
    walk: Row = tuple(one for one in (back, forward) if one is not None)
    clear = None
    if here.answer is not None and not here.required:
        clear = here.button(plain("survey.button.clear"), Op.SKIP)
    pause = here.button(plain("survey.button.pause"), Op.PAUSE)
    aside: Row = tuple(one for one in (clear, pause) if one is not None)
    return (walk, aside) if walk else (aside,)


def _title(current: Step) -> str:
    return shortened(current.campaign_title, TITLE)


def _notice(words: Markup | None) -> Markup | None:
    if words is None:
        return None
    return text("survey.notice", words=shortened(str(words.unescape()), NOTICE))
