"""What becomes of one row of the file: names are looked up, the person is found, the difference is told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.importing.comparing import Outcome, Resolved, compare, compare_areas
from core.importing.encoding import person_json
from core.importing.known import Known, Names
from core.importing.matching import Card, Match, Sought, match
from core.importing.model import ImportKind, Person, Problem, Verdict

Unknown = tuple[str, str]
"""Kind of name ("organisation", "position", "subject") and the name as the file has it."""


@dataclass(slots=True)
class Line:
    """One row of the file on its way into `ImportRow`."""

    number: int
    person: Person
    organisation_id: int | None = None
    teacher_id: int | None = None
    verdict: Verdict = Verdict.PROBLEM
    changes: dict[str, Any] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    namesakes: tuple[int, ...] = ()
    is_found: bool = False
    """It is known whose row it is; a new person's, too."""
    unknown: list[Unknown] = field(default_factory=list)

    def complain(self, message: str, *, fatal: bool = True) -> None:
        """About the whole row."""
        self.problems.append(Problem(self.person.sheet, self.person.row, "", message, fatal))
        if fatal:
            self.verdict = Verdict.PROBLEM

    def leave(self, message: str) -> None:
        """Nothing of the row goes in, and that is no mistake."""
        self.changes, self.plan = {}, {}
        if not self.is_fatal:
            self.verdict = Verdict.LEFT
        self.complain(message, fatal=False)

    @property
    def is_fatal(self) -> bool:
        """The row cannot go in."""
        return any(one.fatal for one in self.problems)

    @property
    def data(self) -> dict[str, Any]:
        """As `ImportRow` keeps it; problems stand in a column of their own."""
        person = person_json(replace(self.person, problems=()))
        return {"person": person, "plan": self.plan, "namesakes": list(self.namesakes)}


def decide(
    number: int, person: Person, cards: Sequence[Card], known: Known, kind: ImportKind, chosen: int | None
) -> Line:
    """`chosen`: the card, or matching.NEW, that was said by hand for this row."""
    line = Line(number, person, problems=list(person.problems))
    resolved = _resolved(line, known, kind)
    if resolved is None:
        return line
    line.organisation_id = resolved.organisation_id or None
    sought = Sought(person, line.organisation_id, chosen, kind is ImportKind.STAFF)
    found = match(sought, cards)
    _note(line, found)
    if found.problem:
        return line
    line.is_found = True
    outcome = _outcome(person, resolved, found.card, known, kind)
    line.teacher_id = found.card.id if found.card else None
    line.changes, line.plan = dict(outcome.changes), outcome.plan
    line.verdict = _verdict(outcome, found.card, kind)
    for remark in outcome.remarks:
        line.complain(remark, fatal=False)
    if found.card is None and resolved.position_id is None:
        line.complain(_NO_POSITION)
    if line.is_fatal:
        line.verdict = Verdict.PROBLEM
    return line


def _note(line: Line, found: Match) -> None:
    line.namesakes = found.namesakes
    if found.problem:
        line.complain(found.problem)
    if found.remark:
        line.complain(found.remark, fatal=False)


def _outcome(person: Person, resolved: Resolved, card: Card | None, known: Known, kind: ImportKind) -> Outcome:
    if kind is ImportKind.DIAGNOSES and card is not None:
        return compare_areas(person.areas, card)
    return compare(person, resolved, card, known)


def _verdict(outcome: Outcome, card: Card | None, kind: ImportKind) -> Verdict:
    if kind is ImportKind.DIAGNOSES and card is not None and card.areas is None and outcome.changes:
        return Verdict.ADDED
    return outcome.verdict(card)


def _resolved(line: Line, known: Known, kind: ImportKind) -> Resolved | None:
    """None when a name is not known; each is told. Outside diagnoses need no organisation."""
    person = line.person
    organisation = _look_up(line, "organisation", person.organisation, known.organisations)
    position = _look_up(line, "position", person.position, known.positions)
    subjects = [_look_up(line, "subject", one, known.subjects) for one in person.subjects]
    if (lack := _lack(person, kind)) and not line.is_fatal:
        line.complain(lack)
    if lack:
        return None
    if line.unknown:
        return None
    return Resolved(organisation or 0, position, tuple(one for one in subjects if one))


def _lack(person: Person, kind: ImportKind) -> str:
    """Without what nobody can be found. '' when nothing is missing."""
    if not person.surname or not person.given_name:
        return _NO_NAME
    return _NO_ORGANISATION if kind is ImportKind.STAFF and not person.organisation else ""


def _look_up(line: Line, kind: str, name: str, names: Names) -> int | None:
    if not name:
        return None
    found = names.id_of(name)
    if found is None:
        line.unknown.append((kind, name))
        near = ", ".join(f"«{names.title(one)}»" for one in names.near(name)[:3])
        line.complain(f"{_UNKNOWN[kind]}: «{name}». {f'Похоже на {near}. ' if near else ''}{_HELP}")
    return found


_UNKNOWN = {
    "organisation": "Такой организации нет в реестре",
    "position": "Такой должности нет в справочнике",
    "subject": "Такого предмета нет в справочнике",
}
_HELP = "Скажите на странице загрузки, что это, или исправьте в файле."
_NO_NAME = "Неизвестно, кто это: нет фамилии или имени. Впишите их или уберите строку."
_NO_ORGANISATION = (
    "Неизвестно, в какой организации работает этот человек. Добавьте в файл столбец с организацией, "
    "строку с её названием над списком или назовите так лист."
)
_NO_POSITION = "Это новый человек, а должность не указана. Впишите должность."
