"""Rows in XLSForm's words → SurveyDefinition, and back. Whether the parts fit together is checked apart."""

import re
from collections.abc import Mapping
from enum import StrEnum
from graphlib import CycleError
from typing import TypeVar

from core.surveys.expressions import Expression, ExpressionError, compile_expression
from core.surveys.model import (
    Band,
    Choice,
    FeedbackText,
    NumberRow,
    Question,
    QuestionType,
    Respondent,
    Scale,
    Section,
    SurveyDefinition,
    SurveyOption,
    SurveyPrivacy,
)
from core.surveys.reading import Row

_Code = TypeVar("_Code", bound=StrEnum)
_NAME = re.compile(r"[^\W\d][\w.-]{0,59}")
_CHOICE_NAME = re.compile(r"\S(?:.{0,98}\S)?")
_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)")
_LONGEST_ROW = 1000
"""Numbers in the row of a range."""
MATRIX = "table-list"
"""Appearance of a group whose questions are the lines of one table."""

KINDS: Mapping[tuple[str, str | None], QuestionType] = {
    ("select_one", None): QuestionType.SELECT_ONE,
    ("select_one", "likert"): QuestionType.LIKERT,
    ("select_multiple", None): QuestionType.SELECT_MULTIPLE,
    ("rank", None): QuestionType.RANK,
    ("integer", None): QuestionType.INTEGER,
    ("decimal", None): QuestionType.DECIMAL,
    ("range", None): QuestionType.RANGE,
    ("date", None): QuestionType.DATE,
    ("time", None): QuestionType.TIME,
    ("dateTime", None): QuestionType.DATETIME,
    ("text", None): QuestionType.TEXT,
    ("text", "multiline"): QuestionType.LONG_TEXT,
    ("note", None): QuestionType.NOTE,
    ("calculate", None): QuestionType.CALCULATE,
}
"""XLSForm's type and appearance of every kind of question; a new kind is one more entry."""

_ADVICE = {
    "begin_repeat": "повторы в чате не показать; задайте вопросы по отдельности",
    "end_repeat": "повторы в чате не показать; задайте вопросы по отдельности",
    "geopoint": "место в чате не отметить; спросите его текстом",
    "image": "снимки анкета не принимает; уберите вопрос",
    "audio": "записи анкета не принимает; уберите вопрос",
    "video": "записи анкета не принимает; уберите вопрос",
    "file": "файлы анкета не принимает; уберите вопрос",
    "barcode": "штрихкоды анкета не читает; спросите номер текстом",
}

DEFINITION_FIELDS = (
    "code", "version", "title", "purpose", "privacy", "respondent", "minutes", "k", "source",
    "options", "choices", "questions", "scales", "feedback",
)  # fmt: skip
_QUESTION_FIELDS = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
    "calculation", "default", "choice_filter", "parameters", "appearance",
)  # fmt: skip
_SEVERAL = frozenset({"select_multiple", "rank"})
_WITH_LIST = _SEVERAL | {"select_one"}
_SPACE = re.compile(r"\s")


def build(row: Row) -> SurveyDefinition | None:
    """The definition, or None when something noted as a problem leaves nothing to build."""
    row.only(DEFINITION_FIELDS)
    flow = _Flow(_choice_lists(row))
    for item in row.rows("questions", "вопрос"):
        flow.take(item)
    flow.finish(row)
    try:
        return SurveyDefinition(
            code=name_of(row, "code"),
            version=row.text("version"),
            title=row.text("title"),
            purpose=row.text("purpose"),
            privacy=_code(row, "privacy", SurveyPrivacy, SurveyPrivacy.ANONYMOUS),
            respondent=_code(row, "respondent", Respondent, Respondent.TEACHER),
            minutes=row.whole("minutes"),
            source=row.text("source"),
            k=row.whole("k"),
            questions=tuple(flow.questions),
            sections=tuple(flow.sections),
            options=tuple(_option(item) for item in row.rows("options", "настройка")),
            scales=tuple(_scale(item) for item in row.rows("scales", "шкала")),
            feedback=tuple(_feedback(item) for item in row.rows("feedback", "отзыв")),
        )
    except CycleError as error:
        circle = " → ".join(error.args[1])
        first = flow.rows[error.args[1][0]]
        first.problem(f"условия ходят по кругу: {circle}. Уберите одну из этих ссылок", "relevant")
        return None


