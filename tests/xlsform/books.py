"""Workbooks written for one test, and a respondent who goes through whatever comes out of them."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from core.surveys import rules
from core.surveys.answers import InvalidAnswer
from core.surveys.model import NOW, Answers, Question, QuestionType, SurveyDefinition, Value
from core.surveys.situation import Situation

Rows = Sequence[Sequence[object]]
FACTS = {NOW: "2026-11-25T10:00:00+03:00"}
_NUMBERS = (5, 18, 1, 30, 0, 100, 2026, 10_000)
_TEXTS = ("Ответ", "79001234567", "somebody@example.org", "AB-123", "1")
_MOMENTS = {
    QuestionType.DATE: ("2026-11-25", "2026-12-01", "1990-05-17"),
    QuestionType.TIME: ("10:30", "18:00"),
    QuestionType.DATETIME: ("2026-11-25T10:30", "2026-12-01T18:00"),
}


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """As a person's Excel would write it: numbers and dates stay what they are."""
    book = empty()
    for title, rows in sheets.items():
        sheet_of(book, title, rows)
    return saved(book)


def empty() -> openpyxl.Workbook:
    """A workbook without the sheet that openpyxl puts into it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    return book


def sheet_of(book: openpyxl.Workbook, title: str, rows: Rows) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    return sheet


def saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def survey(*rows: Sequence[object], heads: Sequence[str] = ("type", "name", "label")) -> Rows:
    return [list(heads), *rows]


def walk(definition: SurveyDefinition) -> Answers:
    """Answers all that is asked, to the summary; what is kept at submission. Fails when it gets stuck."""
    answers: dict[int, Value] = {}
    number = rules.step_after(definition, answers, FACTS, None)
    for _ in range(5_000):
        if number is None:
            break
        _read(definition, answers, number)
        _answer(definition, answers, number)
        number = rules.step_after(definition, answers, FACTS, number)
    assert number is None, "the survey does not end"
    assert rules.missing(definition, answers, FACTS) == ()
    assert rules.broken(definition, answers, FACTS) == ()
    return rules.complete(definition, answers, FACTS)


def _read(definition: SurveyDefinition, answers: Answers, number: int) -> None:
    """Everything that a chat would show."""
    question = definition.question(number)
    situation = Situation(definition, answers, FACTS)
    assert situation.filled(question.label)
    situation.filled(question.hint or "")
    situation.suggestion(question)
    assert all(situation.filled(choice.label) for choice in situation.choices(question))


def _answer(definition: SurveyDefinition, answers: dict[int, Value], number: int) -> None:
    question = definition.question(number)
    if not question.is_asked:
        return
    for value in _candidates(Situation(definition, answers, FACTS), question):
        try:
            rules.check_answer(definition, question, value, answers, FACTS)
        except InvalidAnswer:
            continue
        answers[number] = value
        answers |= rules.once(definition, answers, FACTS)
        return
    rules.check_skip(definition, question, answers, FACTS)


def _candidates(situation: Situation, question: Question) -> Iterator[Value]:
    suggested = situation.suggestion(question)
    if suggested is not None:
        yield suggested
    offered = [choice.number for choice in situation.choices(question)]
    if question.type in {QuestionType.SELECT_ONE, QuestionType.LIKERT}:
        yield from offered
    elif question.type is QuestionType.RANK:
        yield tuple(offered)
    elif question.is_multiple:
        yield from (tuple(offered[:length]) for length in range(1, len(offered) + 1))
    elif question.is_number:
        numbers = question.row.numbers if question.row else _NUMBERS
        yield from (int(one) if question.type is QuestionType.INTEGER else float(one) for one in numbers)
    else:
        yield from _MOMENTS.get(question.type, _TEXTS)
