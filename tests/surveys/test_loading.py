"""A definition is taken whole or refused with every problem at its place."""

import json

import pytest
from hypothesis import given

from core.surveys.loading import DefinitionError, checksum, definition_from_json, definition_json, parse_definition
from core.surveys.model import QuestionType, SurveyDefinition

from .samples import CATALOGUE_FILES, SAMPLE, catalogue, sample, surveys

SCALE = """
scales:
  - name: scale
    title: Шкала
    items: [teaches]
    points: {yes: 1, no: 0}
    bands: [{code: all, title: Всё, from: 0}]
"""


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(text, "проба.yaml")
    return [(problem.where, problem.message) for problem in caught.value.problems]


def test_what_is_read() -> None:
    survey = sample()
    assert [question.number for question in survey.questions] == list(range(1, 8))
    assert survey.by_name("comment").type is QuestionType.LONG_TEXT
    assert survey.by_name("hours").section == "lessons"
    assert [choice.number for choice in survey.by_name("topics").choices] == [1, 2, 3]
    assert survey.section("lessons").title == "Уроки"


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("title: Проба\n", "", "поле title", "нужно заполнить"),
        ("title: Проба", "titel: Проба", "поле titel", "возможно, title"),
        ("title: Проба", "title: 5", "поле title", "нужен непустой текст"),
        ("privacy: named", "privacy: open", "поле privacy", "named, confidential, anonymous"),
        ("minutes: 2", "minutes: два", "поле minutes", "целое число"),
        ("minutes: 2", "minutes: 0", "поле minutes", "от 1 до 120"),
        ("k: 5", "k: 2", "поле k", "меньше трёх"),
        ("name: no, label: Нет", "name: yes, label: Нет", "поле choices", "два варианта"),
        ("name: speech, label", "name: не так, label", "вопрос topics, поле type", "без пробелов"),
        ("select_one yes_no", "select_one yesno", "вопрос teaches, поле type", "yesno"),
        ("type: integer", "type: geopoint", "вопрос hours, поле type", "текстом"),
        ("type: integer", "type: xml-external", "вопрос hours, поле type", "не поддерживается"),
        ("appearance: multiline", "appearance: huge", "вопрос comment, поле type", "не поддерживается"),
        ("name: hours", "name: teaches", "вопрос teaches", "имя занято"),
        ("name: why", "name: teacher_position_group", "вопрос teacher_position_group", "занято"),
        ("name: why", "name: 1why", "вопрос 1why, поле name", "начинается с буквы"),
        ("${teaches} = 'yes'", "${teachs} = 'yes'", "раздел lessons, поле relevant", "возможно, teaches"),
        ("${teaches} = 'yes'", "${teaches} = 'yep'", "раздел lessons, поле relevant", "бывают: yes, no"),
        ("${teaches} = 'yes'", "${teacher_position_group} = 'x'", "раздел lessons, поле relevant", "preschool"),
        ("${teaches} = 'yes'", "${intro} = 'yes'", "раздел lessons, поле relevant", "пояснение"),
        ("${teaches} = 'yes'", "${hours} = 5", "поле relevant", "по кругу"),
        ("${hours} > 10", "${hours} > ", "вопрос topics, поле relevant", "знак 11"),
        ("${hours} > 10", ". > 10", "вопрос topics, поле relevant", "только в constraint"),
        ("'ict')", "'itc')", "вопрос why, поле relevant", "нет значения 'itc'"),
        ("- {type: end_group}", "", "поле questions", "не закрыт"),
        ("{type: note, name: bye, label: Спасибо}", "{type: end_group}", "вопрос № 9, поле type", "закрывать нечего"),
        ("name: bye, label: Спасибо", "name: bye, label: Спасибо, required: true", "вопрос bye", "не отвечают"),
        ("name: bye, label: Спасибо", "name: bye, label: Спасибо, required: 5", "поле required", "true или false"),
        ("type: note, name: bye", "type: calculate, name: bye", "вопрос bye, поле calculation", "calculate"),
        ("select_multiple topics", "select_multiple yes_no", "поле choices", "не использует"),
        ("k: 5", "k: 5\nk: 6", "строка 10", "дважды"),
        ("k: 5", "k: &a 5\nminutes: *a", "строка 10", "ссылки"),
        ("k: 5", "k: " + "[" * 20 + "]" * 20, "строка 9", "вложенность"),
        ("k: 5", "k: [", "строка", "не разобрать"),
    ],
)
def test_problems_are_located(old: str, new: str, where: str, message: str) -> None:
    assert old in SAMPLE
    found = problems(SAMPLE.replace(old, new, 1))
    assert any(where in place and message in text for place, text in found), found
    assert all(place.startswith("проба.yaml") for place, _ in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("items: [teaches]", "items: [teach]", "вопроса teach нет"),
        ("items: [teaches]", "items: [hours]", "выбором одного"),
        ("items: [teaches]", "items: []", "нужны утверждения"),
        ("points: {yes: 1, no: 0}", "points: {yes: 1}", "no нет баллов"),
        ("points: {yes: 1, no: 0}", "points: {yes: много}", "нужно число"),
        ("from: 0", "from: 10", "первый — от 0"),
        ("bands: [", "bands: [{code: low, title: Мало, from: 50}, ", "по возрастанию"),
        ("title: Шкала", "title: Шкала\n    reversed: [hours]", "но не в items"),
        ("title: Шкала", "title: Шкала\n    at_least: 2", "at_least"),
        ("scales:", "feedback: [{scale: other, text: Да}]\nscales:", "шкалы other нет"),
        ("scales:", "feedback: [{scale: scale, band: x, text: Да}]\nscales:", "уровня x"),
        ("scales:", "feedback: [{text: 'К {{ phone }}'}]\nscales:", "бывают: help_contact"),
    ],
)
def test_faults_of_scales_and_feedback(old: str, new: str, message: str) -> None:
    parse_definition(SAMPLE + SCALE, "проба.yaml")
    found = problems(SAMPLE + SCALE.replace(old, new, 1))
    assert any(message in text for _, text in found), found


def test_all_problems_come_at_once() -> None:
    broken = (
        SAMPLE.replace("title: Проба", "title: 5").replace("type: integer", "type: barcode").replace("k: 5", "k: x")
    )
    assert len(problems(broken)) >= 3


def test_a_file_that_is_no_mapping() -> None:
    assert problems("- раз")[0] == ("проба.yaml", "нужны пары «поле: значение»")
    assert "не разобрать" in problems("a: \x00")[0][1]


@pytest.mark.parametrize("name", CATALOGUE_FILES)
def test_catalogue_comes_back_identical(name: str) -> None:
    assert_roundtrip(catalogue(name))


@given(surveys())
def test_any_survey_comes_back_identical(survey: SurveyDefinition) -> None:
    assert_roundtrip(survey)


def assert_roundtrip(survey: SurveyDefinition) -> None:
    written = definition_json(survey)
    again = definition_from_json(written)
    assert again == survey
    assert definition_json(again) == written
    assert checksum(again) == checksum(survey)


def test_checksum_changes_with_the_wording() -> None:
    other = parse_definition(SAMPLE.replace("Уроки", "Занятия"), "проба.yaml")
    assert checksum(other) != checksum(sample())
    assert len(checksum(other)) == 64


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, json.dumps({"code": 5})])
def test_stored_text_that_is_no_definition(text: str) -> None:
    with pytest.raises(DefinitionError):
        definition_from_json(text)
