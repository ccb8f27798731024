"""A press of a survey's button as text: `s:<response>:<visit>:<question>:<op>[:<arg>]`.

It names all it was made for, so whoever applies it can tell an old, doubled or forged one (DESIGN, "State is rows").
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.surveys.steps import Place

PREFIX = "s:"
SUMMARY = 0
"""Stands where a question's number is expected; questions count from 1."""


class Op(StrEnum):
    ANSWER = "a"
    """One of: the choice `arg`."""
    ON = "on"
    """Several of: mark the choice `arg`; a rank: give it the next place."""
    OFF = "off"
    ANEW = "anew"
    """Take every mark or place away."""
    NUMBER = "num"
    """The number at place `arg`, from 1, of a row of numbers."""
    DAY = "day"
    """The date `arg` days ago."""
    PROCEED = "ok"
    """Past a note, with the marks and answers as they are, or with what is known confirmed."""
    SKIP = "skip"
    BACK = "back"
    PAUSE = "pause"
    PAGE = "page"
    """Look at page `arg`; changes nothing."""
    OPEN = "open"
    """From the summary to question `arg`."""
    SUBMIT = "send"


LARGEST = 2**31 - 1
"""No id in the database is larger; what is forged to be must not reach it."""
_WITH_ARGUMENT = frozenset({Op.ANSWER, Op.ON, Op.OFF, Op.NUMBER, Op.DAY, Op.PAGE, Op.OPEN})
_SHAPE = re.compile(r"s:([0-9]{1,10}):([0-9]{1,10}):([0-9]{1,4}):([a-z]{1,5})(?::([0-9]{1,4}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Press:
    response_id: int
    visit: int
    question: int
    op: Op
    arg: int | None = None

    @property
    def place(self) -> Place:
        return Place(self.response_id, self.visit, self.question or None)

    def __str__(self) -> str:
        tail = "" if self.arg is None else f":{self.arg}"
        return f"{PREFIX}{self.response_id}:{self.visit}:{self.question}:{self.op}{tail}"


def parse(data: str) -> Press | None:
    """The press that a button's data stand for; None when no button of ours can have sent them."""
    match = _SHAPE.fullmatch(data)
    if match is None or match[4] not in set(Op):
        return None
    op, arg = Op(match[4]), None if match[5] is None else int(match[5])
    response_id, visit = int(match[1]), int(match[2])
    if (arg is not None) != (op in _WITH_ARGUMENT) or max(response_id, visit) > LARGEST:
        return None
    return Press(response_id, visit, int(match[3]), op, arg)
