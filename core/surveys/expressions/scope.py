"""What an expression may ask about while it is worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


def _no_label(_question: str, _choice: str) -> str:
    return ""


def _no_column(_name: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Scope:
    lookup: Callable[[str], str]
    """Text of the answer or fact of that name; '' when there is none. Dates in ISO 8601, choices by name."""
    dot: str = ""
    """The answer being checked; in a calculation, the value the question had before."""
    now: datetime | None = None
    """Aware, in the municipality's zone. Without it today() and now() are ''."""
    choice_label: Callable[[str, str], str] = _no_label
    """Label of a choice by the names of question and choice; '' when there is none."""
    column: Callable[[str], str] = _no_column
    """What the choice being filtered has in a column of its list; '' when nothing."""
