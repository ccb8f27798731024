"""What became of a cell: a value, perhaps with a remark, or a reason why there is none."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """`remark` is Russian and says what was understood otherwise than written; '' when nothing was."""

    value: T_co
    remark: str = ""


class Unreadable(ValueError):
    """No value can be made of the cell. The message is Russian: what was found, what is expected."""
