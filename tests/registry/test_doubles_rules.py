"""Which records look like one person."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.doubles.model import Likeness, Named
from core.doubles.rules import NEIGHBOURS, alike, choices, fingerprint, likeness, one_letter_apart

WORDS = st.text(alphabet="абв", max_size=4)
PEOPLE = st.lists(
    st.builds(
        Named,
        id=st.just(0),
        surname=WORDS,
        given_name=WORDS,
        patronymic=WORDS,
        birth_year=st.sampled_from([None, 1980, 1981]),
    ),
    max_size=NEIGHBOURS + 1,
)


def _numbered(people: list[Named]) -> list[Named]:
    return [
        Named(number, one.surname, one.given_name, one.patronymic, one.birth_year) for number, one in enumerate(people)
    ]


def _named(surname: str, given_name: str, patronymic: str = "", year: int | None = 1980) -> Named:
    return Named(1, surname, given_name, patronymic, year)


@given(PEOPLE)
def test_blocks_find_what_comparing_everybody_with_everybody_finds(people: list[Named]) -> None:
    numbered = _numbered(people)
    plain = {
        (one.id, two.id): kind for one, two in combinations(numbered, 2) if (kind := likeness(one, two)) is not None
    }
    found = alike(numbered)
    assert {(pair.first, pair.second): pair.likeness for pair in found} == plain
    assert len(found) == len(plain)


@given(PEOPLE, st.randoms())
def test_the_order_of_the_people_does_not_matter(people: list[Named], chance: random.Random) -> None:
    numbered = _numbered(people)
    mixed = list(numbered)
    chance.shuffle(mixed)
    assert alike(mixed) == alike(numbered)


@given(WORDS, WORDS)
def test_one_letter_is_the_same_both_ways_and_never_nothing(one: str, two: str) -> None:
    assert one_letter_apart(one, two) == one_letter_apart(two, one)
    assert not one_letter_apart(one, one)


@given(WORDS, st.integers(0, 4), st.sampled_from("абвг"))
def test_a_letter_changed_added_or_left_out_is_one_letter(word: str, place: int, letter: str) -> None:
    at = min(place, len(word))
    assert one_letter_apart(word, word[:at] + letter + word[at:])
    changed = word[:at] + letter + word[at + 1 :]
    assert one_letter_apart(word, changed) == (changed != word)


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        (_named("семенова", "проба"), _named("семенова", "проба", year=None), Likeness.SAME_NAME),
        (_named("семенова", "проба", "ивановна"), _named("семенова", "проба"), Likeness.SAME_INITIAL),
        (_named("семенова", "проба"), _named("семинова", "проба"), Likeness.ONE_LETTER),
        (_named("семенова", "проба"), _named("семинова", "проба", year=1981), None),
        (_named("семенова", "проба"), _named("семинова", "проба", year=None), None),
        (_named("семенова", "п"), _named("семенова", "проба"), Likeness.SAME_INITIAL),
        (_named("семенова", "проба"), _named("семинова", "прока"), None),
        (_named("семенова", "проба"), _named("иная", "проба"), None),
    ],
)
def test_what_is_taken_for_doubles(one: Named, two: Named, kind: Likeness | None) -> None:
    assert likeness(one, two) is kind


def test_many_namesakes_do_not_make_a_square() -> None:
    people = [Named(number, "примерова", "проба", "", 1980) for number in range(1000)]
    assert len(alike(people)) <= 1000 * NEIGHBOURS


def _values(**changed: object) -> dict[str, object]:
    return {
        "surname": "А", "given_name": "Б", "patronymic": None, "birth_year": None, "organisation_id": 1,
        "position_id": 1, "is_management": False, "workload": None, "education": None, "first_work_year": 2000,
        "total_first_year": None, "category": "none", "category_date": None, "attestation_planned_on": None,
        "paper_consent_on": None, **changed,
    }  # fmt: skip


def test_what_is_lacking_is_proposed_from_the_other() -> None:
    found = choices(_values(), _values(patronymic="В", category="first", first_work_year=None, surname="Аа"))  # type: ignore[arg-type]
    assert {choice.name: choice.other for choice in found} == {
        "surname": False,
        "patronymic": True,
        "first_work_year": False,
        "category": True,
    }


def test_a_fingerprint_tells_who_stays_and_every_change() -> None:
    one, two = _values(), _values(birth_year=1980)
    prints = {fingerprint(one, two), fingerprint(two, one), fingerprint(one, _values(birth_year=1981))}  # type: ignore[arg-type]
    assert len(prints) == 3
