"""Troubles that tests switch on: the ways in which Telegram and the network let a bot down."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from playground.telegram.errors import ApiError, too_many

KINDS = ("too_many", "server_error", "hang_up", "hang_up_after", "delay", "not_editable")


@dataclass(slots=True)
class Fault:
    """One trouble for the next `times` fitting calls (None: until cleared).

    `method` None means every method but getUpdates, "*" every method. `value` is the retry_after in seconds, the
    status code or the seconds of delay, as the kind needs.
    """

    kind: str
    times: int | None = 1
    method: str | None = None
    value: float = 0.0

    def fits(self, method: str) -> bool:
        """Does it strike this call?"""
        if self.method is None:
            return method.lower() != "getupdates"
        return self.method == "*" or self.method.lower() == method.lower()


class Faults:
    """What is switched on. Each call uses up one of `times` of the first fitting fault of a kind."""

    def __init__(self) -> None:
        self.down = False
        """Telegram is away: every connection of the bot is cut without an answer, nothing takes effect."""
        self.reorder = 0
        """So many of the next getUpdates answers with two or more updates come in reverse order."""
        self._faults: list[Fault] = []

    def too_many(self, retry_after: int = 1, times: int | None = 1, method: str | None = None) -> None:
        """429 with `retry_after` seconds."""
        self.add(Fault("too_many", times, method, retry_after))

    def server_error(self, status: int = 502, times: int | None = 1, method: str | None = None) -> None:
        """5xx; nothing takes effect."""
        self.add(Fault("server_error", times, method, status))

    def hang_up(self, times: int | None = 1, method: str | None = None) -> None:
        """The connection is cut before anything takes effect."""
        self.add(Fault("hang_up", times, method))

    def hang_up_after(self, times: int | None = 1, method: str | None = None) -> None:
        """The call takes effect, then the connection is cut without an answer."""
        self.add(Fault("hang_up_after", times, method))

    def delay(self, seconds: float, times: int | None = 1, method: str | None = None) -> None:
        """The call waits before it takes effect."""
        self.add(Fault("delay", times, method, seconds))

    def not_editable(self, times: int | None = 1) -> None:
        """Edits are refused as for a message too old to edit."""
        self.add(Fault("not_editable", times))

    def add(self, fault: Fault) -> None:
        """Switch one on. Raises ValueError for an unknown kind."""
        if fault.kind not in KINDS:
            raise ValueError(f"unknown fault {fault.kind!r}, one of {', '.join(KINDS)}")
        self._faults.append(fault)

    def clear(self) -> None:
        """Everything works again."""
        self.down = False
        self.reorder = 0
        self._faults.clear()

    def strike(self, kind: str, method: str) -> Fault | None:
        """The fault of this kind that hits this call, used up by one; None if there is none."""
        for fault in self._faults:
            if fault.kind == kind and fault.fits(method):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
        return None

    def refuse(self, method: str) -> None:
        """Raise the ApiError of a 429 or 5xx that is switched on."""
        fault = self.strike("too_many", method)
        if fault:
            raise too_many(int(fault.value))
        fault = self.strike("server_error", method)
        if fault:
            status = int(fault.value)
            names = {
                500: "Internal Server Error",
                502: "Bad Gateway",
                503: "Service Unavailable",
                504: "Gateway Timeout",
            }
            raise ApiError(status, names.get(status, "Internal Server Error"))

    def listed(self) -> Iterator[dict[str, Any]]:
        """What is switched on, for the control page."""
        return (asdict(fault) for fault in self._faults)
