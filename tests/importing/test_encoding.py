"""What was read survives the way from the child process to the database and back."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.importing import encoding
from core.importing.model import AwardRead, Column, ColumnUse, Course, Mapping, Person, Problem, SheetUse
from core.people.model import Category, Education, Level, TrainingKind

TEXT = st.text(max_size=12)
NUMBERS = st.integers(0, 10**6)
DAYS = st.dates(date(1900, 1, 1))
PROBLEMS = st.builds(Problem, TEXT, NUMBERS, TEXT, TEXT, st.booleans())
COLUMNS = st.builds(ColumnUse, NUMBERS, TEXT, st.sampled_from(Column), TEXT, st.booleans())
SHEETS = st.builds(SheetUse, TEXT, NUMBERS, st.lists(COLUMNS, max_size=3).map(tuple), TEXT, st.booleans())
COURSES = st.builds(Course, TEXT, TEXT, st.sampled_from(TrainingKind), st.none() | NUMBERS, DAYS, st.booleans())
AWARDS = st.builds(AwardRead, TEXT, st.sampled_from(Level), st.none() | DAYS)
PEOPLE = st.builds(
    Person,
    *(TEXT, NUMBERS, TEXT, TEXT, TEXT, st.none() | TEXT, st.none() | NUMBERS, TEXT),
    subjects=st.lists(TEXT, max_size=3).map(tuple),
    workload=st.none() | st.decimals(0, 99, places=2),
    education=st.none() | st.sampled_from(Education),
    total_first_year=st.none() | NUMBERS,
    first_work_year=st.none() | NUMBERS,
    category=st.none() | st.sampled_from(Category),
    category_date=st.none() | DAYS,
    courses=st.lists(COURSES, max_size=2).map(tuple),
    awards=st.lists(AWARDS, max_size=2).map(tuple),
    areas=st.dictionaries(TEXT, st.floats(0, 100)),
    problems=st.lists(PROBLEMS, max_size=2).map(tuple),
)
IDS = st.dictionaries(TEXT, NUMBERS, max_size=3)
MAPPINGS = st.builds(
    Mapping, st.dictionaries(TEXT, TEXT, max_size=3), *(IDS, IDS, IDS, IDS), st.lists(TEXT, max_size=3).map(tuple)
)


def sent(value: dict[str, Any]) -> dict[str, Any]:
    back = json.loads(json.dumps(value))
    assert isinstance(back, dict)
    return back


@given(PEOPLE)
def test_a_person_comes_back(person: Person) -> None:
    assert encoding.person_of(sent(encoding.person_json(person))) == person


@given(SHEETS)
def test_a_sheet_comes_back(sheet: SheetUse) -> None:
    assert encoding.sheet_of(sent(encoding.sheet_json(sheet))) == sheet


@given(PROBLEMS)
def test_a_problem_comes_back(problem: Problem) -> None:
    assert encoding.problem_of(sent(encoding.problem_json(problem))) == problem


@given(MAPPINGS)
def test_a_mapping_comes_back(mapping: Mapping) -> None:
    assert encoding.mapping_of(sent(encoding.mapping_json(mapping))) == mapping


def test_no_mapping_is_an_empty_one() -> None:
    assert encoding.mapping_of({}) == Mapping()
