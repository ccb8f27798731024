"""A press while an announcement is composed or under way, as text: `a:<id>:<revision>:<op>[:<arg>…]`.

It names the wording it was made for, so one that is out of date changes nothing (DESIGN, "State is rows").
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.audiences.options import LARGEST_ID
from core.errors import NotFound

PREFIX = "a:"


class Op(StrEnum):
    LIST = "list"
    """Announcements of the municipality `args[0]`; 0: wherever the actor is a methodist."""
    NEW = "new"
    """In the municipality `args[0]`."""
    BEGIN = "begin"
    """In the municipality `args[0]`, of the category `args[1]`."""
    OPEN = "open"
    """The draft, or how it goes."""
    CLOSE = "close"
    DELETE = "del"
    DELETE_SURE = "delsure"

    TEXT = "text"
    FILE = "file"
    NO_FILE = "nofile"
    LINK = "link"
    NO_LINKS = "nolinks"
    ACKNOWLEDGE = "ack"
    CATEGORIES = "kinds"
    CATEGORY = "kind"
    """`args[0]`, a code."""
    EVENTS = "events"
    EVENT = "event"
    """`args[0]`; 0: none."""
    LOOK = "look"
    """As its recipients will see it."""

    AUDIENCE = "who"
    PART = "part"
    """Choices of the part number `args[0]`, page `args[1]`."""
    ON = "on"
    """Of the part number `args[0]` the choice `args[1]`, which stands on page `args[2]`."""
    OFF = "off"
    EMPTY = "empty"
    """No choice of the part number `args[0]`."""
    EVERYBODY = "all"
    SAVED = "saved"
    USE = "use"
    """The saved audience `args[0]`."""

    WHEN = "when"
    NOW = "now"
    """Asks once more; `args[0]`: 1 to send in quiet hours too."""
    LATER = "later"
    """Asks for the time."""
    SEND = "send"
    """`args[0]` as with NOW."""
    PLAN = "plan"
    """Asks once more: `args` of bot.screens.announcing_plans.Plan."""
    OFTEN = "often"
    """How often? The same `args`."""
    KEPT = "kept"
    """To begin the repetition that the draft says."""
    SCHEDULE = "at"
    """The same `args`, or the first of them alone."""
    START = "start"
    """The same `args`: a series."""
    UNSCHEDULE = "unsched"

    PAUSE = "pause"
    GO_ON = "goon"
    STOP = "stop"
    STOP_SURE = "stopsure"
    CORRECT = "fix"
    RECALL = "recall"
    RECALL_SURE = "recsure"
    COPY = "copy"
    KEEP = "keep"
    """Nothing of what was asked."""


_SHAPE = re.compile(r"a:([0-9]{1,10}):([0-9]{1,10}):([a-z]{1,8})((?::[a-z0-9_]{1,24}){0,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Press:
    """`announcement_id` 0: none in particular."""

    announcement_id: int
    revision: int
    op: Op
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join((f"{PREFIX}{self.announcement_id}", str(self.revision), self.op, *self.args))

    def word(self, at: int = 0) -> str:
        """An argument. Raises NotFound for a press that no button of ours can have made."""
        if at >= len(self.args):
            raise NotFound
        return self.args[at]

    def number(self, at: int = 0) -> int:
        """The same as a number."""
        word = self.word(at)
        if not word.isdigit() or int(word) > LARGEST_ID:
            raise NotFound
        return int(word)


def parse(data: str) -> Press | None:
    """The press that a button's data stand for; None when no button of ours can have sent them."""
    match = _SHAPE.fullmatch(data)
    if match is None or match[3] not in set(Op) or max(int(match[1]), int(match[2])) > LARGEST_ID:
        return None
    return Press(int(match[1]), int(match[2]), Op(match[3]), tuple(match[4].split(":")[1:]))


def home(op: Op, *args: object) -> str:
    """A press that is about no announcement in particular."""
    return str(Press(0, 0, op, tuple(str(one) for one in args)))


def of(announcement_id: int, revision: int, op: Op, *args: object) -> str:
    return str(Press(announcement_id, revision, op, tuple(str(one) for one in args)))
