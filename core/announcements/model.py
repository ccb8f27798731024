"""Announcements as others see them: states, what is composed, what is shown (SPEC §5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.audiences.model import Audience
from core.timing.repeating import Repeat

ANNOUNCEMENT = "announcement"
"""Kind of the delivery that carries an announcement; its subject is the announcement's id."""

EDIT = "announcement.edit"
"""Kind of the delivery that brings a corrected announcement into a chat that has an older one.

Its slot is the revision, `params["message"]` the number of the message that is edited.
"""

RECALL = "announcement.recall"
"""Kind of the delivery that takes an announcement out of a chat again; `params["message"]` as with EDIT."""

STATUS = "announcement.status"
"""Kind of the delivery that shows its author how it goes; urgent, edited while it goes on."""

PREVIEW = "announcement.preview"
"""Kind of the delivery that shows a methodist what the others will see; urgent, counted nowhere."""

TEXT_LENGTH = 4096
"""Characters that one message holds (Bot API, sendMessage), in UTF-16 code units, without the markup."""
CAPTION_LENGTH = 1024
"""The same under a photo or a document (Bot API, sendPhoto): an announcement is always one message."""
PHOTO_BYTES = 10_000_000
"""Bot API, sendPhoto; also width and height together at most 10,000 and no side over 20 times the other."""
DOCUMENT_BYTES = 20_000_000
"""What a bot can also download again (Bot API, getFile), so that one attached in the chat can be shown in the admin."""
PER_SECOND = 30
"""Messages that a bot may send (Bot API FAQ, broadcasting to users)."""
MOST_LINKS = 5
LABEL_LENGTH = 40
"""Of a button, so that it fits one line of a phone."""


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    """Being composed; nobody has been told."""
    SCHEDULED = "scheduled"
    """Goes out by itself at `send_at`; its audience is counted anew then."""
    REPEATING = "repeating"
    """A series: at `send_at` a copy goes out and `send_at` moves on."""
    SENDING = "sending"
    """Has deliveries, and some have no outcome yet."""
    PAUSED = "paused"
    """The same, and nothing is sent until it goes on."""
    DONE = "done"
    """Every delivery has its outcome."""
    STOPPED = "stopped"
    """What had not been sent was withdrawn; a series makes no further copies."""
    RECALLED = "recalled"
    """Taken out of the chats again."""
    MISSED = "missed"
    """The program did not run when it was to go out, and a day later nobody sends it unasked."""


class Category(StrEnum):
    """What a person can mute (SPEC §5). IMPORTANT cannot be muted."""

    IMPORTANT = "important"
    COURSES = "courses"
    CONTESTS = "contests"
    MEETINGS = "meetings"
    CONFERENCES = "conferences"
    YOUNG = "young"
    """For young teachers and their mentors."""
    LITERATURE = "literature"
    NEWS = "news"


MUTABLE = tuple(one for one in Category if one is not Category.IMPORTANT)


class AttachmentKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class PressKind(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    """«Ознакомлен(а)»."""
    REGISTERED = "registered"
    """«Записаться» on the event that it announces."""
    OPENED = "opened"
    """Read in full out of a digest."""


class Awaits(StrEnum):
    """Which part of an announcement the next message in the chat is."""

    TEXT = "text"
    ATTACHMENT = "attachment"
    LINK = "link"
    SEND_AT = "send_at"
    LAST_DAY = "last"
    """Of a repetition that is being confirmed."""
    CORRECTION = "correction"
    SEARCH = "search"
    """Words by which organisations, associations or subjects of an audience are looked for."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class NewAttachment:
    kind: AttachmentKind
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What is composed. `text` is HTML of core.announcements.formatting."""

    category: Category
    text: str
    audience: Audience = field(default_factory=Audience)
    links: tuple[Link, ...] = ()
    acknowledge: bool = False
    event_id: int | None = None
    at_once: bool = False
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True)
class AttachmentView:
    id: int
    kind: AttachmentKind
    name: str
    mime: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of deliveries, by what became of them; they add up to `recipients`."""

    waiting: int = 0
    """Queued, claimed, to be tried again."""
    held: int = 0
    """Paused with the announcement."""
    sent: int = 0
    merged: int = 0
    """In their person's digest of the day."""
    unreachable: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0
    doubtful: int = 0
    """Of all: an attempt had no answer, so it may have come twice. Not part of the sum."""

    @property
    def total(self) -> int:
        return (
            self.waiting
            + self.held
            + self.sent
            + self.merged
            + self.unreachable
            + self.failed
            + self.unknown
            + self.cancelled
        )

    @property
    def open(self) -> int:
        return self.waiting + self.held


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """A line of the list. `heading` is the beginning of the text without markup."""

    id: int
    municipality_id: int
    heading: str
    category: Category
    state: AnnouncementState
    send_at: datetime | None
    published_at: datetime | None
    finished_at: datetime | None
    changed_at: datetime
    author: str
    counts: Counts
    repeat: Repeat | None
    series_id: int | None


@dataclass(frozen=True, slots=True)
class AnnouncementDetail:
    row: AnnouncementRow
    content: Content
    attachment: AttachmentView | None
    revision: int
    event_title: str
    recipients: int
    muted: int
    pressed: Mapping[PressKind, int]
    edits: Counts
    """Of the latest correction, in the chats that had an older wording."""
    recalls: Counts
    timezone: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom it would reach if it went out now."""

    people: int
    """In the audience."""
    joined: int
    """Of these, who can be written to: joined, agreed, chat open."""
    muted: int
    """Of the joined, who do not want this category."""
    when: datetime
    """When the first one would go: at once, or when the quiet hours or no-send days are over."""
    seconds: float
    """How long it would take at the limit, in seconds."""
    surnames: tuple[str, ...] = ()
    """Words of the text that are surnames in the registry (SPEC §3, privacy mode)."""
    unreachable: int = 0
    """Of the recipients, who has closed the chat: the report will name them."""

    @property
    def recipients(self) -> int:
        return self.joined - self.muted


@dataclass(frozen=True, slots=True)
class OrganisationReport:
    """In the registry's order, never ranked."""

    organisation_id: int
    name: str
    counts: Counts
    pressed: int
    """How many people pressed any button."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Somebody who has not surely got it once, for the report; names are for staff pages only."""

    teacher_id: int | None
    name: str
    organisation: str
    state: str
    """storage.models.Delivery"""
    reason: str | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes into a chat, as it is worded now."""

    announcement_id: int
    municipality_id: int
    content: Content
    attachment_id: int | None
    revision: int
    state: AnnouncementState
    event_title: str
    """Of the event that the button registers for; empty without one, and when it is gone."""
    event_starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it is, without the actor's reach: for the message in its author's chat."""

    announcement_id: int
    heading: str
    state: AnnouncementState
    finished: bool
    """Nothing of it, of its corrections and of its recall is under way."""
    counts: Counts
    edits: Counts
    recalls: Counts
    pressed: Mapping[PressKind, int]
    resting: bool = False
    """It waits for the end of the quiet hours."""

    @property
    def mark(self) -> str:
        """Differs whenever what the author should see does; begins with the state, a dot says that this is the end."""
        figures = ((one.waiting, one.held, one.sent, one.total) for one in (self.counts, self.edits, self.recalls))
        numbers = "/".join(" ".join(map(str, row)) for row in figures)
        return f"{self.state}{'.' if self.finished else ''} {numbers}{' resting' if self.resting else ''}"[:200]

    @property
    def seconds_left(self) -> float:
        """At the limit, if nothing comes between."""
        return self.counts.waiting / PER_SECOND


@dataclass(frozen=True, slots=True)
class Progress:
    """A message in the author's chat that shows less than there is to say; `told` what it shows."""

    standing: Standing
    account_id: int
    address: str
    message_id: int
    told: str
