"""What became of a cell: a value, perhaps with a remark, or a reason why there is none."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """`remark` is Russian and says what was understood otherwise than written; '' when nothing was."""

    value: T
    remark: str = ""


class Unreadable(ValueError):
    """No value can be made of the cell. The message is Russian: what was found, what is expected."""
