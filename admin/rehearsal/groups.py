"""Which groups of a protected survey would be shown, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from admin.shell.words import KINDS
from core.indicators.words import BREAKDOWNS, EXPERIENCE
from core.rehearsal.model import RATES, USUAL_RATE, GroupForecast, Rehearsal
from core.releases.model import ALL, Cut

SHORT = 12
"""Rows of a table that is open from the beginning."""
_NAMES: dict[Cut, Mapping[str, str]] = {
    Cut.MUNICIPALITY: {ALL: "Весь муниципалитет"},
    Cut.KIND: KINDS,
    Cut.EXPERIENCE: {band.value: title for band, title in EXPERIENCE.items()},
}
_TITLES = BREAKDOWNS | {Cut.MUNICIPALITY.value: "Все вместе"}


@dataclass(frozen=True, slots=True)
class Row:
    """`shown`: by rate how many answers would stand behind the figures; None: withheld."""

    title: str
    asked: int
    shown: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    rows: tuple[Row, ...]
    summary: str
    open: bool


def titles(found: Rehearsal, organisations: Mapping[int, str]) -> dict[tuple[Cut, str], str]:
    """What each group is called; `organisations`: short names by id."""
    named = {(cut, name): title for cut, names in _NAMES.items() for name, title in names.items()}
    for code, members in found.clusters.items():
        named[Cut.CLUSTER, code] = ", ".join(organisations.get(one, "другая организация") for one in members)
    return named


def tables(found: Rehearsal, named: Mapping[tuple[Cut, str], str]) -> list[Table]:
    made = []
    for cut in Cut:
        groups = [one for one in found.groups if one.cut is cut]
        if groups:
            made.append(_table(cut, groups, named))
    return made


def _table(cut: Cut, groups: Sequence[GroupForecast], named: Mapping[tuple[Cut, str], str]) -> Table:
    seen = sum(one.shown[USUAL_RATE] is not None for one in groups)
    rows = tuple(
        Row(named.get((cut, one.group), one.group), one.asked, tuple(one.shown[rate] for rate in RATES))
        for one in groups
    )
    summary = f"если ответят {USUAL_RATE}\u00a0%, видно {seen} из {len(groups)}"
    return Table(_TITLES[cut.value], rows, summary, len(rows) <= SHORT)
