"""Rows of a form as a tree of groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.surveys.xlsform import kinds
from core.surveys.xlsform.kinds import Kind
from core.surveys.xlsform.places import Findings, Line

MAX_DEPTH = 30
"""Groups within groups; no form for people has more."""
_BEGINS = {
    kinds.GROUP: "begin_group",
    kinds.REPEAT: "begin_repeat",
    kinds.LOOP: "begin_loop",
    kinds.SCORE: "begin_score",
    kinds.RANKING: "begin_rank",
    kinds.MATRIX: "begin_kobomatrix",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A row that is no group."""

    line: Line
    kind: Kind


@dataclass(slots=True)
class Group:
    line: Line
    family: str
    members: "list[Item | Group]" = field(default_factory=list)


Node = Item | Group


def nest(items: Iterable[Item], findings: Findings) -> list[Node]:
    """The tree. Groups that are not closed, or closed twice or as something else, are noted at their rows."""
    top: list[Node] = []
    opened: list[Group] = []
    for item in items:
        inside = opened[-1].members if opened else top
        if item.kind.word == "begin":
            _begin(item, inside, opened, findings)
        elif item.kind.word == "end":
            _end(item, opened, findings)
        else:
            inside.append(item)
    for group in opened:
        findings.refuse(group.line.place("type"), f"группа открыта, но не закрыта: добавьте строку {_end_of(group)}")
    return top


def _begin(item: Item, inside: list[Node], opened: list[Group], findings: Findings) -> None:
    group = Group(item.line, item.kind.detail)
    if len(opened) >= MAX_DEPTH:
        findings.refuse(item.line.place("type"), f"группы вложены глубже {MAX_DEPTH} уровней: упростите анкету")
    else:
        inside.append(group)
    opened.append(group)


def _end(item: Item, opened: list[Group], findings: Findings) -> None:
    if not opened:
        findings.refuse(item.line.place("type"), "закрывать нечего: ни одна группа не открыта")
        return
    group = opened.pop()
    if group.family != item.kind.detail:
        where = f"{_BEGINS[group.family]} в строке {group.line.number}"
        findings.refuse(item.line.place("type"), f"здесь закрывается {where}, поэтому нужно {_end_of(group)}")


def _end_of(group: Group) -> str:
    return _BEGINS[group.family].replace("begin", "end")
