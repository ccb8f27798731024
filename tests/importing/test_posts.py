"""Positions and subjects in the shorthand of schools get the names of the reference."""

import pytest
import yaml

from core.importing.posts import read_position, read_subjects
from core.profiles.loading import REFERENCE_FILE
from playground.workbooks.samples import PROFILES

REFERENCE = yaml.safe_load((PROFILES / REFERENCE_FILE).read_text(encoding="utf-8"))


@pytest.mark.parametrize("title", [each["title"] for each in REFERENCE["positions"]])
def test_a_position_of_the_reference_stays_itself(title: str) -> None:
    assert read_position(title).value == (title, ())
    assert read_position(title.capitalize()).value == (title, ())


@pytest.mark.parametrize("subject", REFERENCE["subjects"])
def test_a_subject_is_known_by_its_title_and_its_teacher(subject: dict[str, str]) -> None:
    title = subject["title"]

    assert read_subjects(title.upper()).value == (title,)
    if title not in {"начальные классы", "ОРКСЭ и ОДНКНР"}:
        assert read_position(f"учитель {subject['genitive']}").value == ("учитель", (title,))


@pytest.mark.parametrize(
    ("text", "position", "subjects"),
    [
        ("зам. директора по УВР", "заместитель директора по учебно-воспитательной работе", ()),
        ("ПДО", "педагог дополнительного образования", ()),
        ("учитель нач. кл.", "учитель начальных классов", ()),
        ("учитель русского языка и литературы", "учитель", ("русский язык", "литература")),
        ("Учитель (химия)", "учитель", ("химия",)),
        ("учитель, математика", "учитель", ("математика",)),
        ("водитель", "водитель", ()),
    ],
)
def test_shorthand_of_positions(text: str, position: str, subjects: tuple[str, ...]) -> None:
    assert read_position(text).value == (position, subjects)


def test_several_subjects_in_one_cell_each_once() -> None:
    assert read_subjects("русск. яз.; Лит-ра, русский язык\nродной язык").value == (
        "русский язык",
        "литература",
        "родной язык",
    )
