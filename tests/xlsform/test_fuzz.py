"""Sheets of any content either give a survey that can be answered, or located problems; never anything else."""

import contextlib
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from core.spreadsheets import Book, Sheet
from core.surveys.answers import InvalidAnswer
from core.surveys.loading import definition_from_json, definition_json
from core.surveys.reading import DefinitionError
from core.surveys.xlsform.assembling import Imported, assemble
from tests.xlsform.books import walk

LOCATED = re.compile(r"лист .+, строка \d+(, столбец .+)?", re.DOTALL)
TYPES = st.sampled_from(
    ["text", "integer", "decimal", "date", "time", "dateTime", "note", "calculate", "hidden", "acknowledge", "range",
     "select_one l", "select_one m or_other", "select_multiple l", "rank m", "select_one", "select_one nowhere",
     "begin group", "end group", "begin_repeat", "end repeat", "begin_score", "score__row", "end_score",
     "begin_rank", "rank__level", "end_rank", "begin_kobomatrix", "end_kobomatrix", "begin loop over l", "end loop",
     "start", "today", "audit", "geopoint", "image", "", "чепуха", "form_title"]
)  # fmt: skip
HEADS = st.sampled_from(
    ["type", "name", "label", "label::Русский (ru)", "label::English", "hint", "hint:ru", "required", "relevant",
     "relevance", "constraint", "constraint_message", "calculation", "default", "choice_filter", "parameters",
     "appearance", "read_only", "trigger", "disabled", "media::image", "guidance_hint", "kobo--score-choices",
     "kobo--rank-items", "kobo--matrix_list", "$autoname", "bind::x", "чужой столбец", "::", "a::b::c", "jr:count"]
)  # fmt: skip
NAMES = st.sampled_from(["a", "b", "c", "q1", "q2", "x" * 70, "имя", "1a", "<b>", "a b", "teacher_experience"])
EXPRESSIONS = st.sampled_from(
    ["${a} = 'x'", "${b} > 3", ". >= 1", "yes", "no", "true()", "TRUE", "${nobody} = 1", "(", "pulldata('a')", "${a} +",
     "once(now())", "today()", "selected(${q1}, 'x')", "col = ${a}", "col", "0", "'a\"b'", "it's", "2026-01-01", "${a",
     "jr:choice-name(${a}, '${a}')", "jr:choice-name(${a}, '${zz}')", "..", "-1", "../a", "regex(., '(')", "1 div 0"]
)  # fmt: skip
OTHER = st.sampled_from(
    ["l", "m", "label", "list-nolabel", "table-list", "likert", "multiline", "signature", "start=0 end=5 step=1",
     "start=a", "start=5 end=1 step=0", "start=0 end=9 step=1e9", "rows=3", "**жирно** ${a}", "<span>x</span>", "$"]
)  # fmt: skip
CELLS = st.one_of(EXPRESSIONS, NAMES, OTHER, st.text(max_size=12))
FIELDS = {"type": TYPES, "name": NAMES, "relevant": EXPRESSIONS, "calculation": EXPRESSIONS}


@st.composite
def sheets(draw: st.DrawFn) -> Book:
    heads = draw(st.lists(HEADS, max_size=8))
    heads = ["type", "name", "label", *heads] if draw(st.integers(0, 9)) else heads
    rows = [heads]
    for _ in range(draw(st.integers(0, 12))):
        rows.append([draw(FIELDS.get(head, CELLS)) if draw(st.integers(0, 3)) else "" for head in heads])
    made = [_sheet("survey", rows)]
    if draw(st.booleans()):
        made.append(_sheet("choices", _random_rows(draw, ["list_name", "name", "label", "col", "media::image"])))
    if draw(st.booleans()):
        made.append(_sheet("settings", _random_rows(draw, ["form_title", "form_id", "version", "default_language"])))
    if draw(st.booleans()):
        made.append(_sheet("metodkabinet", _random_rows(draw, ["parameter", "value"])))
        made.append(_sheet("scales", _random_rows(draw, ["name", "title", "items", "points", "at_least"])))
        made.append(_sheet("bands", _random_rows(draw, ["scale", "code", "title", "from"])))
        made.append(_sheet("options", _random_rows(draw, ["name", "label", "default"])))
        made.append(_sheet("feedback", _random_rows(draw, ["scale", "band", "text"])))
    return Book(tuple(made))


