"""What becomes of the parts of a form."""

from collections.abc import Sequence

import pytest

from core.surveys.model import Question, QuestionType, Respondent, SurveyPrivacy
from core.surveys.reading import DefinitionError
from core.surveys.xlsform import Imported, read_workbook
from tests.xlsform.books import Rows, survey, workbook
from tests.xlsform.corpus import RUNNING, YES_NO


def read(*rows: Sequence[object], heads: tuple[str, ...] = ("type", "name", "label"), **sheets: Rows) -> Imported:
    content = workbook({"survey": survey(*rows, heads=heads), "choices": YES_NO, **sheets})
    return read_workbook(content, "Опрос коллег.xlsx")


def corpus(name: str, language: str | None = None) -> Imported:
    form = RUNNING[name]
    return read_workbook(form.made(form.sheets), f"{name}.xlsx", language)


def question(imported: Imported, name: str) -> Question:
    return imported.definition.by_name(name)


def source(imported: Imported, name: str, field: str) -> str | None:
    expression = getattr(question(imported, name), field)
    return None if expression is None else expression.source


def notices(imported: Imported) -> str:
    return "\n".join(str(notice) for notice in imported.notices)


def test_a_foreign_form_gets_what_it_does_not_say() -> None:
    definition = read(["text", "q", "Вопрос"]).definition
    assert (definition.code, definition.version, definition.title) == ("opros_kolleg", "1", "Опрос коллег")
    assert (definition.privacy, definition.respondent, definition.k) == (SurveyPrivacy.NAMED, Respondent.TEACHER, 5)
    assert (definition.purpose, definition.source) == ("Опрос коллег", "Файл Опрос коллег.xlsx")
    assert definition.minutes == 1


def test_settings_are_made_to_fit() -> None:
    form = read(
        ["text", "q", "Вопрос"],
        settings=[
            ["form_title", "form_id", "version"],
            ["**Опрос**", "Мой опрос №1", "2026-11-25 и ещё что-то длинное"],
        ],
    )
    definition = form.definition
    assert (definition.title, definition.code) == ("Опрос", "moy_opros_1")
    assert definition.version == "2026-11-25 и ещё что"
    assert "столбец C (version): длиннее 20 знаков" in notices(form)


@pytest.mark.parametrize(
    ("wanted", "chosen", "label"),
    [
        (None, "Русский (ru)", "В каком городе?"),
        ("Français (fr)", "Français (fr)", "Dans quelle ville ?"),
        ("Deutsch", "Русский (ru)", "В каком городе?"),
    ],
)
def test_russian_comes_first_unless_another_language_is_asked_for(wanted: str | None, chosen: str, label: str) -> None:
    form = corpus("french_and_russian", wanted)
    assert form.languages == ("Français (fr)", "Русский (ru)")
    assert form.language == chosen
    assert question(form, "ville").label == label


def test_a_missing_translation_is_taken_from_another_language_and_said() -> None:
    form = corpus("french_and_russian")
    assert question(form, "jour").label == "Quel jour ?"
    assert question(form, "ville").hint == "En lettres"
    assert "лист survey, строка 3, столбец C (label::Français (fr)): нет текста на языке «Русский (ru)»" in notices(
        form
    )


def test_without_russian_the_default_language_is_taken() -> None:
    heads = ("type", "name", "label::English", "label::Français")
    form = read(["text", "q", "A", "B"], heads=heads, settings=[["default_language"], ["Français"]])
    assert (form.language, question(form, "q").label) == ("Français", "B")


def test_columns_without_a_language_are_in_the_default_one() -> None:
    heads = ("type", "name", "label", "label::Русский (ru)")
    form = read(["text", "q", "A", "Б"], heads=heads, settings=[["default_language"], ["English"]])
    assert form.languages == ("English", "Русский (ru)")
    assert question(form, "q").label == "Б"


def test_labels_are_plain_text() -> None:
    form = corpus("markdown_and_html")
    assert question(form, "n").label == "Внимание\nВажно: не спешите"
    assert question(form, "q").label == "Что значит <b> и курсив?"
    assert question(form, "q").hint == "См. сайт (https://example.org)"


