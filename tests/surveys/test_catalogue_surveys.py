"""What each built-in survey promises: who sees it, what it counts, what indicators find in it."""

import pytest

from core.surveys.model import Facts, QuestionType, Respondent, SurveyPrivacy, Value
from core.surveys.rules import InvalidAnswer, check_answer, steps
from core.surveys.scoring import score
from core.surveys.situation import Situation

from .samples import catalogue, numbers
from .walking import walks

FREE_TEXT = {QuestionType.TEXT, QuestionType.LONG_TEXT}
GROUPS = ["subject_teacher", "preschool", "supplementary", "specialist", "manager"]


@pytest.mark.parametrize(
    ("name", "privacy", "respondent"),
    [
        ("deficits.yaml", SurveyPrivacy.NAMED, Respondent.TEACHER),
        ("needs.yaml", SurveyPrivacy.NAMED, Respondent.TEACHER),
        ("burnout.yaml", SurveyPrivacy.ANONYMOUS, Respondent.TEACHER),
        ("satisfaction.yaml", SurveyPrivacy.CONFIDENTIAL, Respondent.PARTICIPANT),
        ("adaptation.yaml", SurveyPrivacy.CONFIDENTIAL, Respondent.TEACHER),
        ("mentoring.yaml", SurveyPrivacy.CONFIDENTIAL, Respondent.PAIR),
        ("self_review.yaml", SurveyPrivacy.NAMED, Respondent.ORGANISATION),
    ],
)
def test_who_answers_and_who_sees_it(name: str, privacy: SurveyPrivacy, respondent: Respondent) -> None:
    survey = catalogue(name)
    assert (survey.privacy, survey.respondent) == (privacy, respondent)
    assert survey.k == (10 if name == "burnout.yaml" else 5)


@pytest.mark.parametrize("group", GROUPS)
def test_deficits_have_five_to_eight_statements_an_area(group: str) -> None:
    survey = catalogue("deficits.yaml")
    answers = numbers(survey, own_group=group, teaching="subject_teacher")
    facts = {"teacher_position_group": "specialist", "teacher_is_coordinator": "yes"}
    shown = {survey.question(number).name for number in steps(survey, answers, facts)}
    assert Situation(survey, answers, facts).text("group") == group, "the own word counts, not the registry's"
    counts = {scale.name: len(shown & set(scale.items)) for scale in survey.scales}
    assert len(counts) == 5
    assert all(5 <= count <= 8 for count in counts.values()), counts


@pytest.mark.parametrize("name", ["deficits.yaml", "needs.yaml"])
@pytest.mark.parametrize("group", GROUPS)
def test_a_known_position_is_confirmed_and_can_be_corrected(name: str, group: str) -> None:
    survey = catalogue(name)
    question = survey.by_name("own_group")
    facts = {"teacher_position_group": group}
    situation = Situation(survey, {}, facts)
    assert situation.is_relevant("own_group")
    assert situation.suggestion(question) == numbers(survey, own_group=group)[question.number]
    assert Situation(survey, {}, {}).suggestion(question) is None
    assert Situation(survey, numbers(survey, own_group="preschool"), facts).text("own_group") == "preschool"


def test_deficits_have_their_bands() -> None:
    survey = catalogue("deficits.yaml")
    assert survey.version == "2"
    assert [band.from_ for band in survey.scales[0].bands] == [0, 25, 50, 75]


def test_burnout_protects_who_answers() -> None:
    survey = catalogue("burnout.yaml")
    assert not any(question.required for question in survey.questions)
    assert not any(question.type in FREE_TEXT for question in survey.questions)
    assert "Work & Stress" in survey.source
    assert "Перевод наш" in survey.source


def test_burnout_judges_nobody() -> None:
    words = " ".join(text.text for text in catalogue("burnout.yaml").feedback).lower()
    for alarming in ("опасн", "тревог", "критич", "норма ", "среднем", "по сравнению", "синдром"):
        assert alarming not in words
    assert "не ставит диагноз" in words


@pytest.mark.parametrize("group", GROUPS)
def test_every_area_of_needs_has_topics_for_everybody(group: str) -> None:
    survey = catalogue("needs.yaml")
    topics = survey.by_name("topics")
    for area in survey.by_name("areas").choices:
        answers = {**numbers(survey, own_group=group, plans="yes"), survey.by_name("areas").number: (area.number,)}
        offered = Situation(survey, answers, {}).choices(topics)
        assert offered
        assert {choice.column("area") for choice in offered} == {area.name}
        assert {choice.name.partition("_")[0] for choice in offered} == {area.name}