def _random_rows(draw: st.DrawFn, heads: list[str]) -> list[list[str]]:
    words = st.one_of(
        CELLS, st.sampled_from(["l", "m", "privacy", "minutes", "k", "named", "7", "a=1; b=0", "ru", "{{x}}"])
    )
    return [heads, *([draw(words) for _ in heads] for _ in range(draw(st.integers(0, 5))))]


def _sheet(title: str, rows: list[list[str]]) -> Sheet:
    filled = {
        number: {column: text.strip() for column, text in enumerate(row, start=1) if text.strip()}
        for number, row in enumerate(rows, start=1)
    }
    return Sheet(title, {number: cells for number, cells in filled.items() if cells})


PLAUSIBLE = st.sampled_from(
    ["${q1} != 'zz'", "${q2} > 3", "yes", "no", "selected(${q3}, 'x')", "${q1} = '' or ${q2} = ''", "not(${q3} = 'y')"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["${q1}", "today()", "5", "x", "concat(${q1}, '!')", "once(now())", "x y", "2026-01-01", "count-selected(${q3})"]
)
ASKED = st.sampled_from(
    ["text", "integer", "decimal", "date", "time", "dateTime", "note", "calculate", "hidden", "acknowledge", "range",
     "select_one l", "select_one m", "select_one m or_other", "select_multiple l", "rank m", "start", "today", "audit"]
)  # fmt: skip
COLUMNS = {
    "hint": st.sampled_from(["Подсказка", "**${q1}**"]),
    "required": st.sampled_from(["yes", "no", "${q1} = 'x'"]),
    "relevant": PLAUSIBLE,
    "constraint": st.sampled_from([". != 'zz'", ". != ${q1}"]),
    "calculation": VALUES,
    "default": VALUES,
    "choice_filter": st.sampled_from(["col = ${q1} or true()", "name != ${q1}"]),
    "read_only": st.sampled_from(["yes", "no", "${q2} = 5"]),
    "appearance": st.sampled_from(["likert", "multiline", "list-nolabel", "label", "minimal", "w1"]),
    "parameters": st.sampled_from(["start=1 end=3 step=1", "randomize=true", "rows=2"]),
}


@st.composite
def plausible(draw: st.DrawFn) -> Book:
    """Forms that hang together, most of them: names are distinct, groups are closed."""
    heads = ["type", "name", "label", *COLUMNS]
    rows = [heads, ["text", "q1", "Раз"], ["integer", "q2", "Два"], ["select_multiple l", "q3", "Три"]]
    for number in range(4, draw(st.integers(5, 14))):
        begin = draw(st.sampled_from(["", "", "", "begin_group", "begin_score"]))
        row = [draw(ASKED), f"q{number}", f"Вопрос про ${{q{number - 1}}}"]
        row += [draw(values) if draw(st.integers(0, 3)) == 0 else "" for values in COLUMNS.values()]
        if begin == "begin_group":
            group = [begin, f"g{number}", draw(st.sampled_from(["", "Группа"]))]
            rows += [[*group, *[""] * 9, draw(st.sampled_from(["table-list", ""]))], row, ["end group"]]
        else:
            rows.append(row)
    lists = [["list_name", "name", "label", "col"], *([name, one, one, "n"] for name in "lm" for one in "xyz")]
    return Book((_sheet("survey", rows), _sheet("choices", lists)))


@settings(max_examples=300, deadline=None)
@given(sheets(), st.sampled_from([None, "English", "ru", "нет такого"]))
def test_any_sheets(book: Book, language: str | None) -> None:
    found = outcome(book, language)
    if isinstance(found, DefinitionError):
        assert found.problems
        assert [problem for problem in found.problems if not LOCATED.fullmatch(problem.where)] == []


@settings(max_examples=200, deadline=None)
@given(plausible())
def test_plausible_sheets_can_be_answered(book: Book) -> None:
    found = outcome(book, None)
    if isinstance(found, DefinitionError):
        return
    assert [notice for notice in found.notices if not LOCATED.fullmatch(notice.where)] == []
    written = definition_json(found.definition)
    assert definition_json(definition_from_json(written)) == written
    with contextlib.suppress(InvalidAnswer):  # a constraint that nothing satisfies, on a question that is required
        walk(found.definition)


def outcome(book: Book, language: str | None) -> Imported | DefinitionError:
    try:
        return assemble(book, "форма.xlsx", language)
    except DefinitionError as error:
        return error
