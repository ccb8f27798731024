"""Time for tests."""

from datetime import datetime, timedelta


class SetClock:
    """A `core.clock.Clock` that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> datetime:
        """Moves on by the arguments of `timedelta`; returns the new moment."""
        self.moment += timedelta(**by)
        return self.moment
