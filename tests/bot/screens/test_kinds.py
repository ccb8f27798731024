"""Each kind of question on the screen: what it offers, what it says, and what depends on earlier answers."""

from pathlib import Path

import pytest

from bot.screens import survey
from bot.screens.model import Screen
from bot.surveys import presses
from bot.surveys.kinds import Look
from bot.surveys.presses import Op
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition, Value
from core.surveys.steps import Step
from tests.bot.screens.checks import buttons, check, labels, step_at, words
from tests.surveys.samples import numbers

HEAD = """
code: kinds
version: "1"
title: Проба
purpose: Проверить
privacy: named
respondent: teacher
minutes: 2
k: 5
source: Для проверки
"""
EVERYTHING = Path(__file__).parents[1] / "conversation" / "everything.yaml"


def survey_of(rows: str) -> SurveyDefinition:
    return parse_definition(HEAD + rows, "kinds.yaml")


def everything() -> SurveyDefinition:
    return parse_definition(EVERYTHING.read_text(encoding="utf-8"), "everything.yaml")


def at(definition: SurveyDefinition, name: str, facts: dict[str, str] | None = None, **answers: Value) -> Step:
    """The question of that name with these answers, choices by name."""
    return step_at(definition, definition.by_name(name), numbers(definition, **answers), facts or {})


def ops(screen: Screen) -> dict[str, tuple[Op, int | None]]:
    found = {button.label: presses.parse(button.action or "") for button in buttons(screen)}
    return {label: (press.op, press.arg) for label, press in found.items() if press is not None}


def test_a_short_row_of_numbers_is_pressed_in_two_rows() -> None:
    screen = check(survey.step(at(everything(), "mood", mood=7.0)))
    assert [[one.label for one in row] for row in screen.rows[:2]] == [
        ["0", "1", "2", "3", "4", "5"],
        ["6", "✓ 7", "8", "9", "10"],
    ]
    assert ops(screen)["10"] == (Op.NUMBER, 11)


def test_a_long_row_of_numbers_is_typed() -> None:
    screen = check(survey.step(at(everything(), "share")))
    assert "Напишите число от 0 до 100 с шагом 4." in words(screen)
    assert labels(screen) == ["← Назад", "Пропустить →", "Продолжить позже"]


def test_a_row_of_halves_is_said_with_commas() -> None:
    definition = survey_of("questions: [{type: range, name: r, label: Сколько, parameters: start=-1 end=1 step=0.5}]")
    assert labels(survey.step(at(definition, "r")))[:5] == ["−1", "−0,5", "0", "0,5", "1"]


@pytest.mark.parametrize(
    ("constraint", "offered"),
    [(". <= today()", ["Вчера", "Сегодня"]), (". < today()", ["Вчера"]), (". > today()", [])],
)
def test_near_days_are_offered_as_far_as_they_fit(constraint: str, offered: list[str]) -> None:
    definition = survey_of(f"questions: [{{type: date, name: d, label: Когда, constraint: {constraint!r}}}]")
    screen = check(survey.step(at(definition, "d")))
    assert labels(screen)[: len(offered)] == offered
    assert set(labels(screen)) & {"Вчера", "Сегодня"} == set(offered)


def test_an_answered_day_is_said_as_people_write_it() -> None:
    assert "Ваш ответ:\n12.03.2026" in words(survey.step(at(everything(), "since", since="2026-03-12")))


def test_a_rank_is_pressed_in_order_and_says_what_is_left() -> None:
    definition = everything()
    empty = check(survey.step(at(definition, "order")))
    assert labels(empty)[:3] == ["▫ Тишина", "▫ Время", "▫ Компания"]
    assert "Осталось расставить: 3" in words(empty)
    assert {"Начать заново", "Далее →"} & set(labels(empty)) == set()
    some = check(
        survey.step(step_at(definition, definition.by_name("order"), {definition.by_name("order").number: (3, 1)}, {}))
    )
    assert labels(some)[:4] == ["2. Тишина", "▫ Время", "1. Компания", "Начать заново"]
    assert "Ваш порядок:\n1. Компания\n2. Тишина" in words(some)
    assert "Далее →" not in labels(some)
    assert (ops(some)["2. Тишина"], ops(some)["▫ Время"]) == ((Op.OFF, 1), (Op.ON, 2))
    whole = survey.step(
        step_at(definition, definition.by_name("order"), {definition.by_name("order").number: (3, 1, 2)}, {})
    )
    assert "Далее →" in labels(whole)
    assert "Все места заняты" in words(whole)


