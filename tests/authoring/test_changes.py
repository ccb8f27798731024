"""Everything that differs between two versions is told, and nothing else."""

import pytest

from core.authoring.changes import changes
from core.authoring.model import Aspect, Change, Detail
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition
from tests.surveys.samples import CATALOGUE_FILES, catalogue

FORM = """
code: compared
version: "1"
title: Сравнение
purpose: Проверка
privacy: confidential
respondent: teacher
minutes: 2
k: 5
source: Для проверки
choices:
  scale: [{name: low, label: Мало}, {name: high, label: Много}]
questions:
  - {type: begin_group, name: plans, label: Планы}
  - {type: select_one scale, appearance: likert, name: plan, label: "План есть?"}
  - {type: select_one scale, appearance: likert, name: books, label: "Книги есть?", required: true}
  - {type: end_group}
  - {type: integer, name: hours, label: "Часов?", hint: В неделю, constraint: ". < 40", relevant: "${plan} = 'high'"}
  - {type: calculate, name: twice, calculation: "${hours} * 2"}
scales:
  - {name: amount, title: Сколько, items: [plan, books], points: {low: 0, high: 1},
     bands: [{code: some, title: немного, from: 0}, {code: lots, title: много, from: 60}]}
feedback:
  - {scale: amount, band: lots, text: Всего много}
"""


def form(*replacements: tuple[str, str]) -> SurveyDefinition:
    text = FORM
    for before, after in replacements:
        assert before in text, before
        text = text.replace(before, after)
    return parse_definition(text, "compared.yaml")


def found(*replacements: tuple[str, str]) -> list[Change]:
    return list(changes(form(), form(*replacements)))


@pytest.mark.parametrize("name", CATALOGUE_FILES)
def test_a_survey_does_not_differ_from_itself(name: str) -> None:
    assert changes(catalogue(name), catalogue(name)) == ()


def test_the_number_of_the_version_is_no_difference() -> None:
    assert found(('version: "1"', 'version: "2"')) == []


@pytest.mark.parametrize(
    ("before", "after", "aspect"),
    [
        ("title: Сравнение", "title: Другое", Aspect.TITLE),
        ("purpose: Проверка", "purpose: Иное", Aspect.PURPOSE),
        ("privacy: confidential", "privacy: anonymous", Aspect.PRIVACY),
        ("respondent: teacher", "respondent: organisation", Aspect.RESPONDENT),
        ("minutes: 2", "minutes: 3", Aspect.MINUTES),
        ("k: 5", "k: 7", Aspect.K),
        ("label: Планы", "label: Замыслы", Aspect.SECTIONS),
        ("text: Всего много", "text: Всего достаточно", Aspect.FEEDBACK),
        ("points: {low: 0, high: 1}", "points: {low: 0, high: 2}", Aspect.SCALE_CHANGED),
        ("title: много, from: 60", "title: много, from: 70", Aspect.SCALE_CHANGED),
    ],
)
def test_one_thing_that_differs_is_one_change(before: str, after: str, aspect: Aspect) -> None:
    assert [one.aspect for one in found((before, after))] == [aspect]


@pytest.mark.parametrize(
    ("before", "after", "detail"),
    [
        ("type: integer, name: hours", "type: decimal, name: hours", Detail.TYPE),
        ('label: "Часов?"', 'label: "Сколько часов?"', Detail.LABEL),
        ("hint: В неделю", "hint: В месяц", Detail.HINT),
        ('constraint: ". < 40"', 'constraint: ". < 50"', Detail.CONSTRAINT),
        ("relevant: \"${plan} = 'high'\"", "relevant: \"${plan} = 'low'\"", Detail.RELEVANT),
        ("hint: В неделю,", "hint: В неделю, required: true,", Detail.REQUIRED),
        ("hint: В неделю,", 'hint: В неделю, default: "5",', Detail.DEFAULT),
        ("${hours} * 2", "${hours} * 3", Detail.CALCULATION),
    ],
)
def test_one_thing_of_a_question_is_one_detail(before: str, after: str, detail: Detail) -> None:
    assert [(one.aspect, one.details) for one in found((before, after))] == [(Aspect.CHANGED, (detail,))]


def test_another_wording_of_a_choice_and_another_choice_are_different_things() -> None:
    reworded = found(("label: Много}", "label: Очень много}"))
    assert [one.details for one in reworded] == [(Detail.CHOICE_LABELS,)] * 2
    top = ("{name: high, label: Много}]", "{name: high, label: Много}, {name: top, label: Всё}]")
    more = found(top, ("high: 1}", "high: 1, top: 2}"))
    assert [one.aspect for one in more] == [Aspect.CHANGED, Aspect.CHANGED, Aspect.SCALE_CHANGED]
    assert all(Detail.CHOICES in one.details for one in more[:2])


def test_questions_come_and_go() -> None:
    new = "  - {type: text, name: why, label: Почему}\nscales:"
    assert found(("scales:", new)) == [Change(Aspect.ADDED, "Почему")]
    gone = changes(form(("scales:", new)), form())
    assert gone == (Change(Aspect.REMOVED, "Почему"),)


def test_a_calculation_is_called_by_its_name() -> None:
    assert [one.subject for one in found(("${hours} * 2", "${hours} * 3"))] == ["twice"]


def test_another_order_is_one_change() -> None:
    first = '  - {type: select_one scale, appearance: likert, name: plan, label: "План есть?"}\n'
    second = '  - {type: select_one scale, appearance: likert, name: books, label: "Книги есть?", required: true}\n'
    assert found((first + second, second + first)) == [Change(Aspect.ORDER)]


def test_a_question_in_another_section_has_changed() -> None:
    end = "  - {type: end_group}\n"
    books = '  - {type: select_one scale, appearance: likert, name: books, label: "Книги есть?", required: true}\n'
    assert [(one.aspect, one.details) for one in found((books + end, end + books))] == [
        (Aspect.CHANGED, (Detail.SECTION,))
    ]


def test_a_scale_that_is_gone_takes_its_feedback_along() -> None:
    without = FORM[: FORM.index("scales:")]
    gone = changes(form(), parse_definition(without, "compared.yaml"))
    assert [one.aspect for one in gone] == [Aspect.SCALE_REMOVED, Aspect.FEEDBACK]
    assert gone[0].subject == "Сколько"
