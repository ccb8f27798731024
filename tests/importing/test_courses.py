"""Several courses and awards in one cell, in the ways schools write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.awards import award_text, level_of, read_awards
from core.importing.courses import course_text, read_courses
from core.importing.findings import Unreadable
from core.importing.model import AwardRead, Course
from core.people.model import Level, TrainingKind
from tests.importing.sheets import TODAY, refusal

ADVANCED = TrainingKind.ADVANCED
DAYS = st.dates(date(1990, 1, 1), TODAY)
NAMES = (
    st.text(min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.isprintable() and "|" not in text and text not in {"", "-"})
)


def read(text: str) -> list[tuple[str, str, int | None, str, bool]]:
    return [
        (each.programme, each.provider, each.hours, each.finished_on.isoformat(), each.federal_register)
        for each in read_courses(text, ADVANCED, TODAY).value
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Читательская грамотность (72 ч., 2023)\nЦифровые сервисы (36 ч., 2022)",
        "Читательская грамотность, 72 часа, 2023; Цифровые сервисы, 36 ч, 2022 г.",
        "1) Читательская грамотность, 72 ч., 2023 2) Цифровые сервисы, 36 ч., 2022",
        "1. «Читательская грамотность», 72ч, 2023\n2. «Цифровые сервисы», 36ч, 2022",
        "2023 г. - Читательская грамотность, 72 ч.\n2022 г. - Цифровые сервисы, 36 ч.",
        "КПК «Читательская грамотность»\n72 ч.\n2023\nКПК «Цифровые сервисы»\n36 ч.\n2022",
    ],
)
def test_two_courses_in_one_cell(text: str) -> None:
    assert read(text) == [
        ("Читательская грамотность", "", 72, "2023-01-01", False),
        ("Цифровые сервисы", "", 36, "2022-01-01", False),
    ]


def test_everything_that_a_course_can_say() -> None:
    text = "«Школа учителя, часть 2», Институт развития образования, с 12.03.2021 по 25.03.2021, 100 ч., ФРП"

    assert read(text) == [("Школа учителя, часть 2", "Институт развития образования", 100, "2021-03-25", True)]


def test_the_provider_may_come_first_where_the_programme_is_quoted() -> None:
    assert read("ИРО, «Центр детства», 72 ч., 2023 г.") == [("Центр детства", "ИРО", 72, "2023-01-01", False)]


def test_retraining_is_told_by_its_word() -> None:
    (course,) = read_courses("Переподготовка «Логопедия», 520 ч., 2019", ADVANCED, TODAY).value

    assert course.kind is TrainingKind.RETRAINING


def test_hours_and_a_year_alone_are_a_course_without_a_name() -> None:
    found = read_courses("2021, 72 ч.", ADVANCED, TODAY)

    assert (found.value[0].hours, found.value[0].finished_on.year) == (72, 2021)
    assert "название программы не указано" in found.remark


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Читательская грамотность, 72 ч", "нет даты"),
        ("Читательская грамотность, 72 ч\nЦифровые сервисы, 36 ч, 2022", "нет даты"),
        ("Читательская грамотность, 72 ч, 2031", "не позже сегодняшнего дня"),
        ("Читательская грамотность, 9999 ч, 2021", "часов должно быть"),
        ("П" * 501 + ", 72 ч, 2021", "длиннее"),
        ("П, 72 ч, 2021\n" * 51, "больше 50 курсов"),
        ("П" * 7000, "больше 6000 знаков"),
        ("Грамотность, 31.02.2021", "в календаре нет"),
    ],
)
def test_what_is_missing_is_said(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_courses(text, ADVANCED, TODAY)


@pytest.mark.parametrize("text", ["", "-", "нет", "—", "не имеет", "не проходил(а)"])
def test_nothing(text: str) -> None:
    assert read_courses(text, ADVANCED, TODAY).value == ()
    assert read_awards(text, TODAY).value == ()


COURSES = st.builds(
    Course,
    programme=NAMES,
    provider=st.one_of(st.just(""), NAMES),
    kind=st.just(ADVANCED),
    hours=st.one_of(st.none(), st.integers(1, 5000)),
    finished_on=DAYS,
    federal_register=st.booleans(),
)
AWARDS = st.builds(AwardRead, title=NAMES, level=st.sampled_from(Level), given_on=st.one_of(st.none(), DAYS))


@given(st.lists(COURSES, min_size=1, max_size=6, unique=True))
def test_what_the_export_writes_comes_back_exactly(courses: list[Course]) -> None:
    text = "\n".join(map(course_text, courses))

    assert read_courses(text, ADVANCED, TODAY).value == tuple(courses)


@given(st.lists(AWARDS, min_size=1, max_size=6, unique=True))
def test_awards_come_back_exactly(awards: list[AwardRead]) -> None:
    text = "\n".join(map(award_text, awards))

    assert read_awards(text, TODAY).value == tuple(awards)


@given(st.text(alphabet='абв «»"(),;.\n12023ч|-', max_size=200))
def test_any_text_is_a_value_or_unreadable(text: str) -> None:
    for why in (refusal(read_courses, text, ADVANCED, TODAY), refusal(read_awards, text, TODAY)):
        assert not why or why.startswith("«")


def test_awards_with_their_years_and_levels() -> None:
    text = "Почётная грамота Министерства просвещения РФ, 2019 г.\nБлагодарность главы города (2020)"

    assert read_awards(text, TODAY).value == (
        AwardRead("Почётная грамота Министерства просвещения РФ", Level.FEDERAL, date(2019, 1, 1)),
        AwardRead("Благодарность главы города", Level.MUNICIPAL, date(2020, 1, 1)),
    )


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Почётная грамота Минпросвещения", Level.FEDERAL),
        ("Почётный работник общего образования РФ", Level.FEDERAL),
        ("Грамота министерства просвещения области", Level.REGIONAL),
        ("Благодарность губернатора", Level.REGIONAL),
        ("Грамота управления образования", Level.MUNICIPAL),
        ("Благодарность директора школы", Level.ORGANISATION),
        ("Медаль", None),
    ],
)
def test_levels(title: str, level: Level | None) -> None:
    assert level_of(title) is level
