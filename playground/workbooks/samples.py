"""One made-up workbook: the same seed and day always give the same cells."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from core.profiles.loading import REFERENCE_FILE, load_profile, load_reference
from core.profiles.model import Profile
from core.profiles.reference import Reference
from playground.workbooks import files, layouts
from playground.workbooks.layouts import Layout
from playground.workbooks.model import Grid
from playground.workbooks.staff import staff
from playground.workbooks.truth import Truth

PROFILES = Path(__file__).parents[2] / "profiles"
DAY = date(2026, 11, 25)
"""Years of work in the samples are counted to it unless another day is named."""
_NAMES = {
    Layout.PLAIN: "Педагоги одним листом.xlsx",
    Layout.BY_SCHOOL: "Кадры по школам.xlsx",
    Layout.OLD_PROGRAM: "Выгрузка из старой программы.csv",
    Layout.LIBRE: "Педагоги.ods",
    Layout.MESSY: "Сводная как прислали.xlsx",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """`truth` is one entry for each person, in the order of the file (playground.workbooks.truth)."""

    layout: Layout
    file_name: str
    content: bytes
    truth: tuple[Truth, ...]


def sample(layout: Layout, schools: int, people: int, seed: int, *, today: date = DAY, profile: str = "zima") -> Sample:
    """A workbook of `people` in `schools` organisations of the profile; those it lacks are made up.

    Raises ValueError when there are fewer than four people for each organisation.
    """
    members = staff(*_sources(profile), schools=schools, people=people, seed=seed, today=today)
    if layout is Layout.MESSY:
        rng = Random(seed)  # noqa: S311 - disorder needs no secret
        grids, truth = layouts.disorder(members, today, rng)
    elif layout is Layout.BY_SCHOOL:
        grids, truth = layouts.by_school(members, today)
    else:
        grids, truth = layouts.plain(members, today)
    return Sample(layout, _NAMES[layout], _written(layout, grids), tuple(truth))


def _written(layout: Layout, grids: list[Grid]) -> bytes:
    if layout is Layout.OLD_PROGRAM:
        return files.cp1251(grids[0])
    return files.ods(grids) if layout is Layout.LIBRE else files.xlsx(grids)


@cache
def _sources(profile: str) -> tuple[Profile, Reference]:
    return load_profile(PROFILES / f"{profile}.yaml"), load_reference(PROFILES / REFERENCE_FILE)
