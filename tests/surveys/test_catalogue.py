"""The built-in surveys: fit for a phone, whole, in Russian."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from core.surveys.expressions.syntax import Expression
from core.surveys.model import Facts, QuestionType, SurveyDefinition, SurveyPrivacy, Value
from core.surveys.rules import steps

from .samples import CATALOGUE_FILES, catalogue

FREE_TEXT = {QuestionType.TEXT, QuestionType.LONG_TEXT}
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яЁё]")
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


@each_survey
def test_it_fits_a_phone(name: str) -> None:
    survey = catalogue(name)
    for question in survey.questions:
        assert len(question.label) + len(question.hint or "") <= 300, question.name
        for choice in question.choices:
            assert len(choice.label) <= 40, choice.label
    for feedback in survey.feedback:
        assert len(feedback.text) <= 300


@each_survey
def test_it_speaks_russian_only(name: str) -> None:
    for text in texts(catalogue(name)):
        plain = re.sub(r"\{\{.*?\}\}", "", text)
        assert not LATIN.search(plain), text
        assert CYRILLIC.search(plain), text


@each_survey
def test_typography(name: str) -> None:
    for text in texts(catalogue(name)):
        assert text == text.strip()
        assert not re.search(r"  |\.\.|\?\?| [,.?!:;]|\"", text), text
        assert not re.search(r"\bВы\b(?!\w)", text[1:].replace(". Вы", "")), text


@each_survey
def test_a_constraint_explains_itself(name: str) -> None:
    for question in catalogue(name).questions:
        assert (question.constraint is None) == (question.constraint_message is None), question.name


@each_survey
def test_every_band_has_its_feedback(name: str) -> None:
    survey = catalogue(name)
    written = {(text.scale, text.band) for text in survey.feedback}
    assert written >= {(scale.name, band.code) for scale in survey.scales for band in scale.bands}


@each_survey
def test_every_statement_of_a_scale_counts_once(name: str) -> None:
    survey = catalogue(name)
    items = [item for scale in survey.scales for item in scale.items]
    likert = [question.name for question in survey.questions if question.type is QuestionType.LIKERT]
    assert sorted(items) == sorted(likert)


@each_survey
def test_each_question_is_reached_by_somebody(name: str) -> None:
    survey = catalogue(name)
    reached = {number for facts, answers in respondents(survey) for number in steps(survey, answers, facts)}
    assert reached == {question.number for question in survey.questions if question.is_step}


def respondents(survey: SurveyDefinition) -> Iterator[tuple[Facts, dict[int, Value]]]:
    """Every combination of facts and of answers that conditions ask about."""
    asked = {reference.name for expression in expressions(survey) for reference in expression.references}
    facts = [(name, ["", *fact.values]) for name, fact in survey.facts().items() if name in asked]
    deciding = [question for question in survey.questions if question.name in asked and question.choices]
    for known in product(*(values for _, values in facts)):
        for chosen in product(*(range(1, len(question.choices) + 1) for question in deciding)):
            answers = {question.number: number for question, number in zip(deciding, chosen, strict=True)}
            yield {name: value for (name, _), value in zip(facts, known, strict=True) if value}, dict(answers)


def expressions(survey: SurveyDefinition) -> Iterator[Expression]:
    for section in survey.sections:
        yield from filter(None, (section.relevant,))
    for question in survey.questions:
        yield from filter(None, (question.relevant, question.constraint, question.calculation))


@pytest.mark.parametrize("group", ["subject_teacher", "preschool", "supplementary", "specialist", "manager"])
def test_deficits_have_five_to_eight_statements_an_area(group: str) -> None:
    survey = catalogue("deficits.yaml")
    facts = {"teacher_position_group": group, "teacher_is_coordinator": "yes"}
    answers: dict[int, Value] = {survey.by_name("teaching").number: 2}
    shown = {survey.question(number).name for number in steps(survey, answers, facts)}
    counts = {scale.name: len(shown & set(scale.items)) for scale in survey.scales}
    assert len(counts) == 5
    assert all(5 <= count <= 8 for count in counts.values()), counts


def test_burnout_protects_who_answers() -> None:
    survey = catalogue("burnout.yaml")
    assert survey.privacy is SurveyPrivacy.ANONYMOUS
    assert survey.k == 10
    assert not any(question.required for question in survey.questions)
    assert not any(question.type in FREE_TEXT for question in survey.questions)
    assert "Work & Stress" in survey.source
    assert "Перевод наш" in survey.source


def test_burnout_judges_nobody() -> None:
    words = " ".join(text.text for text in catalogue("burnout.yaml").feedback).lower()
    for alarming in ("опасн", "тревог", "критич", "норма ", "среднем", "по сравнению", "синдром"):
        assert alarming not in words
    assert "не ставит диагноз" in words


def test_deficits_name_their_people_and_say_so() -> None:
    survey = catalogue("deficits.yaml")
    assert survey.privacy is SurveyPrivacy.NAMED
    assert [band.from_ for band in survey.scales[0].bands] == [0, 25, 50, 75]
