"""What can be wrong with a profile file, and where: for the person who writes one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from core.errors import AppError

Location = tuple[str | int, ...]
MESSAGES = Path(__file__).with_name("messages.yaml")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `reason` is a key of messages.yaml; line and column count from 1."""

    reason: str
    location: Location = ()
    line: int | None = None
    column: int | None = None
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self) -> str:
        """A sentence in Russian, beginning with the place."""
        messages = _messages()
        sentence = messages.get(self.reason, messages["invalid"]).format_map({"detail": self.reason, **self.params})
        place = [messages["line"].format(line=self.line, column=self.column)] if self.line else []
        place += [_path(self.location)] if self.location else []
        return ": ".join([", ".join(place), sentence]) if place else sentence


class ProfileError(AppError):
    """A profile file that cannot be used. `str()` of it names every problem in Russian, one a line."""

    def __init__(self, file: Path, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__("profile_invalid", file=file.name, problems="\n".join(self.lines()))

    def lines(self) -> list[str]:
        return [f"{self.file.name}: {problem.text()}" for problem in self.problems]

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _path(location: Location) -> str:
    """`plan.sections[2].title`: list positions count from 1, as a reader does."""
    path = ""
    for step in location:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


@cache
def _messages() -> dict[str, str]:
    with MESSAGES.open(encoding="utf-8") as file:
        messages: dict[str, str] = yaml.safe_load(file)
    return messages
