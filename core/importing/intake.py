"""A file on its way in: read in a child process, compared with the registry part by part, kept row by row.

Neither this process nor a transaction grows with the length of the file. Each part is compared in a read of its own
and stored in a short transaction, so that writers wait for hundredths of a second.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import AppError
from core.importing import doubles, storing
from core.importing.deciding import Line
from core.importing.doubles import Place, Seen
from core.importing.encoding import mapping_of, person_of, problem_of, sheet_of
from core.importing.known import Known
from core.importing.loading import Scope, decide_row, load_cards, load_known
from core.importing.model import ImportKind, ImportState, Person, Problem
from core.importing.tally import Tally

PART = 500
"""Rows that are compared and stored together."""

_NOBODY = "В файле не нашлось ни одного человека. Проверьте, что в нём есть столбец с фамилиями, именами и отчествами."


@dataclass(slots=True)
class Intake:
    """One reading of one file."""

    scope: Scope
    known: Known
    reader: str
    """Tells this reading from another one of the same file that began later."""
    tally: Tally = field(default_factory=Tally)
    seen: Seen = field(default_factory=Seen)
    number: int = 0
    persons: list[tuple[int, Person]] = field(default_factory=list)
    apart: list[tuple[int, Problem]] = field(default_factory=list)

    @classmethod
    async def begin(cls, session: AsyncSession, run_id: int) -> Self | None:
        """Forgets what an earlier reading has left. None when there is nothing to read."""
        run = await storing.locked_run(session, run_id)
        if run is None or run.state not in {ImportState.READING, ImportState.APPLYING}:
            return None
        reader = secrets.token_hex(8)
        await storing.forget_rows(session, run_id)
        run.state, run.stage_done, run.stage_whole = ImportState.READING, 0, 0
        run.summary, run.failure = {"reader": reader}, {}
        scope = Scope.of(run, mapping_of(run.mapping))
        return cls(scope, await load_known(session, scope), reader)

    def take(self, item: dict[str, Any]) -> bool:
        """True when a part has come together that should be compared and kept."""
        match item:
            case {"sheet": sheet}:
                self.tally.sheets.append(sheet_of(sheet))
            case {"problem": problem}:
                self.number += 1
                self.apart.append((self.number, problem_of(problem)))
            case {"person": person}:
                self.number += 1
                self.persons.append((self.number, person_of(person)))
        return len(self.persons) + len(self.apart) >= PART

    def last(self) -> None:
        """Everything has been taken."""
        fatal = self.tally.problems or any(one.fatal for _, one in self.apart)
        if not self.tally.people and not self.persons and not fatal:
            self.number += 1
            self.apart.append((self.number, Problem("", 0, "", _NOBODY)))

    async def compare(self, session: AsyncSession) -> list[Line]:
        """What the part would change."""
        if not self.persons:
            return []
        cards = await load_cards(session, self.scope, [one for _, one in self.persons])
        return [decide_row(number, one, cards, self.known, self.scope) for number, one in self.persons]

    async def keep(self, session: AsyncSession, lines: list[Line]) -> bool:
        """Stores the part. False when nobody wants the rest."""
        apart = self.apart
        self.persons, self.apart = [], []
        given_way = [pair for line in lines if (pair := self._meet(line, lines)) is not None]
        for line in lines:
            self.tally.add(line)
        self.tally.note([one for _, one in [*apart, *given_way]])
        run = await storing.readers_run(session, self.scope.run_id, self.reader)
        if run is None:
            return False
        await storing.store_lines(session, run.id, lines)
        await storing.store_problems(session, run.id, apart)
        for number, remark in given_way:
            await storing.leave_row(session, run.id, number, remark)
        run.stage_done += len(lines)
        return True

    def _meet(self, line: Line, lines: Sequence[Line]) -> tuple[int, Problem] | None:
        """Number and remark of an earlier, stored row that gives way to this one."""
        if not line.is_found:
            return None
        chosen = self.scope.chosen(line.person)
        earlier = self.seen.meet(line, chosen)
        if earlier is None:
            return None
        place = Place.of(line)
        if self.scope.kind is ImportKind.DIAGNOSES or earlier.organisation_id == place.organisation_id:
            line.complain(doubles.twice(earlier))
        elif not place.is_main(earlier):
            line.leave(doubles.elsewhere(earlier))
        else:
            self.seen.put(line, chosen)
            return self._give_way(earlier, place, lines)
        return None

    @staticmethod
    def _give_way(earlier: Place, place: Place, lines: Sequence[Line]) -> tuple[int, Problem] | None:
        remark = doubles.elsewhere(place)
        for one in lines:
            if one.number == earlier.number:
                one.leave(remark)
                return None
        return earlier.number, Problem(earlier.sheet, earlier.row, "", remark, fatal=False)

    async def end(self, session: AsyncSession) -> None:
        """What will happen can be looked at."""
        run = await storing.readers_run(session, self.scope.run_id, self.reader)
        if run is None:
            return
        run.summary = {**self.tally.summary(self.known), "counts": await storing.counts(session, run.id)}
        if self.scope.kind is ImportKind.STAFF:
            run.summary = {**run.summary, "missing": await storing.count_missing(session, run)}
        run.state = ImportState.READY

    async def fail(self, session: AsyncSession, error: AppError) -> None:
        """The file cannot be read; what was read of it is forgotten."""
        run = await storing.readers_run(session, self.scope.run_id, self.reader)
        if run is not None:
            await storing.forget_rows(session, run.id)
            run.state, run.summary = ImportState.FAILED, {}
            run.failure = {"key": error.key, "params": error.params}
