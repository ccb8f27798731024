"""Inbox rows that are in memory: in the order they came, one queue per person. No I/O."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from storage.inbox import Pending

MOST = 1_000
"""Rows in memory; the rest waits in the database."""
MOST_OF_ONE = 100
"""Of one person, so that somebody who floods the bot leaves room for the others."""


class Backlog:
    """A row is known from `offer` until `forget`; known rows are not offered twice."""

    def __init__(self, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._known: set[int] = set()
        self._queues: dict[str, deque[Pending]] = {}
        self._left_behind: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    @property
    def full(self) -> bool:
        return len(self._known) >= self._most

    def left_behind(self, person: str) -> bool:
        """Rows of this person are still in the database only."""
        return person in self._left_behind

    def sweep(self) -> None:
        """Reading begins anew from the oldest row."""
        self._left_behind.clear()

    def offer(self, row: Pending) -> bool:
        """True when this row opens a queue, which now needs somebody who serves it.

        Once a row of a person had no room, later ones wait too, so that nobody is overtaken by themselves.
        """
        if row.id in self._known:
            return False
        queue = self._queues.get(row.person)
        if row.person in self._left_behind or self.full or len(queue or ()) >= self._most_of_one:
            self._left_behind.add(row.person)
            return False
        self._known.add(row.id)
        if queue is not None:
            queue.append(row)
            return False
        self._queues[row.person] = deque([row])
        return True

    def head(self, person: str) -> list[Pending]:
        """What is to be done next: one row, or all leading rows that only owe the same one screen."""
        queue = self._queues[person]
        owed = 0
        while owed < len(queue) and queue[owed].applied:
            owed += 1
        return [queue[at] for at in range(max(owed, min(1, len(queue))))]

    def mark_applied(self, row: Pending) -> None:
        """The effect of this person's first row is in the database; from now on only its screen is owed."""
        self._queues[row.person][0] = replace(row, applied=True, payload=None)

    def pop(self, rows: Iterable[Pending]) -> None:
        """These leading rows need nothing more; they stay known until `forget`."""
        for row in rows:
            self._queues[row.person].popleft()

    def close(self, person: str) -> None:
        """Nobody serves this queue any more; what is left in it will be read again."""
        rest = self._queues.pop(person)
        self.forget(row.id for row in rest)
        if rest:
            self._left_behind.add(person)

    def forget(self, ids: Iterable[int]) -> None:
        """These rows are finished in the database, or given back to it."""
        self._known.difference_update(ids)
