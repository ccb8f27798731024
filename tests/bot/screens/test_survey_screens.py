"""A survey on the screen: what is said, what can be pressed, and that everything fits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens import survey
from bot.screens.summary import PAGE
from bot.surveys import presses
from bot.surveys.kinds import KINDS, Look
from bot.surveys.presses import Op, Press
from bot.texts import text
from core.surveys.model import (
    Choice,
    NumberRow,
    Question,
    QuestionType,
    Section,
    SurveyDefinition,
    SurveyPrivacy,
)
from core.surveys.model import Respondent as Who
from tests.bot.screens.checks import buttons, check, labels, some_value, step_at, walk, words
from tests.surveys.samples import CATALOGUE_FILES, catalogue

FACTS = {
    "teacher_position_group": "subject_teacher",
    "teacher_is_management": "no",
    "teacher_is_coordinator": "no",
    "teacher_experience": "over_20",
    "option_personal_scale": "yes",
    "organisation_kind": "school",
    "organisation_staff": "48",
    "organisation_young": "5",
    "event_title": "Семинар <о чтении>",
    "pair_role": "mentor",
}
LONG = "Щ" * 5000
STEEP = "<b>&𝄞\n" * 900
"""Signs that must be escaped, and one that takes two units of UTF-16."""


def survey_of(*questions: Question, sections: tuple[Section, ...] = ()) -> SurveyDefinition:
    return SurveyDefinition(
        code="sample",
        version="1",
        title="Проба <b>пера</b>",
        purpose="Проверить",
        privacy=SurveyPrivacy.NAMED,
        respondent=Who.TEACHER,
        minutes=2,
        source="",
        k=5,
        questions=questions,
        sections=sections,
    )


def choices(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(number, f"c{number}", label) for number, label in enumerate(names, 1))


def asked(type_: QuestionType, *names: str, required: bool = False, number: int = 1, label: str = "Что?") -> Question:
    row = NumberRow(0, 10, 1) if type_ is QuestionType.RANGE else None
    return Question(number, type_, f"q{number}", label, required=required, choices=choices(*names), row=row)


def presses_on(screen: survey.Screen) -> dict[str, Press]:
    found = ((button.label, presses.parse(button.action or "")) for button in buttons(screen))
    return {label: press for label, press in found if press is not None}


@pytest.mark.parametrize("file", CATALOGUE_FILES)
@pytest.mark.parametrize("group", ["", "subject_teacher", "preschool", "supplementary", "specialist", "manager"])
def test_every_screen_of_the_catalogue_fits(file: str, group: str) -> None:
    definition = catalogue(file)
    steps, _ = walk(definition, {**FACTS, "teacher_position_group": group})
    for step in steps:
        for page in (None, 0, 1, 2, 3):
            check(survey.step(step, look=Look(page=page), notice=text("answer.required")))
    check(survey.paused(steps[0]))
    check(survey.ended())


LISTED = {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.LIKERT, QuestionType.RANK}


@pytest.mark.parametrize("type_", [one for one in QuestionType if one is not QuestionType.CALCULATE])
@pytest.mark.parametrize("filling", [LONG, STEEP], ids=["long", "escaped"])
def test_the_longest_wording_fits(type_: QuestionType, filling: str) -> None:
    section = Section("s", filling)
    names = [filling] * 30 if type_ in LISTED else []
    question = replace(asked(type_, *names, label=filling), hint=filling, section="s")
    definition = replace(survey_of(question, sections=(section,)), title=filling)
    for answers in ({}, {1: some_value(question)}):
        kept = answers if question.is_asked else {}
        step = step_at(definition, question, kept, {}, from_summary=True, ids=presses.LARGEST, about=filling)
        check(survey.step(step, notice=text("answer.constraint", message=filling)))
        check(survey.paused(step))
        found = survey.search(step, "щ")
        assert (found is not None) == (type_ in LISTED)
        if found is not None:
            check(found)
    summary = step_at(definition, None, {1: filling} if question.is_text else {}, {}, about=filling)
    check(survey.step(summary))


@pytest.mark.parametrize("filling", [LONG, STEEP], ids=["long", "escaped"])
def test_the_longest_table_fits(filling: str) -> None:
    lines = [
        replace(asked(QuestionType.LIKERT, *[filling] * 9, number=n, label=filling), hint=filling, section="s")
        for n in range(1, 41)
    ]
    definition = replace(survey_of(*lines, sections=(Section("s", filling, matrix=True),)), title=filling)
    for line in lines:
        step = step_at(definition, line, dict.fromkeys(range(1, 41), 2), {}, ids=presses.LARGEST, about=filling)
        check(survey.step(step, notice=text("answer.constraint", message=filling)))


def test_a_long_summary_fits_on_every_page() -> None:
    questions = [asked(QuestionType.LONG_TEXT, number=n, label=STEEP) for n in range(1, 61)]
    sections = tuple(Section(f"s{n}", LONG) for n in range(1, 61))
    questions = [replace(one, section=f"s{one.number}") for one in questions]
    definition = survey_of(*questions, sections=sections)
    step = step_at(definition, None, {one.number: STEEP for one in questions}, {})
    opened = []
    for page in range(6):
        screen = check(survey.step(step, look=Look(page=page)))
        opened += [press.arg for press in presses_on(screen).values() if press.op is Op.OPEN]
    assert opened == list(range(1, 61))
    assert survey.step(step, look=Look(page=99)) == survey.step(step, look=Look(page=5))


def test_the_header_tells_how_far() -> None:
    questions = [asked(QuestionType.LIKERT, "Да", "Нет", number=n) for n in range(1, 18)]
    screen = survey.step(step_at(survey_of(*questions), questions[2], {}, {}))
    assert "Вопрос 3 из 17  ▰▱▱▱▱▱▱▱▱▱" in words(screen)
    assert words(screen).startswith("Проба <b>пера</b>\n")


@pytest.mark.parametrize(("position", "total", "full"), [(1, 17, 0), (9, 17, 5), (16, 17, 9), (17, 17, 10), (0, 0, 10)])
def test_the_bar_fills_at_the_end_only(position: int, total: int, full: int) -> None:
    assert survey.progress_bar(position, total) == "▰" * full + "▱" * (10 - full)


def test_buttons_stand_in_the_usual_order() -> None:
    first, second = asked(QuestionType.NOTE), asked(QuestionType.LIKERT, "Часто", "Иногда", "Редко", number=2)
    screen = survey.step(step_at(survey_of(first, second), second, {}, {}))
    assert [[button.label for button in row] for row in screen.rows] == [
        ["Часто"],
        ["Иногда"],
        ["Редко"],
        ["← Назад", "Пропустить →"],
        ["Продолжить позже"],
    ]


def test_the_first_screen_has_no_way_back_and_a_required_one_no_way_past() -> None:
    question = asked(QuestionType.LIKERT, "Часто", "Иногда", "Редко", required=True)
    assert labels(survey.step(step_at(survey_of(question), question, {}, {})))[3:] == ["Продолжить позже"]


def test_an_answer_is_marked_and_can_be_kept_or_taken_back() -> None:
    question = asked(QuestionType.SELECT_ONE, "Курсы", "Встречи", "Наставник")
    screen = survey.step(step_at(survey_of(question), question, {1: 2}, {}))
    assert labels(screen) == ["Курсы", "✓ Встречи", "Наставник", "Далее →", "Убрать ответ", "Продолжить позже"]
    found = presses_on(screen)
    assert (found["Далее →"].op, found["Убрать ответ"].op) == (Op.PROCEED, Op.SKIP)
    assert found["Наставник"] == Press(17, 17, 1, Op.ANSWER, 3)


def test_yes_and_no_stand_side_by_side() -> None:
    question = asked(QuestionType.SELECT_ONE, "Да", "Нет")
    screen = survey.step(step_at(survey_of(question), question, {}, {}))
    assert [button.label for button in screen.rows[0]] == ["Да", "Нет"]


def test_steps_of_a_scale_stand_below_one_another_unless_they_are_tiny() -> None:
    words_, digits = asked(QuestionType.LIKERT, "Да", "Скорее да"), asked(QuestionType.LIKERT, *"12345")
    assert len(survey.step(step_at(survey_of(words_), words_, {}, {})).rows[0]) == 1
    assert len(survey.step(step_at(survey_of(digits), digits, {1: 3}, {})).rows[0]) == 5


def test_several_of_says_exactly_what_a_press_does() -> None:
    question = asked(QuestionType.SELECT_MULTIPLE, "Речь", "Игра", required=True)
    empty = survey.step(step_at(survey_of(question), question, {}, {}))
    assert labels(empty)[:3] == ["☐ Речь", "☐ Игра", "Далее →"]
    assert presses_on(empty)["☐ Игра"].op is Op.ON
    marked = survey.step(step_at(survey_of(question), question, {1: (2,)}, {}))
    assert presses_on(marked)["☑ Игра"].op is Op.OFF
    assert "Отмечено: 1" in words(marked)


def test_long_lists_come_in_pages_with_every_choice_on_one() -> None:
    question = asked(QuestionType.SELECT_MULTIPLE, *(f"Тема {n}" for n in range(1, 21)))
    step = step_at(survey_of(question), question, {}, {})
    pages = [check(survey.step(step, look=Look(page=page))) for page in range(3)]
    offered = [press.arg for page in pages for press in presses_on(page).values() if press.op is Op.ON]
    assert offered == list(range(1, 21))
    assert "Варианты 9–16 из 20" in words(pages[1])
    assert {"▲ Предыдущие варианты", "▼ Ещё варианты"} <= set(labels(pages[1]))
    assert "▲ Предыдущие варианты" not in labels(pages[0])
    assert "▼ Ещё варианты" not in labels(pages[2])


def test_an_answered_list_opens_where_the_answer_is() -> None:
    question = asked(QuestionType.SELECT_ONE, *(f"Тема {n}" for n in range(1, 21)))
    assert "✓ Тема 12" in labels(survey.step(step_at(survey_of(question), question, {1: 12}, {})))


def test_choices_too_long_for_buttons_are_spelled_out() -> None:
    tail = "очень подробное описание варианта, которое не поместится на кнопке"
    question = asked(QuestionType.SELECT_ONE, f"Первый: {tail}", "Второй", "Третий")
    screen = check(survey.step(step_at(survey_of(question), question, {}, {})))
    assert f"1. Первый: {tail}" in words(screen)
    assert labels(screen)[1] == "2. Второй"


@pytest.mark.parametrize(
    ("type_", "hint"),
    [
        (QuestionType.INTEGER, "Напишите число"),
        (QuestionType.DECIMAL, "Можно дробное"),
        (QuestionType.DATE, "12 марта 2026"),
        (QuestionType.TIME, "14:30"),
        (QuestionType.DATETIME, "12.03.2026 14:30"),
        (QuestionType.TEXT, "Напишите ответ"),
        (QuestionType.LONG_TEXT, "можно подробно"),
    ],
)
def test_typed_kinds_say_what_to_type(type_: QuestionType, hint: str) -> None:
    question = asked(type_)
    assert hint in words(survey.step(step_at(survey_of(question), question, {}, {})))
    again = words(survey.step(step_at(survey_of(question), question, {1: some_value(question)}, {})))
    assert "Чтобы заменить" in again


def test_a_note_is_only_read() -> None:
    note = asked(QuestionType.NOTE, label="Прочитайте")
    screen = survey.step(step_at(survey_of(note, asked(QuestionType.TEXT, number=2)), note, {}, {}))
    assert "Вопрос" not in words(screen)
    assert labels(screen) == ["Далее →", "Продолжить позже"]


def test_a_notice_stands_in_the_message() -> None:
    question = asked(QuestionType.INTEGER)
    screen = survey.step(
        step_at(survey_of(question), question, {}, {}), notice=text("answer.constraint", message="От 1 до <40>")
    )
    assert words(screen).endswith("⚠️ От 1 до <40>")


def test_the_summary_shows_what_is_missing_instead_of_sending() -> None:
    needed = asked(QuestionType.LIKERT, "Да", "Нет", required=True)
    free = asked(QuestionType.TEXT, number=2)
    missing = survey.step(step_at(survey_of(needed, free), None, {}, {}))
    assert "нужен ответ" in words(missing)
    assert "без ответа" in words(missing)
    assert "Отправить" not in labels(missing)
    assert presses_on(missing)["К вопросу 1 →"] == Press(17, 17, 0, Op.OPEN, 1)
    ready = survey.step(step_at(survey_of(needed, free), None, {1: 1}, {}))
    assert "→ Да" in words(ready)
    assert presses_on(ready)["Отправить"] == Press(17, 17, 0, Op.SUBMIT)


def test_the_summary_opens_near_the_question_that_was_changed() -> None:
    questions = [asked(QuestionType.TEXT, number=n) for n in range(1, 31)]
    step = step_at(survey_of(*questions), None, {}, {})
    assert survey.step(step, near=25) == survey.step(step, look=Look(page=25 // PAGE))
    assert survey.step(step, near=30) == survey.step(step, near=None) == survey.step(step, look=Look(page=0))


def test_a_question_opened_from_the_summary_leads_back_there() -> None:
    question = asked(QuestionType.LIKERT, "Да", "Нет", required=True)
    screen = survey.step(step_at(survey_of(question), question, {1: 1}, {}, from_summary=True))
    assert presses_on(screen)["← К проверке"].op is Op.BACK


def test_every_kind_that_is_shown_has_its_file() -> None:
    assert set(KINDS) == set(QuestionType) - {QuestionType.CALCULATE}


@given(st.text(max_size=80))
def test_any_button_data_are_read_or_refused(data: str) -> None:
    press = presses.parse(data)
    assert press is None or presses.parse(str(press)) == press


@given(
    st.builds(
        Press,
        st.integers(0, presses.LARGEST),
        st.integers(0, presses.LARGEST),
        st.integers(0, 9999),
        st.sampled_from([Op.ANSWER, Op.ON, Op.OFF, Op.PAGE, Op.OPEN]),
        st.integers(0, 9999),
    )
)
def test_a_press_survives_the_way_through_the_messenger(press: Press) -> None:
    assert len(str(press).encode()) <= 64
    assert presses.parse(str(press)) == press


@pytest.mark.parametrize(
    "data",
    [
        "",
        "s:",
        "s:1:2:3",
        "s:1:2:3:zz",
        "s:1:2:3:a",
        "s:1:2:3:back:1",
        "s:1:2:3:a:x",
        "s:-1:2:3:a:1",
        "s:1:2:3:a:1:1",
        "s:1:2:3:a:99999",
        "s:2147483648:2:3:a:1",
        "s:1:9999999999:3:a:1",
        "s:１:2:3:a:1",
        "s:1:2:3:a:1\n",
        "x:1:2:3:a:1",
    ],
)
def test_forged_data_are_no_press(data: str) -> None:
    assert presses.parse(data) is None
