"""What is written comes back the same, and pyxform has nothing against it."""

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from core.surveys.loading import definition_json
from core.surveys.model import SurveyDefinition
from core.surveys.xlsform import read_upload, read_workbook, template_workbook, write_workbook
from tests.surveys.samples import CATALOGUE_FILES, catalogue
from tests.xlsform.books import walk
from tests.xlsform.made_up import definitions


def same(definition: SurveyDefinition) -> None:
    imported = read_workbook(write_workbook(definition), "survey.xlsx")
    assert definition_json(imported.definition) == definition_json(definition)


@pytest.mark.parametrize("name", CATALOGUE_FILES)
def test_a_built_in_survey_comes_back_identical(name: str) -> None:
    same(catalogue(name))


@pytest.mark.parametrize("name", CATALOGUE_FILES)
def test_pyxform_takes_a_built_in_survey(name: str) -> None:
    assert convert(write_workbook(catalogue(name)), validate=False).warnings == []


@settings(max_examples=60, deadline=None)
@given(definitions())
def test_any_survey_comes_back_identical(definition: SurveyDefinition) -> None:
    same(definition)


@settings(max_examples=30, deadline=None)
@given(definitions())
def test_pyxform_takes_any_survey(definition: SurveyDefinition) -> None:
    convert(write_workbook(definition), validate=False)


async def test_an_upload_is_read_like_any_workbook() -> None:
    content = write_workbook(catalogue("deficits.yaml"))
    assert await read_upload(content, "a.xlsx") == read_workbook(content, "a.xlsx")


def test_the_template_can_be_uploaded_and_answered() -> None:
    imported = read_workbook(template_workbook(), "template.xlsx")
    assert imported.notices == ()
    assert convert(template_workbook(), validate=False).warnings == []
    walk(imported.definition)


def test_the_template_shows_every_kind_of_question() -> None:
    from core.surveys.model import QuestionType

    shown = {question.type for question in read_workbook(template_workbook(), "t.xlsx").definition.questions}
    assert shown == set(QuestionType)