def test_a_rank_of_long_choices_is_told_by_their_numbers() -> None:
    long = "очень длинное название варианта, которое не поместится на кнопке"
    definition = survey_of(
        f"""
choices:
  c: [{{name: a, label: "Первый, {long}"}}, {{name: b, label: "Второй, {long}"}}, {{name: c, label: Третий}}]
questions: [{{type: rank c, name: r, label: Что важнее}}]
"""
    )
    screen = check(survey.step(step_at(definition, definition.questions[0], {1: (3, 1)}, {})))
    assert "по номерам: 3, 1" in words(screen)
    assert labels(screen)[2] == "1-е место: 3. Третий"


def test_a_table_shows_all_its_lines_and_marks_the_present_one() -> None:
    definition = everything()
    screen = check(survey.step(at(definition, "books", light="high")))
    said = words(screen)
    assert "Насколько хватает вам всего?\n✓ Света\u00a0— Много\n▸ Книг\n▫ Мела\u00a0—" in said
    assert said.count("Насколько хватает") == 1
    assert labels(screen)[:3] == ["Мало", "Достаточно", "Много"]


def test_a_long_table_shows_the_lines_around() -> None:
    lines = "\n".join(f"  - {{type: select_one d, name: l{n}, label: Строка {n}.}}" for n in range(1, 31))
    definition = survey_of(
        f"""
choices: {{d: [{{name: a, label: Да}}, {{name: b, label: Нет}}]}}
questions:
  - {{type: begin_group, name: g, label: Таблица, appearance: table-list}}
{lines}
  - {{type: end_group}}
"""
    )
    said = words(check(survey.step(at(definition, "l15"))))
    assert "и ещё 8 строк выше" in said
    assert "▸ Строка 15." in said
    assert "и ещё 10 строк ниже" in said
    assert "Строка 8." not in said
    assert "выше" not in words(survey.step(at(definition, "l1")))
    assert "ниже" not in words(survey.step(at(definition, "l30")))


def test_only_the_choices_that_fit_earlier_answers_are_offered() -> None:
    definition = everything()
    assert labels(survey.step(at(definition, "pier", shore="left")))[:2] == ["Первая пристань", "Вторая пристань"]
    right = survey.step(at(definition, "pier", shore="right"))
    assert ops(right)["Третья пристань, Правый берег"] == (Op.ANSWER, 3)
    changed = survey.step(at(definition, "pier", shore="right", pier="p1"))
    assert "✓ Первая пристань" not in labels(changed)
    assert "Убрать ответ" not in labels(changed)


@pytest.mark.parametrize(
    ("required", "says", "onward"), [("false", "Нажмите «Далее»", True), ("true", "Вернитесь", False)]
)
def test_a_list_with_nothing_left_is_passed_by(required: str, says: str, onward: bool) -> None:
    definition = survey_of(
        f"""
choices: {{c: [{{name: a, label: А, of: x}}, {{name: b, label: Б, of: y}}]}}
questions:
  - {{type: text, name: t, label: Что}}
  - {{type: select_multiple c, name: m, label: Какие, choice_filter: "of = ${{t}}", required: {required}}}
"""
    )
    screen = check(survey.step(at(definition, "m", t="z")))
    assert says in words(screen)
    assert ("Далее →" in labels(screen)) == onward


def test_pages_count_the_offered_choices() -> None:
    rows = ", ".join(f"{{name: c{n}, label: Выбор {n}, of: {'x' if n % 2 else 'y'}}}" for n in range(1, 41))
    definition = survey_of(
        f"""
choices: {{c: [{rows}]}}
questions:
  - {{type: text, name: t, label: Что}}
  - {{type: select_multiple c, name: m, label: Какие, choice_filter: "of = ${{t}}"}}
"""
    )
    step = at(definition, "m", t="y")
    second = check(survey.step(step, look=Look(page=1)))
    assert "Варианты 9–16 из 20" in words(second)
    assert labels(second)[0] == "☐ Выбор 18"
    assert survey.step(step, look=Look(at=18)) == second
    assert survey.step(step, look=Look(at=17)) == survey.step(step, look=Look(page=0))


