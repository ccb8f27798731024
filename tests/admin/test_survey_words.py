"""Conditions, differences, places in files and names of files, as a methodist reads them."""

from urllib.parse import unquote

import pytest

from admin.surveys.conditions import condition
from admin.surveys.differences import sentences
from admin.surveys.files import attachment
from admin.surveys.outline import confirmed_facts, count, outline
from admin.surveys.problems import Located, located
from admin.surveys.words import ASPECTS, DETAILS, ORIGINS, TYPES
from core.authoring.model import Aspect, Detail, Origin
from core.surveys.loading import parse_definition
from core.surveys.model import QuestionType, SurveyDefinition
from core.surveys.reading import Problem
from tests.surveys.samples import CATALOGUE_FILES, catalogue

FORM = """
code: said
version: "1"
title: Проба
purpose: Проверить слова
privacy: named
respondent: teacher
minutes: 2
k: 5
source: Для проверки
choices:
  yes_no: [{name: "yes", label: Да}, {name: "no", label: Нет}]
  topics: [{name: speech, label: Речь}, {name: ict, label: Компьютер}]
questions:
  - {type: note, name: intro, label: Здравствуйте}
  - {type: select_one yes_no, name: leads, label: "Вы руководите?", default: "${teacher_is_management}"}
  - {type: begin_group, name: lessons, label: Уроки, relevant: "${leads} = 'no'"}
  - {type: integer, name: hours, label: "Сколько часов?", required: true, constraint: ". >= 1 and . <= 40",
     constraint_message: От 1 до 40}
  - {type: select_multiple topics, name: topics, label: Темы, constraint: "count-selected(.) <= 1",
     constraint_message: Одну}
  - {type: end_group}
  - {type: text, name: why, label: "Почему ${hours}?", relevant: "RELEVANT"}
  - {type: range, name: mark, label: Оцените, parameters: "start=0 end=10 step=0.5"}
"""


def form(relevant: str) -> SurveyDefinition:
    return parse_definition(FORM.replace("RELEVANT", relevant), "said.yaml")


@pytest.mark.parametrize(
    ("relevant", "words"),
    [
        ("${leads} = 'yes'", "«Вы руководите?» — «Да»"),
        ("${leads} != 'yes'", "«Вы руководите?» — не «Да»"),
        ("not(${leads} = 'yes')", "«Вы руководите?» — не «Да»"),
        ("${leads} = ''", "«Вы руководите?»: ответа нет"),
        ("${leads} != ''", "«Вы руководите?»: ответ есть"),
        ("selected(${topics}, 'ict')", "в «Темы» отмечено «Компьютер»"),
        ("not(selected(${topics}, 'ict'))", "в «Темы» не отмечено «Компьютер»"),
        ("count-selected(${topics}) > 1", "в «Темы» отмечено больше 1"),
        ("${hours} >= 18", "ответ на «Сколько часов?» не меньше 18"),
        ("${hours} > 1.5", "ответ на «Сколько часов?» больше 1,5"),
        ("${teacher_position_group} = 'preschool'", "Воспитатели и другие педагоги детских садов"),
        (
            "${leads} = 'yes' or ${hours} > 18 and selected(${topics}, 'ict')",
            "«Вы руководите?» — «Да» или (ответ на «Сколько часов?» больше 18 и в «Темы» отмечено «Компьютер»)",
        ),
    ],
)
def test_a_simple_condition_is_said(relevant: str, words: str) -> None:
    definition = form(relevant)
    said = condition(definition, definition.by_name("why").relevant)
    assert said is not None
    assert words in said.words


def test_a_question_is_called_without_the_places_of_other_answers() -> None:
    written = FORM.replace("RELEVANT", "${leads} = 'no'")
    marked = written.replace("label: Оцените,", "label: Оцените, relevant: \"${why} != ''\",")
    survey = parse_definition(marked, "said.yaml")
    said = condition(survey, survey.by_name("mark").relevant)
    assert said is not None
    assert said.words == "«Почему …?»: ответ есть"