class _Flow:
    """The rows of `questions` in order, with groups opening and closing."""

    def __init__(self, lists: Mapping[str, tuple[Choice, ...]]) -> None:
        self._lists = lists
        self._used: set[str] = set()
        self.rows: dict[str, Row] = {}
        """Of questions and sections, by name."""
        self._open: list[str] = []
        self.sections: list[Section] = []
        self.questions: list[Question] = []

    def take(self, row: Row) -> None:
        row.only(_QUESTION_FIELDS)
        kind, _, list_name = " ".join(row.text("type").split()).partition(" ")
        if kind in {"begin", "end"} and list_name:
            kind, list_name = f"{kind}_{list_name}", ""
        if kind == "begin_group":
            self._begin(row)
        elif kind == "end_group":
            self._end(row)
        else:
            self._question(row, kind, list_name)

    def finish(self, row: Row) -> None:
        for name in self._open:
            row.problem(f"раздел {name} открыт, но не закрыт: добавьте строку end_group", "questions")
        for name in self._lists.keys() - self._used:
            row.problem(f"список {name} ни один вопрос не использует", "choices")

    def _begin(self, row: Row) -> None:
        parent = self._open[-1] if self._open else None
        matrix = row.optional("appearance") == MATRIX
        section = Section(
            self._name(row), row.optional("label") or "", expression_of(row, "relevant"), parent, matrix=matrix
        )
        self.sections.append(section)
        self._open.append(section.name)

    def _end(self, row: Row) -> None:
        if not self._open:
            row.problem("закрывать нечего: нет открытого раздела", "type")
            return
        closed = self._open.pop()
        if not any(one.section == closed for one in self.questions) and not any(
            one.parent == closed for one in self.sections
        ):
            row.problem(f"раздел {closed} пуст", "type")

    def _question(self, row: Row, kind: str, list_name: str) -> None:
        type_ = KINDS.get((kind, row.optional("appearance")))
        if type_ is None:
            row.problem(_unknown_kind(kind), "type")
            return
        question = Question(
            number=len(self.questions) + 1,
            type=type_,
            name=self._name(row),
            label="" if type_ is QuestionType.CALCULATE else row.text("label"),
            hint=row.optional("hint"),
            required=row.is_flag("required") and row.flag("required"),
            required_when=None if row.is_flag("required") else expression_of(row, "required"),
            relevant=expression_of(row, "relevant"),
            constraint=expression_of(row, "constraint"),
            constraint_message=row.optional("constraint_message"),
            calculation=expression_of(row, "calculation"),
            default=expression_of(row, "default"),
            list_name=list_name or None,
            choices=self._choices(row, kind, list_name),
            choice_filter=expression_of(row, "choice_filter", columns=True),
            row=_row_of_numbers(row) if type_ is QuestionType.RANGE else None,
            section=self._open[-1] if self._open else None,
        )
        self.questions.append(question)

    def _name(self, row: Row) -> str:
        name = name_of(row, "name")
        if name and name in self.rows:
            row.problem("имя занято: у вопросов и разделов оно должно быть своим", "name")
        self.rows[name] = row
        return name

    def _choices(self, row: Row, kind: str, list_name: str) -> tuple[Choice, ...]:
        if kind not in _WITH_LIST:
            if list_name:
                row.problem(f"после {kind} список не нужен", "type")
            return ()
        self._used.add(list_name)
        if list_name not in self._lists:
            row.problem(f"списка вариантов «{list_name}» нет в choices", "type")
        choices = self._lists.get(list_name, ())
        if kind in _SEVERAL and (spaced := next((one.name for one in choices if _SPACE.search(one.name)), None)):
            row.problem(f"выбрать можно несколько, поэтому имя варианта «{spaced}» пишется без пробелов", "type")
        return choices


