"""The way through a survey."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.expressions import Scope, evaluate, is_true, to_text
from core.surveys.model import Answers, Facts, Question, QuestionType, SurveyDefinition
from core.surveys.rules import (
    InvalidAnswer,
    Progress,
    broken,
    check_answer,
    check_skip,
    complete,
    missing,
    progress,
    relevant,
    standing,
    step_after,
    step_before,
    steps,
)
from core.surveys.situation import Situation
from core.surveys.values import value_text

from .samples import answers_to, catalogue, facts_for, numbers, sample, surveys

BURNOUT, DEFICITS = catalogue("burnout.yaml"), catalogue("deficits.yaml")


def names(definition: SurveyDefinition, answers: Answers, facts: Facts) -> list[str]:
    return [definition.question(number).name for number in steps(definition, answers, facts)]


def test_a_section_is_skipped_as_a_whole() -> None:
    survey = sample()
    assert names(survey, numbers(survey, teaches="no"), {}) == ["intro", "teaches", "comment", "bye"]
    assert names(survey, numbers(survey, teaches="yes"), {}) == ["intro", "teaches", "hours", "comment", "bye"]


def test_relevance_follows_answers() -> None:
    survey = sample()
    answers = numbers(survey, teaches="yes", hours=18, topics=(1, 2))
    assert names(survey, answers, {}) == ["intro", "teaches", "hours", "topics", "why", "comment", "bye"]


def test_an_answer_that_became_irrelevant_counts_as_none() -> None:
    survey = sample()
    answers = numbers(survey, teaches="no", hours=18, topics=(2,))
    assert not relevant(survey, survey.by_name("why"), answers, {})
    assert complete(survey, answers, {}) == numbers(survey, teaches="no")


def test_steps_forward_and_back() -> None:
    survey = sample()
    answers = numbers(survey, teaches="no")
    why, comment = survey.by_name("why").number, survey.by_name("comment").number
    assert step_after(survey, answers, {}, None) == 1
    assert step_after(survey, answers, {}, 2) == comment
    assert step_after(survey, answers, {}, comment + 1) is None
    assert step_before(survey, answers, {}, comment) == 2
    assert step_before(survey, answers, {}, 1) is None
    assert step_before(survey, answers, {}, None) == comment + 1
    assert step_before(survey, answers, {}, why) == 2, "also from a question that is no longer relevant"


def test_progress_counts_questions_not_notes() -> None:
    survey = sample()
    answers = numbers(survey, teaches="no")
    assert progress(survey, answers, {}, 1) == Progress(0, 2)
    assert progress(survey, answers, {}, 2) == Progress(1, 2)
    assert progress(survey, answers, {}, None) == Progress(2, 2)


def test_a_constraint_says_its_message() -> None:
    survey = sample()
    with pytest.raises(InvalidAnswer) as caught:
        check_answer(survey, survey.by_name("hours"), 41, numbers(survey, teaches="yes"), {})
    assert (caught.value.key, caught.value.params) == ("answer.constraint", {"message": "От 1 до 40"})
    check_answer(survey, survey.by_name("hours"), 40, numbers(survey, teaches="yes"), {})


def test_a_press_on_a_question_that_is_not_relevant() -> None:
    survey = sample()
    with pytest.raises(InvalidAnswer, match="not_relevant"):
        check_answer(survey, survey.by_name("hours"), 5, numbers(survey, teaches="no"), {})


def test_skipping() -> None:
    survey = sample()
    check_skip(survey, survey.by_name("comment"), {}, {})
    check_skip(survey, survey.by_name("intro"), {}, {})
    with pytest.raises(InvalidAnswer, match="required"):
        check_skip(survey, survey.by_name("teaches"), {}, {})


def test_missing_are_required_relevant_and_unanswered() -> None:
    survey = sample()
    assert missing(survey, {}, {}) == (2,)
    assert missing(survey, numbers(survey, teaches="yes"), {}) == (survey.by_name("hours").number,)
    assert missing(survey, numbers(survey, teaches="no"), {}) == ()


def test_answers_that_no_longer_hold_are_found() -> None:
    survey = sample()
    assert broken(survey, numbers(survey, teaches="yes", hours=41), {}) == (survey.by_name("hours").number,)
    assert broken(survey, numbers(survey, teaches="no", hours=41), {}) == ()


def test_deficits_show_each_position_its_own_variant() -> None:
    def areas(**facts: str) -> set[str | None]:
        return {DEFICITS.question(number).section for number in steps(DEFICITS, {}, facts)}

    assert areas(teacher_position_group="preschool") >= {"subject_preschool", "methodical", "psychology", "ict"}
    assert "subject_school" not in areas(teacher_position_group="preschool")
    assert "management" in areas(teacher_position_group="manager")
    assert "management" in areas(teacher_position_group="specialist", teacher_is_coordinator="yes")
    assert "management" not in areas(teacher_position_group="specialist", teacher_is_coordinator="no")


def test_deficits_suggest_the_position_that_the_registry_knows() -> None:
    facts = {"teacher_position_group": "specialist"}
    own_group = DEFICITS.by_name("own_group")
    known = Situation(DEFICITS, {}, facts).suggestion(own_group)
    assert known == numbers(DEFICITS, own_group="specialist")[own_group.number]
    assert Situation(DEFICITS, {}, {}).suggestion(own_group) is None
    sections = {DEFICITS.question(number).section for number in steps(DEFICITS, {own_group.number: known}, facts)}
    assert "subject_specialist" in sections


def test_deficits_of_those_who_plan_to_manage() -> None:
    facts = {"teacher_position_group": "subject_teacher", "teacher_is_management": "no"}
    assert "plans" in names(DEFICITS, {}, facts)
    assert "management_team" in names(DEFICITS, numbers(DEFICITS, plans="yes"), facts)
    assert "management_team" not in names(DEFICITS, numbers(DEFICITS, plans="no"), facts)


def test_deficits_of_a_manager_who_does_not_teach() -> None:
    shown = names(DEFICITS, numbers(DEFICITS, teaching="none"), {"teacher_position_group": "manager"})
    assert not any(name.startswith(("school_", "preschool_", "methodical_")) for name in shown)


def test_burnout_has_thirteen_items_and_nineteen_with_the_personal_scale() -> None:
    assert progress(BURNOUT, {}, {"option_personal_scale": "no"}, None).total == 13
    assert progress(BURNOUT, {}, {}, None).total == 13
    assert progress(BURNOUT, {}, {"option_personal_scale": "yes"}, None).total == 19


def any_survey() -> st.SearchStrategy[SurveyDefinition]:
    return st.one_of(st.sampled_from([BURNOUT, DEFICITS, sample()]), surveys())


@st.composite
def situations(draw: st.DrawFn) -> Any:
    survey = draw(any_survey())
    return survey, draw(answers_to(survey)), draw(facts_for(survey))


@given(situations())
def test_forward_and_back_are_inverse(situation: tuple[SurveyDefinition, Answers, Facts]) -> None:
    forward, number = [], step_after(*situation, None)
    while number is not None:
        forward.append(number)
        number = step_after(*situation, number)
    back, number = [], step_before(*situation, None)
    while number is not None:
        back.append(number)
        number = step_before(*situation, number)
    assert forward == back[::-1] == list(steps(*situation))


@given(situations(), st.integers(0, 15))
def test_a_standing_is_what_its_parts_say(situation: tuple[SurveyDefinition, Answers, Facts], place: int) -> None:
    numbers_ = [None, *steps(*situation)]
    number = numbers_[place % len(numbers_)]
    found = standing(*situation, number)
    assert found.progress == progress(*situation, number)
    assert found.is_first == (step_before(*situation, number) is None)
    assert set(found.missing) == {*missing(*situation), *broken(*situation)}


@given(situations())
def test_what_is_kept_is_relevant_and_stays_as_it_is(situation: tuple[SurveyDefinition, Answers, Facts]) -> None:
    survey, answers, facts = situation
    kept = complete(survey, answers, facts)
    for number in kept:
        assert survey.question(number).type is not QuestionType.NOTE
        assert relevant(survey, survey.question(number), kept, facts)
    assert complete(survey, kept, facts) == kept
    assert steps(survey, kept, facts) == steps(survey, answers, facts)


@given(situations())
def test_progress_grows_to_its_total(situation: tuple[SurveyDefinition, Answers, Facts]) -> None:
    positions = [progress(*situation, number).position for number in steps(*situation)]
    end = progress(*situation, None)
    assert positions == sorted(positions)
    assert end.position == end.total == (positions[-1] if positions else 0)


@given(situations())
def test_relevance_agrees_with_its_definition(situation: tuple[SurveyDefinition, Answers, Facts]) -> None:
    """Worked out again by plain recursion: what names depend on is asked for whenever it is needed."""
    survey, answers, facts = situation

    def holds(name: str) -> bool:
        node = survey.by_name(name) if survey.has(name) else survey.section(name)
        parent = node.section if isinstance(node, Question) else node.parent
        return (parent is None or holds(parent)) and (node.relevant is None or is_true(node.relevant, Scope(text)))

    def text(name: str) -> str:
        if not survey.has(name):
            return facts.get(name, "")
        question = survey.by_name(name)
        if not holds(name):
            return ""
        if question.calculation is not None:
            came_to = to_text(evaluate(question.calculation, Scope(text)))
            return "" if came_to == "NaN" else came_to  # what is no number is nothing, as in ODK
        return value_text(question, answers[question.number]) if question.number in answers else ""

    expected = [question.number for question in survey.questions if question.is_step and holds(question.name)]
    assert list(steps(*situation)) == expected