def test_guidance_stands_below_the_hint() -> None:
    heads = ("type", "name", "label", "hint", "guidance_hint")
    assert question(read(["text", "q", "Вопрос", "Коротко", "Подробно"], heads=heads), "q").hint == "Коротко\nПодробно"


def test_grids_become_matrices() -> None:
    plain = corpus("grid_with_label_row").definition
    assert [(section.matrix, section.title) for section in plain.sections] == [(True, "Отметьте, что верно")]
    assert [one.name for one in plain.questions] == ["g1", "g2"]
    assert corpus("table_list").definition.section("t").matrix


def test_a_grid_that_is_no_table_becomes_likert_questions_under_its_text() -> None:
    definition = corpus("grid_with_something_else").definition
    assert [section.matrix for section in definition.sections] == [False]
    assert [(one.type, one.label) for one in definition.questions] == [
        (QuestionType.NOTE, "Отметьте, что верно"),
        (QuestionType.LIKERT, "Есть доска"),
        (QuestionType.TEXT, "Чего не хватает?"),
    ]


def test_a_score_of_kobo_is_a_matrix_and_a_short_rank_is_a_question_a_place() -> None:
    form = corpus("kobo_export")
    assert form.definition.section("agree").matrix
    assert question(form, "interesting").required
    assert source(form, "second", "constraint") == ". != ${first}"
    assert question(form, "second").constraint_message == "Этот вариант уже выбран, возьмите другой."


def test_a_whole_rank_of_kobo_is_one_question() -> None:
    assert question(corpus("kobo_rank_of_all"), "order").type is QuestionType.RANK


def test_a_matrix_of_kobo_is_a_group_a_row() -> None:
    form = corpus("kobo_matrix")
    assert [section.title for section in form.definition.sections] == ["Чем вы пользуетесь?", "Компьютер", "Доска"]
    assert source(form, "m_board_count", "relevant") == "${m_board_has} = 'yes'"
    assert question(form, "m_pc_has").required


def test_or_other_adds_a_choice_and_a_question() -> None:
    form = corpus("or_other")
    assert [choice.label for choice in question(form, "colour").choices] == ["Красный", "Другое"]
    assert source(form, "colour_other", "relevant") == "selected(${colour}, 'other')"
    assert question(form, "more_other").type is QuestionType.TEXT


def test_a_value_nobody_can_change_is_worked_out_and_shown() -> None:
    form = corpus("calculations")
    assert question(form, "fixed").type is QuestionType.CALCULATE
    assert question(form, "fixed_shown").label == "Итог\n${fixed}"
    assert source(form, "kept", "default") == "concat('всего ', ${total})"


@pytest.mark.parametrize(
    ("kind", "cell", "expression"),
    [
        ("text", "Казань", "'Казань'"),
        ("text", "д'Арк", '"д\'Арк"'),
        ("text", "007", "'007'"),
        ("integer", 5, "5"),
        ("date", "2026-05-01", "'2026-05-01'"),
        ("date", "today()", "today()"),
        ("text", "${a}", "${a}"),
        ("select_one yn", "yes", "'yes'"),
        ("select_multiple yn", "yes no", "'yes no'"),
    ],
)
def test_defaults_are_values_or_expressions(kind: str, cell: object, expression: str) -> None:
    form = read(["text", "a", "А"], [kind, "q", "Вопрос", cell], heads=("type", "name", "label", "default"))
    assert source(form, "q", "default") == expression


@pytest.mark.parametrize("word", ["yes", "YES", "true", "TRUE", "True()", True])
def test_required_in_all_spellings(word: object) -> None:
    form = read(["text", "q", "Вопрос", word], heads=("type", "name", "label", "required"))
    assert question(form, "q").required


def test_required_by_an_expression() -> None:
    rows = (["text", "a", "А", None], ["text", "q", "Вопрос", "${a} = 'x'"])
    form = read(*rows, heads=("type", "name", "label", "required"))
    assert (question(form, "q").required, source(form, "q", "required_when")) == (False, "${a} = 'x'")


def test_times_of_the_device_are_kept_only_where_an_expression_needs_them() -> None:
    form = corpus("metadata")
    names = {one.name: one for one in form.definition.questions}
    assert source(form, "start", "calculation") == "once(now())"
    assert source(form, "today", "calculation") == "today()"
    assert source(form, "device", "calculation") == "''"
    assert not {"end", "phone", "who", "audit", "where_am_i"} & names.keys()
    assert "не собирает" in notices(form)