def test_the_first_topic_is_one_of_the_marked() -> None:
    survey = catalogue("needs.yaml")
    topics, first = survey.by_name("topics"), survey.by_name("first_topic")
    answers: dict[int, Value] = numbers(survey, own_group="preschool", plans="yes")
    answers[survey.by_name("areas").number] = (4, 5)
    offered = [choice.number for choice in Situation(survey, answers, {}).choices(topics)]
    answers[topics.number] = (offered[0],)
    assert not Situation(survey, answers, {}).is_relevant("first_topic"), "one topic is the first anyway"
    answers[topics.number] = tuple(offered[:2])
    assert [choice.number for choice in Situation(survey, answers, {}).choices(first)] == offered[:2]
    with pytest.raises(InvalidAnswer):
        check_answer(survey, topics, tuple(offered[:6]), answers, {})


def test_who_plans_nothing_is_asked_only_what_is_in_the_way() -> None:
    survey = catalogue("needs.yaml")
    answers = numbers(survey, own_group="manager", plans="no")
    asked = [survey.question(number).name for number in steps(survey, answers, {})]
    assert asked == ["intro", "own_group", "plans", "obstacles", "comment"]


@pytest.mark.parametrize(
    ("name", "question", "facts"),
    [
        ("needs.yaml", "obstacles", {}),
        ("satisfaction.yaml", "products", {}),
        ("mentoring.yaml", "mentor_obstacles", {"pair_role": "mentor"}),
        ("mentoring.yaml", "mentee_obstacles", {"pair_role": "mentee"}),
    ],
)
def test_nothing_stands_alone(name: str, question: str, facts: Facts) -> None:
    survey = catalogue(name)
    asked = survey.by_name(question)
    nothing = next(choice.number for choice in asked.choices if choice.name == "nothing")
    check_answer(survey, asked, (nothing,), {}, facts)
    check_answer(survey, asked, (1, 2), {}, facts)
    with pytest.raises(InvalidAnswer):
        check_answer(survey, asked, (1, nothing), {}, facts)


def test_satisfaction_names_the_event_when_it_is_known() -> None:
    survey = catalogue("satisfaction.yaml")
    known = Situation(survey, {}, {"event_title": "Чтение вслух"})
    assert known.filled(survey.by_name("intro_event").label).startswith("Как вам «Чтение вслух»?")
    assert (known.is_relevant("intro_event"), known.is_relevant("intro")) == (True, False)
    unknown = Situation(survey, {}, {})
    assert (unknown.is_relevant("intro_event"), unknown.is_relevant("intro")) == (False, True)


def test_adaptation_has_its_scales_each_with_a_reversed_statement() -> None:
    survey = catalogue("adaptation.yaml")
    assert [len(scale.items) for scale in survey.scales] == [5, 5, 5, 5]
    assert all(len(scale.reversed) == 1 for scale in survey.scales)
    content = {item: "no" if item in scale.reversed else "yes" for scale in survey.scales for item in scale.items}
    assert [one.value for one in score(survey, numbers(survey, **content), {})] == [100] * 4
    same = {item: "yes" for scale in survey.scales for item in scale.items}
    assert [one.value for one in score(survey, numbers(survey, **same), {})] == [80] * 4


def test_adaptation_knows_a_mentee_and_judges_nobody() -> None:
    survey = catalogue("adaptation.yaml")
    mentor = survey.by_name("mentor")
    suggested = Situation(survey, {}, {"pair_role": "mentee"}).suggestion(mentor)
    assert suggested == numbers(survey, mentor="yes")[mentor.number]
    assert Situation(survey, {}, {}).suggestion(mentor) is None
    words = " ".join(text.text for text in survey.feedback).lower()
    for judging in ("плохо", "слабый", "должны", "обязаны", "норма ", "низк", "недостат", "не справля"):
        assert judging not in words


def test_the_two_of_a_pair_share_the_first_note_only() -> None:
    survey = catalogue("mentoring.yaml")
    ways: dict[str, set[str]] = {"mentor": set(), "mentee": set(), "": set()}
    for one in walks("mentoring.yaml"):
        ways[one.facts.get("pair_role", "")] |= {question.name for question in one.shown}
    assert ways["mentor"] & ways["mentee"] == {"intro"}
    for role, other in (("mentor", "mentee"), ("mentee", "mentor")):
        scale = next(one for one in survey.scales if one.name == f"{role}_scale")
        answers = numbers(survey, **dict.fromkeys(scale.items, "yes"))
        assert [one.name for one in score(survey, answers, {"pair_role": role})] == [f"{role}_scale"]
        assert score(survey, answers, {"pair_role": other})[0].value is None
