"""How a function is called."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.surveys.expressions.values import Operand


@dataclass(frozen=True, slots=True)
class Signature:
    """Values in brackets: from at_least to at_most (None: as many as one likes), in steps of `step`."""

    at_least: int
    at_most: int | None
    step: int = field(default=1, kw_only=True)

    def takes(self, count: int) -> bool:
        return (
            self.at_least <= count
            and (self.at_most is None or count <= self.at_most)
            and (count - self.at_least) % self.step == 0
        )

    @property
    def wanted(self) -> str:
        """The allowed number of values, in words that follow a colon."""
        if self.at_most is None:
            return f"не меньше {self.at_least}" + (" и чётное число" if self.step == 2 else "")
        return str(self.at_least) if self.at_least == self.at_most else f"{self.at_least}–{self.at_most}"


@dataclass(frozen=True, slots=True)
class Function(Signature):
    """Computes with the values of its arguments and with nothing else."""

    run: Callable[..., Operand]
    """Total: whatever the operands, it raises nothing, and takes time in proportion to their length."""
