"""Audiences as sentences, and the same choice by choice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audiences import words
from core.audiences.checking import check
from core.audiences.describing import describe, said
from core.audiences.model import Answered, Audience
from core.audiences.options import Part, chosen, options, with_choice
from core.audiences.titles import Shelf
from core.errors import AppError, NotFound
from core.people.model import Actor, Category, OrganisationKind, PositionGroup, Role
from core.registry.model import Area
from storage.models import Campaign
from tests.audiences.test_filters import NOBODYS
from tests.audiences.town import Town

FOUND = {
    Shelf.ORGANISATIONS: {number: f"Школа № {number}" for number in range(1, 31)},
    Shelf.POSITIONS: {1: "учитель", 2: "воспитатель"},
    Shelf.SUBJECTS: {1: "математика", 2: "физика"},
    Shelf.ASSOCIATIONS: {1: "РМО учителей математики", 2: "РМО учителей физики"},
    Shelf.CAMPAIGN: {1: "Осень <b>2026</b>"},
    Shelf.EVENT: {1: "Семинар о чтении"},
}
SCHOOLS = frozenset({OrganisationKind.SCHOOL})


def ids(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [
        (Audience(), "Все педагоги и руководители"),
        (Audience(kinds=SCHOOLS), "Педагоги и руководители школ"),
        (
            Audience(kinds=frozenset(OrganisationKind)),
            "Педагоги и руководители школ, детских садов, организаций дополнительного образования "
            "и методических центров",
        ),
        (Audience(kinds=SCHOOLS, organisations=ids(2, 1)), "Педагоги и руководители школ: Школа № 1, Школа № 2"),
        (Audience(organisations=ids(NOBODYS)), "Педагоги и руководители: другая организация"),
        (Audience(organisations=ids(1, 77, 78)), "Педагоги и руководители: Школа № 1, другие организации"),
        (
            Audience(organisations=ids(*range(1, 31))),
            "Педагоги и руководители: Школа № 1, Школа № 2, Школа № 3, Школа № 4, Школа № 5, Школа № 6, Школа № 7 "
            "и ещё 23",
        ),
        (Audience(kinds=SCHOOLS, young_only=True), "Молодые педагоги школ"),
        (Audience(young_only=True, management=True), "Молодые руководители"),
        (Audience(young_only=True, management=False), "Молодые педагоги; без руководителей"),
        (Audience(management=True), "Руководители"),
        (Audience(management=False), "Педагоги; без руководителей"),
        (
            Audience(position_groups=frozenset({PositionGroup.PRESCHOOL, PositionGroup.SUBJECT_TEACHER})),
            "Педагоги; учителя-предметники и воспитатели и другие педагоги детских садов",
        ),
        (Audience(positions=ids(1)), "Педагоги; должность: учитель"),
        (Audience(positions=ids(1, 2)), "Педагоги; должности: учитель, воспитатель"),
        (Audience(subjects=ids(1)), "Педагоги и руководители; ведут предмет: математика"),
        (Audience(subjects=ids(1, 9)), "Педагоги и руководители; ведут предметы: математика, другой предмет"),
        (Audience(categories=frozenset({Category.NONE})), "Педагоги и руководители; категория: без категории"),
        (
            Audience(categories=frozenset({Category.HIGHEST, Category.FIRST})),
            "Педагоги и руководители; категории: первая, высшая",
        ),
        (Audience(associations=ids(1)), "Педагоги и руководители; из объединения: РМО учителей математики"),
        (
            Audience(associations=ids(1, 2)),
            "Педагоги и руководители; из объединений: РМО учителей математики, РМО учителей физики",
        ),
        (Audience(mentors=True), "Педагоги и руководители; наставники"),
        (Audience(mentees=True), "Педагоги и руководители; те, у кого есть наставник"),
        (
            Audience(mentors=True, mentees=True),
            "Педагоги и руководители; наставники и те, кого они сопровождают",
        ),
        (
            Audience(deficit_areas=frozenset({Area.ICT, Area.SUBJECT})),
            "Педагоги и руководители; дефицит не ниже среднего: предметное направление, ИКТ-направление",
        ),
        (
            Audience(campaign=1, answered=Answered.NO, young_only=True),
            "Молодые педагоги; кто ещё не ответил в анкетировании «Осень <b>2026</b>»",
        ),
        (
            Audience(campaign=1, answered=Answered.YES),
            "Педагоги и руководители; кто уже ответил в анкетировании «Осень <b>2026</b>»",
        ),
        (Audience(campaign=2), "Педагоги и руководители; кого спрашивали в анкетировании (его больше нет)"),
        (Audience(event=1), "Педагоги и руководители; кто записан на мероприятие «Семинар о чтении»"),
    ],
)
def test_sentences(audience: Audience, sentence: str) -> None:
    assert said(audience, FOUND) == sentence


def test_others_than_people_of_the_registry() -> None:
    assert said(Audience(), FOUND, "Ответственные") == "Ответственные"
    assert said(Audience(kinds=SCHOOLS, organisations=ids(1)), FOUND, "Ответственные") == (
        "Ответственные школ: Школа № 1"
    )


async def test_what_is_foreign_or_out_of_sight_has_no_name(town: Town) -> None:
    own, other = town.places[0], town.places[5]
    async with town.db.read() as session:
        everything = Audience(organisations=ids(own.id, other.id), campaign=town.campaigns[2], event=town.events[2])
        sentence = await describe(session, town.methodist, town.here, everything)
        assert sentence == (
            "Педагоги и руководители: Место 0, другая организация; кого спрашивали в анкетировании (его больше нет); "
            "кто записан на мероприятие (его больше нет)"
        )
        coordinator = Actor(
            1, None, town.here, organisations=ids(town.places[1].id), roles=frozenset({Role.COORDINATOR})
        )
        assert "Место 0" not in await describe(session, coordinator, town.here, everything)
        needy = Audience(deficit_areas=frozenset({Area.ICT}))
        assert "ИКТ" in await describe(session, town.methodist, town.here, needy)
        assert await describe(session, coordinator, town.here, needy) == (
            "Педагоги и руководители; ещё одно условие, которое видят методисты"
        )


async def test_only_the_own_municipality_can_be_named(town: Town) -> None:
    own = Audience(
        organisations=ids(town.places[0].id, town.places[4].id),
        associations=ids(*town.circles[:3]),
        positions=ids(town.positions[0][0]),
        subjects=ids(town.subjects[0]),
        deficit_areas=frozenset({Area.ICT}),
        campaign=town.campaigns[0],
        answered=Answered.NO,
        event=town.events[0],
    )
    async with town.db.read() as session:
        await check(session, town.methodist, town.here, own)
        await check(session, None, town.here, own)
        with pytest.raises(NotFound):
            await check(session, town.stranger, town.here, own)
        for foreign in (
            replace(own, organisations=ids(town.places[0].id, town.places[5].id)),
            replace(own, associations=ids(town.circles[3])),
            replace(own, positions=ids(NOBODYS)),
            replace(own, subjects=ids(NOBODYS)),
            replace(own, deficit_areas=frozenset({"astrology"})),
            replace(own, campaign=town.campaigns[2]),
            replace(own, campaign=None),
            replace(own, event=town.events[2]),
        ):
            with pytest.raises(AppError) as refused:
                await check(session, town.methodist, town.here, foreign)
            assert refused.value.key == "audience.foreign"


async def test_every_choice_that_is_offered_can_be_made_and_unmade(town: Town) -> None:
    async with town.db.read() as session:
        offered = {part: await options(session, town.methodist, town.here, part) for part in Part}
        assert [one.label for one in offered[Part.ORGANISATIONS]] == ["Место 0", "Место 1", "Место 2", "Место 3"]
        assert len(offered[Part.ASSOCIATIONS]) == 2, "neither archived nor another town's"
        assert [one.value for one in await options(session, town.methodist, town.here, Part.SUBJECTS, "MUS")] == [
            str(town.subjects[1])
        ]
        assert [one.value for one in await options(session, town.methodist, town.here, Part.KINDS, "сады")] == [
            "preschool"
        ]
    before = with_choice(Audience(), Part.CAMPAIGN, str(town.campaigns[0]), on=True)
    for part, several in offered.items():
        assert several, part
        for one in several:
            after = with_choice(before, part, one.value, on=True)
            assert one.value in chosen(after, part)
            assert one.value not in chosen(with_choice(after, part, one.value, on=False), part)
            assert len(chosen(after, part)) == 1


async def test_a_campaign_that_has_not_opened_is_no_choice(town: Town) -> None:
    async with town.db.write() as session:
        campaign = await session.get_one(Campaign, town.campaigns[0])
        campaign.state = "draft"
    async with town.db.read() as session:
        offered = await options(session, town.methodist, town.here, Part.CAMPAIGN)
    assert str(town.campaigns[0]) not in {one.value for one in offered}


@given(part=st.sampled_from(Part), value=st.text(max_size=12), on=st.booleans())
def test_nonsense_is_no_choice(part: Part, value: str, on: bool) -> None:
    try:
        found = with_choice(Audience(), part, value, on)
    except ValueError:
        return
    assert found == Audience() or chosen(found, part) == {str(int(value)) if value.isdigit() else value}


def test_to_another_campaign_no_answer_is_carried_over() -> None:
    first = Audience(campaign=1, answered=Answered.NO)
    assert with_choice(first, Part.CAMPAIGN, "1", on=False) == Audience()
    assert with_choice(Audience(), Part.CAMPAIGN, "2", on=True) == Audience(campaign=2)
    with pytest.raises(ValueError, match="answered"):
        with_choice(Audience(), Part.ANSWERED, "no", on=True)


def test_every_code_has_words() -> None:
    assert set(words.known()["parts"]) == set(Part)
    assert set(words.labels(Part.KINDS)) == set(words.known()["of_kinds"]) == set(OrganisationKind)
    assert set(words.labels(Part.POSITION_GROUPS)) == set(PositionGroup)
    assert set(words.labels(Part.CATEGORIES)) == set(Category)
    assert set(words.labels(Part.DEFICIT_AREAS)) == set(Area)
    assert set(words.labels(Part.ANSWERED)) == set(Answered)