def test_names_that_repeat_in_another_group_are_made_distinct() -> None:
    definition = corpus("same_name_in_two_groups").definition
    assert [one.name for one in definition.questions] == ["job", "job_2"]


def test_long_names_are_cut_everywhere() -> None:
    form = corpus("long_names")
    name = form.definition.questions[0].name
    assert len(name) <= 60
    assert source(form, "why", "relevant") == f"${{{name}}} = 'yes'"


def test_paths_to_questions_become_names() -> None:
    heads = ("type", "name", "label", "relevant")
    form = read(["text", "a", "А", None], ["text", "q", "Вопрос", "../a = '../a' and /data/g/a != ''"], heads=heads)
    assert source(form, "q", "relevant") == "${a} = '../a' and ${a} != ''"


def test_what_the_author_should_know_is_said() -> None:
    form = corpus("unused_list_and_impossible_comparison")
    assert "лист survey, строка 3, столбец D (relevant): знак 1: у q нет значения 'maybe'" in notices(form)
    assert "список unused ни один вопрос не использует" in notices(form)


def test_rows_below_a_gap_are_not_the_form() -> None:
    blank: list[object] = [None]
    rows: list[list[object]] = [["text", "q", "Вопрос"], *[blank] * 61, ["чепуха", "x", "Черновик"]]
    form = read(*rows)
    assert len(form.definition.questions) == 1
    assert "лист survey, строка 64: эта строка и всё, что ниже, не прочитаны" in notices(form)


def test_our_own_sheet_is_believed_and_checked() -> None:
    ours: Rows = [["parameter", "value"], ["privacy", "anonymous"], ["minutes", 7], ["k", 10]]
    definition = read(["text", "q", "Вопрос"], metodkabinet=ours).definition
    assert (definition.privacy, definition.minutes, definition.k) == (SurveyPrivacy.ANONYMOUS, 7, 10)


def test_faults_of_our_own_sheets_are_located() -> None:
    with pytest.raises(DefinitionError) as caught:
        read(
            ["select_one yn", "q", "Вопрос"],
            metodkabinet=[["parameter", "value"], ["privacy", "secret"], ["minutes", "семь"], ["colour", "red"]],
            scales=[["name", "title", "items", "points"], ["s", "Шкала", "q nobody", "yes=a; no=0"]],
            bands=[["scale", "code", "title", "from"], ["t", "low", "мало", 0]],
            options=[["name", "label", "default"], ["more", "Больше", "может быть"]],
        )
    places = {problem.where for problem in caught.value.problems}
    assert {
        "лист metodkabinet, строка 2, столбец B (value)",
        "лист metodkabinet, строка 3, столбец B (value)",
        "лист metodkabinet, строка 4, столбец A (parameter)",
        "лист scales, строка 2, столбец D (points)",
        "лист bands, строка 2, столбец A (scale)",
        "лист options, строка 2, столбец C (default)",
    } <= places


def test_facts_of_an_exported_survey_are_facts_again() -> None:
    heads = ("type", "name", "label", "relevant")
    rows = (["hidden", "teacher_experience", None, None], ["text", "q", "Вопрос", "${teacher_experience} != ''"])
    assert [one.name for one in read(*rows, heads=heads, metodkabinet=[["parameter"]]).definition.questions] == ["q"]


def test_a_foreign_question_with_the_name_of_a_fact_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"строка 2.*занято сведениями из реестра"):
        read(["text", "event_title", "Название"])


def test_problems_stand_in_the_order_of_the_workbook() -> None:
    with pytest.raises(DefinitionError) as caught:
        read(["image", "b", "Снимок"], ["select_multiple a", "q", "Что?"], ["geopoint", "c", "Где?"],
             choices=[["list_name", "name", "label"], ["a", "x", "Икс"], ["a", "x", "Икс"]])  # fmt: skip
    places = [problem.where.split(", столбец")[0] for problem in caught.value.problems]
    assert places == ["лист survey, строка 2", "лист survey, строка 4", "лист choices, строка 3"]
