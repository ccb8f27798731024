"""What may be done with an announcement in which state, and what may stand in it. Pure; refusals are AppErrors."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from core.announcements import formatting
from core.announcements.model import (
    CAPTION_LENGTH,
    DOCUMENT_BYTES,
    LABEL_LENGTH,
    MOST_LINKS,
    PHOTO_BYTES,
    TEXT_LENGTH,
    AnnouncementState,
    AttachmentKind,
    Content,
    Link,
    NewAttachment,
)
from core.errors import AppError
from core.timing.repeating import LAST_YEAR, Repeat

S = AnnouncementState

HEADING_LENGTH = 80
MOST_STEPS = 99
"""Days, weeks or months between two repetitions."""
URL_LENGTH = 1000
NAME_LENGTH = 200
MEGABYTE = 1_000_000
BUTTON_SCHEMES = ("http", "https", "tg")
"""What a button may open (Bot API, InlineKeyboardButton.url)."""

PUBLISHED = frozenset({S.SENDING, S.PAUSED, S.DONE, S.STOPPED, S.RECALLED})
"""Has deliveries; only a series can be stopped without any."""


class Step(StrEnum):
    """What a methodist does with one."""

    CHANGE = "change"
    DISCARD = "discard"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    START_SERIES = "start_series"
    UNSCHEDULE = "unschedule"
    PAUSE = "pause"
    GO_ON = "go_on"
    STOP = "stop"
    CORRECT = "correct"
    RECALL = "recall"


_FROM: dict[Step, frozenset[AnnouncementState]] = {
    Step.CHANGE: frozenset({S.DRAFT}),
    Step.DISCARD: frozenset({S.DRAFT, S.MISSED}),
    Step.PUBLISH: frozenset({S.DRAFT, S.SCHEDULED, S.MISSED}),
    Step.SCHEDULE: frozenset({S.DRAFT, S.SCHEDULED, S.MISSED}),
    Step.START_SERIES: frozenset({S.DRAFT}),
    Step.UNSCHEDULE: frozenset({S.SCHEDULED, S.REPEATING, S.MISSED}),
    Step.PAUSE: frozenset({S.SENDING}),
    Step.GO_ON: frozenset({S.PAUSED}),
    Step.STOP: frozenset({S.SENDING, S.PAUSED, S.REPEATING}),
    Step.CORRECT: frozenset({S.SENDING, S.PAUSED, S.DONE, S.STOPPED}),
    Step.RECALL: frozenset({S.SENDING, S.PAUSED, S.DONE, S.STOPPED}),
}

_BEFORE_SENDING = frozenset({Step.CHANGE, Step.DISCARD, Step.PUBLISH, Step.SCHEDULE, Step.START_SERIES})


def steps(state: AnnouncementState) -> frozenset[Step]:
    """What there is to do with one in this state, for the buttons of page and chat."""
    return frozenset(step for step, states in _FROM.items() if state in states)


def check_step(step: Step, state: AnnouncementState) -> None:
    """Raises announcement.not_draft, announcement.recalled, announcement.not_running."""
    if state in _FROM[step]:
        return
    if step in _BEFORE_SENDING:
        raise AppError("announcement.not_draft")
    raise AppError("announcement.recalled" if state is S.RECALLED else "announcement.not_running")


def check_revision(seen: int, present: int) -> None:
    """Raises announcement.changed_meanwhile: what was looked at is not what is there."""
    if seen != present:
        raise AppError("announcement.changed_meanwhile")


def checked(content: Content) -> Content:
    """The same with its text in the canonical form and its links trimmed; a draft may still lack things.

    Raises announcement.bad_markup, bad_address, too_long (of what no message could hold), too_many_links,
    label_empty, label_long, bad_url, bad_repeat.
    """
    if content.repeat is not None:
        _check_repeat(content.repeat)
    text = formatting.check(content.text)
    _check_length(text, TEXT_LENGTH)
    return replace(content, text=text, links=checked_links(content.links))


def check_ready(content: Content, *, attached: bool) -> None:
    """It could go out as it is. Raises announcement.empty, announcement.too_long."""
    if not content.text and not attached:
        raise AppError("announcement.empty")
    _check_length(content.text, CAPTION_LENGTH if attached else TEXT_LENGTH)


def checked_links(links: Sequence[Link]) -> tuple[Link, ...]:
    """Raises announcement.too_many_links, label_empty, label_long, bad_url; `number` counts buttons from 1."""
    if len(links) > MOST_LINKS:
        raise AppError("announcement.too_many_links", most=MOST_LINKS)
    return tuple(_checked_link(one, number) for number, one in enumerate(links, 1))


def _checked_link(link: Link, number: int) -> Link:
    label, url = " ".join(link.label.split()), link.url.strip()
    if not label:
        raise AppError("announcement.label_empty", number=number)
    if len(label) > LABEL_LENGTH:
        raise AppError("announcement.label_long", number=number, most=LABEL_LENGTH)
    if len(url) > URL_LENGTH or not formatting.is_address(url, BUTTON_SCHEMES):
        raise AppError("announcement.bad_url", number=number)
    return Link(label, url)


def checked_attachment(new: NewAttachment) -> NewAttachment:
    """With a name that a file may have. Raises attachment.empty, attachment.too_big, attachment.not_photo."""
    if not new.content:
        raise AppError("attachment.empty")
    most = PHOTO_BYTES if new.kind is AttachmentKind.PHOTO else DOCUMENT_BYTES
    if len(new.content) > most:
        raise AppError("attachment.too_big", megabytes=most // MEGABYTE)
    if new.kind is AttachmentKind.PHOTO and not new.content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise AppError("attachment.not_photo")
    name = "".join(one for one in new.name if one.isprintable() and one not in '/\\"')
    return replace(new, name=name.strip(". ")[-NAME_LENGTH:] or new.kind.value)


def check_send_at(send_at: datetime, now: datetime) -> None:
    """Raises announcement.in_past, also for a time that passed while somebody thought it over."""
    if send_at <= now:
        raise AppError("announcement.in_past")


def heading(text: str) -> str:
    """The beginning of the text without markup, on one line."""
    words = " ".join(formatting.plain(text).split())
    return words if len(words) <= HEADING_LENGTH else words[: HEADING_LENGTH - 1].rstrip() + "…"


def _check_repeat(repeat: Repeat) -> None:
    ends_before = repeat.until is not None and repeat.until < repeat.first
    if not 1 <= repeat.step <= MOST_STEPS or ends_before or repeat.first.year > LAST_YEAR:
        raise AppError("announcement.bad_repeat")


def _check_length(text: str, most: int) -> None:
    length = formatting.length(text)
    if length > most:
        raise AppError("announcement.too_long", length=length, most=most)
