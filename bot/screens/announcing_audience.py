"""Whom an announcement is for, put together with buttons; how many it would reach is said after every press."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.screens.announcing_draft import WHOM, Composed
from bot.screens.announcing_presses import Op, of
from bot.screens.layout import Row, Rows, button, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.audiences.model import Audience, SavedAudienceRow
from core.audiences.options import Option, Part, chosen
from core.errors import NotFound

PAGE = 8
"""Choices on one screen."""
SAVED = 10
PARTS = tuple(Part)
SEARCHED = frozenset({Part.ORGANISATIONS, Part.POSITIONS, Part.SUBJECTS, Part.ASSOCIATIONS, Part.CAMPAIGN, Part.EVENT})
"""Lists that may be long: a part of a name can be typed."""


def audience(composed: Composed) -> Screen:
    """All groups of conditions, the numbers of what is chosen on them."""
    content = composed.detail.content
    offered = [one for one in PARTS if one is not Part.ANSWERED or content.audience.campaign is not None]
    groups = [_part_button(composed, one) for one in offered]
    saved = composed.button("saved", Op.SAVED)
    everybody = None if content.audience.is_everybody else composed.button("everybody", Op.EVERYBODY)
    last = tuple(one for one in (saved, everybody) if one is not None)
    rows = tuple(tuple(groups[at : at + 2]) for at in range(0, len(groups), 2))
    words = text("announcing.audience.text", whom=shortened(composed.whom, WHOM))
    return Screen(words + Markup("\n\n") + _reach(composed), (*rows, last, (composed.button("ready", Op.OPEN),)))


def part(composed: Composed, which: Part, offered: Sequence[Option], page: int) -> Screen:
    """The choices of one group, some on a page."""
    pages = max(1, -(-len(offered) // PAGE))
    page = min(page, pages - 1)
    shown = offered[page * PAGE : (page + 1) * PAGE]
    words = _part_words(composed, which)
    if not offered:
        words += Markup("\n\n") + text("announcing.audience.part.nothing")
    elif which in SEARCHED and len(offered) > PAGE:
        words += Markup("\n\n") + text("announcing.audience.part.search")
    turning = _turning(composed, which, page, pages)
    return Screen(words, (*_choices(composed, which, shown, page), *turning, *_ways_out(composed, which)))


def found(composed: Composed, which: Part, offered: Sequence[Option], words: str) -> Screen:
    """What was found by typed words. Pressed there, a choice is shown again on its page of the whole list."""
    if offered:
        said = text("announcing.audience.part.found", count=len(offered), limit=PAGE)
    else:
        said = text("announcing.audience.part.not_found", words=shortened(words, 60))
    lines = _part_words(composed, which) + Markup("\n\n") + said
    return Screen(lines, (*_choices(composed, which, offered[:PAGE], 0), *_ways_out(composed, which)))


def saved(composed: Composed, rows: Sequence[SavedAudienceRow]) -> Screen:
    """Audiences under a name."""
    buttons = (button(one.title, of(composed.id, composed.detail.revision, Op.USE, one.id)) for one in rows[:SAVED])
    words = text("announcing.audience.saved") if rows else text("announcing.audience.no_saved")
    return Screen(words, one_below_another(*buttons, composed.button("to_audience", Op.AUDIENCE)))


def page_of(offered: Sequence[Option], value: str) -> int:
    """The page on which a choice stands."""
    return next((at // PAGE for at, one in enumerate(offered) if one.value == value), 0)


def number_of(which: Part) -> int:
    """Its place among all parts, as buttons name it."""
    return PARTS.index(which)


def part_at(number: int) -> Part:
    """Raises NotFound for what no button of ours can have said."""
    if number >= len(PARTS):
        raise NotFound
    return PARTS[number]


def reach_lines(composed: Composed, not_joined: str, muted: str) -> list[Markup]:
    """Who of the audience does not get it, as far as there are any."""
    away = composed.reach.people - composed.reach.joined
    lines = [text(not_joined, count=away)] if away else []
    return [*lines, text(muted, count=composed.reach.muted)] if composed.reach.muted else lines


def _reach(composed: Composed) -> Markup:
    if not composed.reach.people:
        return text("announcing.audience.nobody")
    lines = [text("announcing.audience.reach", count=composed.reach.recipients, people=composed.reach.people)]
    lines += reach_lines(composed, "announcing.audience.not_joined", "announcing.audience.muted")
    return Markup("\n").join(lines)


def _part_button(composed: Composed, which: Part) -> Button:
    """With a mark where something is chosen; what it is stands in the sentence above."""
    label = plain(f"announcing.audience.short.{which}")
    if chosen(composed.detail.content.audience, which):
        label = plain("announcing.mark_on") + label
    return button(label, of(composed.id, composed.detail.revision, Op.PART, number_of(which), 0))


def _part_words(composed: Composed, which: Part) -> Markup:
    whom = shortened(composed.whom, WHOM)
    return text("announcing.audience.part.title", title=which.heading, whom=whom) + Markup("\n") + _reach(composed)


def _choices(composed: Composed, which: Part, shown: Sequence[Option], page: int) -> Rows:
    on = chosen(composed.detail.content.audience, which)
    return one_below_another(*(_choice(composed, which, one, page, marked=one.value in on) for one in shown))


def _choice(composed: Composed, which: Part, option: Option, page: int, *, marked: bool) -> Button:
    mark, op = ("announcing.mark_on", Op.OFF) if marked else ("announcing.mark_off", Op.ON)
    action = of(composed.id, composed.detail.revision, op, number_of(which), option.value, page)
    return button(plain(mark) + option.label, action)


def _turning(composed: Composed, which: Part, page: int, pages: int) -> Rows:
    if pages == 1:
        return ()

    def turn(key: str, to: int) -> Button:
        return composed.button(key, Op.PART, number_of(which), to)

    here = plain("announcing.audience.part.pages", page=page + 1, pages=pages)
    middle = button(here, of(composed.id, composed.detail.revision, Op.PART, number_of(which), page))
    earlier: Row = (turn("earlier", page - 1),) if page else ()
    later: Row = (turn("later", page + 1),) if page < pages - 1 else ()
    return ((*earlier, middle, *later),)


def _ways_out(composed: Composed, which: Part) -> Rows:
    some = chosen(composed.detail.content.audience, which)
    empty = composed.button("empty", Op.EMPTY, number_of(which)) if some else None
    return one_below_another(empty, composed.button("to_audience", Op.AUDIENCE))


def without(whole: Audience, which: Part) -> Audience:
    """The audience with no choice of this part."""
    return Audience.from_json({name: value for name, value in whole.to_json().items() if name not in _fields(which)})


def _fields(which: Part) -> tuple[str, ...]:
    if which is Part.CAMPAIGN:
        return ("campaign", "answered")
    return ("mentors", "mentees") if which is Part.PAIRS else (which.value,)
