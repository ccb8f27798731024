"""The list of announcements, and how a new one begins."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.screens.announcing_presses import Op, home, of
from bot.screens.layout import Rows, button, one_below_another, shortened
from bot.screens.model import Button, Screen
from bot.texts import plain, text
from core.announcements.model import AnnouncementRow, Category
from core.people.queries import MunicipalityView
from core.timing.typed import say_moment

LISTED = 8
"""Announcements in the list of a chat; the whole of it is in the admin."""
HEADING = 60


def towns(places: Sequence[MunicipalityView], op: Op) -> Screen:
    """For whoever is a methodist of several: where?"""
    return Screen(
        text("announcing.home.town"), one_below_another(*(button(one.name, home(op, one.id)) for one in places))
    )


def listing(place: MunicipalityView, rows: Sequence[AnnouncementRow], now: datetime, *, notice: str = "") -> Screen:
    """The latest first; a button for each, and one for a new one."""
    parts = [text("announcing.home.title")]
    if notice:
        parts.insert(0, text("survey.notice", words=notice))
    parts += [_item(row, place.timezone, now) for row in rows[:LISTED]] or [text("announcing.home.none")]
    if len(rows) > LISTED:
        parts.append(text("announcing.home.more"))
    buttons = (button(f"{_mark(row)} {_heading(row)}", of(row.id, 0, Op.OPEN)) for row in rows[:LISTED])
    new = Button(plain("announcing.button.new"), home(Op.NEW, place.id))
    return Screen(Markup("\n\n").join(parts), one_below_another(new, *buttons))


def choose_category(municipality_id: int) -> Screen:
    """What the new one is about."""
    return Screen(text("announcing.choose_category"), (*_categories(municipality_id), (_back_home(municipality_id),)))


def change_category(announcement_id: int, revision: int) -> Screen:
    """What this one is about."""
    rows = one_below_another(
        *(button(category_words(one), of(announcement_id, revision, Op.CATEGORY, one)) for one in Category)
    )
    back = Button(plain("announcing.button.back"), of(announcement_id, revision, Op.OPEN))
    return Screen(text("announcing.choose_category"), (*rows, (back,)))


def said(words: Markup, municipality_id: int | None = None) -> Screen:
    """A last word about an announcement, with the way back to the others."""
    return Screen(words, () if municipality_id is None else ((all_of_them(municipality_id),),))


def all_of_them(municipality_id: int) -> Button:
    return Button(plain("announcing.button.all"), home(Op.LIST, municipality_id))


def category_words(category: Category) -> str:
    return plain(f"announcing.category.{category}")


def _categories(municipality_id: int) -> Rows:
    return one_below_another(*(button(category_words(one), home(Op.BEGIN, municipality_id, one)) for one in Category))


def _back_home(municipality_id: int) -> Button:
    return Button(plain("announcing.button.cancel"), home(Op.LIST, municipality_id))


def _item(row: AnnouncementRow, zone: str, now: datetime) -> Markup:
    when = "" if row.send_at is None else say_moment(row.send_at, now, zone)
    known = {"when": when, "sent": row.counts.sent, "total": row.counts.total, "merged": row.counts.merged}
    state = plain(f"announcing.state.{row.state}", **known)
    return text("announcing.home.item", mark=_mark(row), heading=_heading(row), state=state)


def _mark(row: AnnouncementRow) -> str:
    return plain(f"announcing.mark.{row.state}")


def _heading(row: AnnouncementRow) -> str:
    return shortened(row.heading, HEADING) or plain("announcing.home.no_text")