def name_of(row: Row, field: str) -> str:
    """A name that expressions can use; noted when it is not one."""
    name = row.text(field)
    if name and not _NAME.fullmatch(name):
        row.problem("имя начинается с буквы, дальше буквы, цифры и знаки _ - . без пробелов, до 60 знаков", field)
    return name


def expression_of(row: Row, field: str, *, columns: bool = False) -> Expression | None:
    """The compiled expression of a field; noted with its place when it does not compile.

    With `columns` bare names in it are columns of the choices.
    """
    source = row.optional(field)
    if source is None:
        return None
    try:
        return compile_expression(source, columns=columns)
    except ExpressionError as error:
        row.problem(str(error), field)
        return None


def _choice_lists(row: Row) -> dict[str, tuple[Choice, ...]]:
    lists = {}
    for name, items in row.lists("choices", "вариант"):
        if not items:
            row.problem(f"список {name} пуст", "choices")
        lists[name] = tuple(_choice(item, number) for number, item in enumerate(items, start=1))
        if len({(choice.name, choice.columns) for choice in lists[name]}) < len(items):
            row.problem(f"в списке {name} два варианта с одним именем", "choices")
    return lists


def _choice(row: Row, number: int) -> Choice:
    name = row.text("name")
    if name and not _CHOICE_NAME.fullmatch(name):
        row.problem("имя варианта не длиннее 100 знаков, в одну строку", "name")
    further = sorted(row.fields - {"name", "label"})
    return Choice(number, name, row.text("label"), tuple((column, row.text(column)) for column in further))


def _row_of_numbers(row: Row) -> NumberRow | None:
    """XLSForm's `parameters` of a range: start=0 end=10 step=1, which are also its defaults."""
    given = row.optional("parameters") or ""
    found = {name: float(number) for name, number in _PARAMETER.findall(given)}
    if _PARAMETER.sub("", given).strip(" ,;"):
        row.problem("бывают start, end и step, например start=0 end=10 step=1", "parameters")
    numbers = NumberRow(found.get("start", 0.0), found.get("end", 10.0), found.get("step", 1.0))
    if numbers.step <= 0 or numbers.end <= numbers.start or numbers.end - numbers.start > numbers.step * _LONGEST_ROW:
        row.problem(f"конец больше начала, шаг больше нуля, и чисел не больше {_LONGEST_ROW}", "parameters")
        return None
    return numbers


def _option(row: Row) -> SurveyOption:
    row.only(("name", "label", "default"))
    return SurveyOption(name_of(row, "name"), row.text("label"), row.flag("default"))


def _scale(row: Row) -> Scale:
    row.only(("name", "title", "items", "reversed", "points", "at_least", "bands"))
    return Scale(
        name=name_of(row, "name"),
        title=row.text("title"),
        items=row.names("items"),
        points=row.numbers("points"),
        bands=tuple(_band(item) for item in row.rows("bands", "уровень")),
        reversed=frozenset(row.names("reversed")),
        at_least=row.number("at_least", 0.5),
    )


def _band(row: Row) -> Band:
    row.only(("code", "title", "from"))
    return Band(name_of(row, "code"), row.text("title"), row.number("from"))


def _feedback(row: Row) -> FeedbackText:
    row.only(("scale", "band", "text"))
    return FeedbackText(row.optional("scale"), row.optional("band"), row.text("text"))


def _code(row: Row, field: str, codes: type[_Code], instead: _Code) -> _Code:
    value = row.text(field)
    known = [str(code) for code in codes]
    if value in known:
        return codes(value)
    if value:
        row.problem(f"бывает только {', '.join(known)}", field)
    return instead


def _unknown_kind(kind: str) -> str:
    if kind in _ADVICE:
        return f"{kind}: {_ADVICE[kind]}"
    known = ", ".join(sorted({f"{name} ({appearance})" if appearance else name for name, appearance in KINDS}))
    return f"вопрос вида «{kind}» с таким appearance не поддерживается; бывают: {known}"