def long_list(count: int) -> Step:
    rows = ", ".join(f"{{name: c{n}, label: Ёлка № {n}.}}" for n in range(1, count + 1))
    definition = survey_of(f"choices: {{c: [{rows}]}}\nquestions: [{{type: select_one c, name: q, label: Какая}}]")
    return at(definition, "q")


def test_a_long_list_is_searched_by_a_part_of_the_name() -> None:
    step = long_list(30)
    assert "часть названия" in words(survey.step(step))
    found = survey.search(step, "  елка № 2. ")
    assert found is not None
    assert ops(check(found)) == {
        "Ёлка № 2.": (Op.ANSWER, 2),
        "Все варианты": (Op.PAGE, 0),
        "Пропустить →": (Op.SKIP, None),
        "Продолжить позже": (Op.PAUSE, None),
    }
    many = survey.search(step, "ЁЛКА")
    assert many is not None
    assert "Показаны первые 8" in words(check(many))
    none = survey.search(step, "сосна <b>")
    assert none is not None
    assert "со словами «сосна <b>» нет" in words(check(none))
    assert labels(none)[0] == "Ёлка № 1."


def test_a_short_list_is_not_searched() -> None:
    assert survey.search(long_list(24), "ёлка") is None


def test_what_is_known_is_confirmed_with_one_press() -> None:
    definition = everything()
    known = check(survey.step(at(definition, "position", {"teacher_position_group": "preschool"})))
    assert "По нашим данным: Работаю в детском саду." in words(known)
    assert labels(known)[0] == "✓ Верно"
    assert ops(known)["✓ Верно"] == (Op.PROCEED, None)
    assert {"Учу в школе", "Работаю в детском саду"} <= set(labels(known))
    answered = survey.step(at(definition, "position", {"teacher_position_group": "preschool"}, position="preschool"))
    assert "По нашим данным" not in words(answered)
    unknown = survey.step(at(definition, "position", {"teacher_position_group": "manager"}))
    assert "✓ Верно" not in labels(unknown)


def test_what_is_only_likely_is_called_so() -> None:
    screen = check(survey.step(at(everything(), "lessons_next", teaches="yes", hours=12)))
    assert "Вероятный ответ: 12." in words(screen)
    assert labels(screen) == ["✓ Верно", "← Назад", "Пропустить →", "Продолжить позже"]


def test_several_known_marks_are_confirmed_by_one_button() -> None:
    definition = survey_of(
        """
choices: {c: [{name: a, label: А}, {name: b, label: Б}]}
questions: [{type: select_multiple c, name: m, label: Какие, required: true, default: "'a b'"}]
"""
    )
    screen = check(survey.step(at(definition, "m")))
    assert "Вероятный ответ: А; Б." in words(screen)
    assert labels(screen) == ["✓ Верно", "☐ А", "☐ Б", "Продолжить позже"]


@pytest.mark.parametrize(("shore", "free"), [("left", True), ("island", False)])
def test_what_must_be_answered_can_depend_on_answers(shore: str, free: bool) -> None:
    screen = survey.step(at(everything(), "why", shore=shore))
    assert ("Пропустить →" in labels(screen)) == free


def test_labels_say_what_was_answered() -> None:
    assert "Почему остров «Левый берег»?" in words(survey.step(at(everything(), "why", shore="left")))


def test_own_words_are_not_filled_in() -> None:
    definition = everything()
    summary = survey.step(step_at(definition, None, numbers(definition, word="${shore}", shore="left"), {}))
    assert "→ ${shore}" in words(summary)


def test_a_choice_that_nothing_is_known_for_keeps_a_name() -> None:
    definition = survey_of(
        """
choices: {c: [{name: a, label: "${t}"}, {name: b, label: Б}]}
questions:
  - {type: text, name: t, label: Что}
  - {type: select_one c, name: q, label: "${t}", hint: "${t}"}
"""
    )
    assert labels(check(survey.step(at(definition, "q"))))[:2] == ["a", "Б"]
    assert labels(survey.step(at(definition, "q", t="Слово")))[0] == "Слово"


def test_the_header_says_what_the_survey_is_about() -> None:
    definition = everything()
    step = step_at(definition, definition.by_name("teaches"), {}, {}, subject=5, about="Школа <№ 2>")
    assert words(survey.step(step)).startswith("Всего понемногу\nШкола <№ 2>\nВопрос 1")
    assert "surveys:begin:17-5" in [button.action for button in buttons(survey.paused(step))]