@pytest.mark.parametrize("relevant", ["${hours} * 2 > 10", "string-length(${leads}) = 3", "once(today()) = today()"])
def test_what_is_not_simple_is_shown_as_written(relevant: str) -> None:
    definition = form(relevant)
    said = condition(definition, definition.by_name("why").relevant)
    assert said is not None
    assert (said.words, said.source) == ("", relevant)


def test_a_long_chain_is_shown_as_written() -> None:
    definition = form(" or ".join(["${leads} = 'yes'"] * 60))
    said = condition(definition, definition.by_name("why").relevant)
    assert said is not None
    assert said.words == ""


def test_what_an_answer_is_held_to_is_said() -> None:
    definition = form("true()")
    hours, topics = definition.by_name("hours"), definition.by_name("topics")
    checks = [condition(definition, one.constraint, one) for one in (hours, topics)]
    assert [one.words for one in checks if one] == ["ответ от 1 до 40", "отмечено не больше 1"]


def test_the_outline_has_every_question_in_its_place() -> None:
    definition = form("${leads} = 'yes'")
    lines = outline(definition)
    assert [(line.place, line.title, line.depth) for line in lines] == [
        (None, "Здравствуйте", 0),
        (1, "Вы руководите?", 0),
        (None, "Уроки", 0),
        (2, "Сколько часов?", 1),
        (3, "Темы", 1),
        (4, "Почему [Сколько часов?]?", 0),
        (5, "Оцените", 0),
    ]
    assert count(definition) == 5
    assert lines[-1].kind == "число от 0 до 10 с шагом 0,5"
    assert lines[3].required == "нужен ответ"
    assert lines[2].relevant is not None
    assert len(confirmed_facts(definition)) == 1
    assert lines[1].confirms == confirmed_facts(definition)[0]


@pytest.mark.parametrize("name", CATALOGUE_FILES)
def test_no_code_shows_through_the_outline_of_a_built_in_survey(name: str) -> None:
    definition = catalogue(name)
    for line in outline(definition):
        for said in (line.relevant, line.constraint):
            assert said is None or said.words, f"{line.title}: {said.source}"
        assert "${" not in line.title + line.hint


def test_every_code_has_words() -> None:
    assert set(TYPES) == set(QuestionType)
    assert set(ASPECTS) == set(Aspect)
    assert set(DETAILS) == set(Detail)
    assert set(ORIGINS) == set(Origin)


def test_differences_are_sentences() -> None:
    old = form("${leads} = 'yes'")
    text = FORM.replace("RELEVANT", "${leads} = 'no'").replace("privacy: named", "privacy: anonymous")
    new = parse_definition(text.replace("respondent: teacher", "respondent: organisation"), "said.yaml")
    assert sentences(old, new) == [
        "Вид анкеты: была «именная», станет «анонимная».",
        "Отвечать будут другие: были педагоги и руководители, станут ответственные, каждый за свою организацию.",
        "Изменено «Почему [Сколько часов?]?»: условие показа.",
    ]


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("лист survey, строка 12, столбец F (relevant)", ("survey", "12", "F (relevant)")),
        ("лист choices, строка 3", ("choices", "3", "")),
        ("лист мой лист, строка 7, строка 3, столбец A", ("мой лист, строка 7", "3", "A")),
        ("лист settings", ("лист settings", "", "")),
        ("анкета.xlsx", ("анкета.xlsx", "", "")),
    ],
)
def test_a_place_is_taken_apart(where: str, parts: tuple[str, str, str]) -> None:
    assert located([Problem(where, "исправьте")]) == [Located(*parts, "исправьте")]


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("Анкета о работе", "Анкета о работе.xlsx"),
        ('../"тайна"\r\nSet-Cookie: a=b', "тайна Set-Cookie a=b.xlsx"),
        ("...", "file.xlsx"),
        ("я" * 300, "я" * 100 + ".xlsx"),
    ],
)
def test_a_file_is_named_so_that_any_system_can_keep_it(name: str, saved: str) -> None:
    header = attachment(b"", name).headers["content-disposition"]
    assert header.isascii()
    assert unquote(header.rsplit("''", 1)[1]) == saved
