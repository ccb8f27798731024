"""Whatever a reader of workbooks lets through can be stored as a draft, shown, published and taken away again."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from admin.shell.page import fragment
from admin.surveys.contents import contents
from admin.surveys.differences import sentences
from core.authoring import rules
from core.surveys.loading import definition_from_json, definition_json, parse_definition
from core.surveys.model import SurveyDefinition
from core.surveys.xlsform import read_workbook
from tests.surveys.samples import SAMPLE
from tests.xlsform.corpus import RUNNING
from tests.xlsform.made_up import definitions

PAGE = "surveys/contents.html"


def shown(definition: SurveyDefinition) -> str:
    stored = definition_from_json(definition_json(definition))
    assert stored == definition
    assert sentences(stored, definition) == []
    return fragment(PAGE, **contents(stored))


@pytest.mark.parametrize("name", RUNNING)
def test_a_foreign_form_can_be_kept_shown_and_published(name: str) -> None:
    form = RUNNING[name]
    definition = read_workbook(form.made(form.sheets), f"{name}.xlsx").definition
    assert "${" not in re.sub(r"<code>.*?</code>", "", shown(definition), flags=re.DOTALL)
    rules.check_about(rules.about_of(definition))
    rules.check_version(rules.proposed_version(definition.version, set()), set())


@given(definitions(), definitions())
@settings(max_examples=60, deadline=None)
def test_any_survey_can_be_kept_shown_and_compared(old: SurveyDefinition, new: SurveyDefinition) -> None:
    shown(old)
    assert all(isinstance(one, str) for one in sentences(old, new))


def test_what_a_file_says_never_becomes_markup() -> None:
    definition = parse_definition(SAMPLE.replace("label: Здравствуйте", "label: <script>alert(1)</script>"), "x.yaml")
    html = shown(replace(definition, title="<b>жирно</b>"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_table_without_lines_of_its_own_is_shown() -> None:
    nested = SAMPLE.replace("label: Уроки,", "label: Уроки, appearance: table-list,")
    first, end = "  - {type: integer, name: hours", "  - {type: end_group}"
    nested = nested.replace(first, "  - {type: begin_group, name: inner, label: Внутри}\n" + first)
    assert "Внутри" in shown(parse_definition(nested.replace(end, f"{end}\n{end}"), "nested.yaml"))
