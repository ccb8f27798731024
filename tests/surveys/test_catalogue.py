"""The built-in surveys: fit for a phone, whole, in Russian."""

import re
from collections.abc import Iterator
from statistics import median

import pytest

from core.surveys.model import Question, QuestionType, SurveyDefinition
from core.surveys.rules import broken, missing
from core.surveys.scoring import item_points

from .samples import CATALOGUE_FILES, catalogue
from .walking import Walk, walks

LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яЁё]")
PLACED = re.compile(r"\{\{.*?\}\}|\$\{.*?\}")
SECONDS = {QuestionType.NOTE: 8, QuestionType.LIKERT: 9, QuestionType.TEXT: 40, QuestionType.LONG_TEXT: 40}
"""What a question takes on average; 20 seconds when it is not named."""
each_survey = pytest.mark.parametrize("name", CATALOGUE_FILES)


def texts(survey: SurveyDefinition) -> Iterator[str]:
    """Everything a respondent or methodist reads."""
    yield from (survey.title, survey.purpose)
    yield from (section.title for section in survey.sections)
    yield from (option.label for option in survey.options)
    for question in survey.questions:
        yield from filter(None, (question.label, question.hint, question.constraint_message))
        yield from (choice.label for choice in question.choices)
    for scale in survey.scales:
        yield scale.title
        yield from (band.title for band in scale.bands)
    yield from (text.text for text in survey.feedback)


def test_the_catalogue_is_whole() -> None:
    codes = {catalogue(name).code for name in CATALOGUE_FILES}
    assert codes == {"adaptation", "burnout", "deficits", "mentoring", "needs", "satisfaction", "self_review"}


@each_survey
def test_it_fits_a_phone(name: str) -> None:
    survey = catalogue(name)
    for question in survey.questions:
        assert len(question.label) <= 200, question.name
        assert len(question.label) + len(question.hint or "") <= 300, question.name
        for choice in question.choices:
            assert len(choice.label) <= 36, choice.label
    for feedback in survey.feedback:
        assert len(feedback.text) <= 300


@each_survey
def test_a_table_fits_one_screen(name: str) -> None:
    survey = catalogue(name)
    for section in survey.sections:
        lines = [question for question in survey.questions if question.section == section.name]
        if section.matrix:
            assert len(lines) <= 7
            assert all(len(line.label) <= 60 and len(line.choices) <= 5 for line in lines)
            assert all(len(choice.label) <= 12 for choice in lines[0].choices)


@each_survey
def test_it_speaks_russian_only(name: str) -> None:
    for text in texts(catalogue(name)):
        plain = PLACED.sub("", text)
        assert not LATIN.search(plain), text
        assert CYRILLIC.search(plain), text


@each_survey
def test_typography(name: str) -> None:
    for text in texts(catalogue(name)):
        assert text == text.strip()
        assert not re.search(r"  |\.\.|\?\?| [,.?!:;]| - |\"|\(\s|\s\)", text), text
        assert not re.search(r"\bВы\b(?!\w)", re.sub(r"([.:!?] )Вы", r"\1", text[1:])), text
        assert not re.search(r"[а-яё],[а-яё]|[а-яё][A-Za-z]|\d,\s?\d{3}", text, re.I), text
        assert re.sub("[^«»]", "", text).replace("«»", "") == "", text


@each_survey
def test_a_question_and_an_explanation_end_as_sentences_do(name: str) -> None:
    """A line of a table is the only wording without a full stop."""
    survey = catalogue(name)
    tables = {section.name for section in survey.sections if section.matrix}
    for question in survey.questions:
        if question.label and question.section not in tables:
            assert question.label[-1] in ".?!", question.label
        for text in filter(None, (question.hint, question.constraint_message)):
            assert text[-1] in ".?!", text


@each_survey
def test_a_constraint_explains_itself(name: str) -> None:
    for question in catalogue(name).questions:
        assert (question.constraint is None) == (question.constraint_message is None), question.name


@each_survey
def test_every_band_has_its_feedback(name: str) -> None:
    survey = catalogue(name)
    written = {(text.scale, text.band) for text in survey.feedback}
    assert written >= {(scale.name, band.code) for scale in survey.scales for band in scale.bands}
    assert survey.feedback[0].scale is None


@each_survey
def test_every_statement_of_a_scale_counts_once(name: str) -> None:
    survey = catalogue(name)
    items = [item for scale in survey.scales for item in scale.items]
    likert = [question.name for question in survey.questions if question.type is QuestionType.LIKERT]
    assert sorted(items) == sorted(likert)


@each_survey
def test_a_reversed_statement_turns_round(name: str) -> None:
    survey = catalogue(name)
    for scale in survey.scales:
        for item in scale.items:
            question = survey.by_name(item)
            best = max(question.choices, key=lambda choice: scale.points[choice.name])
            most, least = max(scale.points.values()), min(scale.points.values())
            points = item_points(survey, scale, item, best.number)
            assert points == (least if item in scale.reversed else most), item


@each_survey
def test_anybody_comes_to_the_end_and_each_question_to_somebody(name: str) -> None:
    survey = catalogue(name)
    reached: set[Question] = set()
    for one in walks(name):
        assert missing(survey, one.answers, one.facts) == ()
        assert broken(survey, one.answers, one.facts) == ()
        reached |= set(one.shown)
    assert {question.name for question in survey.questions if question.is_step} == {one.name for one in reached}


@each_survey
def test_the_minutes_are_honest(name: str) -> None:
    survey = catalogue(name)
    usual = median(seconds(one) for one in walks(name))
    assert 0.5 <= survey.minutes * 60 / usual <= 2, usual


def seconds(walked: Walk) -> int:
    return sum(SECONDS.get(question.type, 20) for question in walked.shown)


@each_survey
def test_it_names_its_source(name: str) -> None:
    source = catalogue(name).source
    assert source.startswith("Собственная анкета Методкабинета.") or "Перевод наш собственный" in source
    assert re.search(r"\b(19|20)\d\d\b", source)
