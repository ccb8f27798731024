"""What a rehearsal finds: nobody comes here, people get stuck there, these groups stay hidden (SPEC §4)."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure import EVERYBODY, Place
from core.rehearsal.habits import Person
from core.rehearsal.model import Part, Unreached
from core.rehearsal.rules import invitations, rehearse
from core.rehearsal.walking import walk
from core.releases.earlier import Earlier
from core.releases.model import ALL, Cut
from core.surveys import rules
from tests.rehearsal.plans import OPENS, asked, crowd_of, plan, survey
from tests.surveys.samples import CATALOGUE_FILES, catalogue

LIKERT = "  - {type: select_one agree, appearance: likert, name: calm, label: Спокойно ли, required: true}\n"
SCALE = """
scales:
  - name: mood
    title: Настроение
    items: [calm]
    points: {low: 0, middle: 1, high: 2}
    bands: [{code: bad, title: плохое, from: 0}, {code: good, title: хорошее, from: 50}]
"""


def test_a_question_that_nobody_reaches_is_named_with_its_condition() -> None:
    form = survey(
        "  - {type: select_one yes_no, name: reads, label: Читаете ли вы, required: true}\n"
        "  - {type: text, name: what, label: Что именно, relevant: \"${reads} = 'yes'\"}\n"
        "  - {type: text, name: play, label: Во что играете, relevant: \"${teacher_position_group} = 'preschool'\"}\n"
    )
    found = rehearse(plan(form, crowd_of(8))).unreached
    assert found == (
        Unreached(
            Part.QUESTION,
            "Во что играете",
            "",
            "${teacher_position_group} = 'preschool'",
            (("teacher_position_group", "группа должности"),),
        ),
    )


def test_a_section_that_nobody_reaches_is_named_once() -> None:
    form = survey(
        "  - {type: integer, name: age, label: Сколько лет группе, required: true, constraint: . >= 1 and . <= 9}\n"
        "  - {type: begin_group, name: old, label: Старшие, relevant: '${age} > 9'}\n"
        "  - {type: begin_group, name: inner, label: Внутри}\n"
        "  - {type: text, name: why, label: Почему}\n"
        "  - {type: end_group}\n"
        "  - {type: text, name: how, label: Как}\n"
        "  - {type: end_group}\n"
    )
    found = rehearse(plan(form, crowd_of(8))).unreached
    assert [(one.part, one.label, one.condition) for one in found] == [(Part.SECTION, "Старшие", "${age} > 9")]
    assert found[0].names == (("age", "Сколько лет группе"),)


def test_choices_that_nobody_is_offered_are_named() -> None:
    form = survey(
        "  - {type: select_one topics, name: topic, label: О чём, required: true,"
        " choice_filter: 'who = ${teacher_position_group}'}\n"
    )
    found = rehearse(plan(form, crowd_of(6))).unreached
    assert [(one.part, one.label, one.inside) for one in found] == [(Part.CHOICE, "Игра", "О чём")]


def test_rare_branches_are_looked_for() -> None:
    """Eight people would hardly come upon one choice of twelve, each leading to a question of its own."""
    branches = "".join(
        f"  - {{type: note, name: only_{one}, label: Только {one}, relevant: \"${{way}} = '{one}'\"}}\n"
        for one in "abcdefghijkl"
    )
    form = survey("  - {type: select_one ways, name: way, label: Какой путь, required: true}\n" + branches)
    assert rehearse(plan(form, crowd_of(8))).unreached == ()


def test_a_trap_is_reported_and_what_follows_is_still_looked_at() -> None:
    form = survey(
        "  - {type: integer, name: age, label: Сколько вам лет, required: true,"
        " constraint: '. > 5 and . < 3', constraint_message: Проверьте число}\n"
        "  - {type: text, name: then, label: Что потом}\n"
    )
    found = rehearse(plan(form, crowd_of(20)))
    assert [(one.question.name, one.share) for one in found.traps] == [("age", 100)]
    assert found.unreached == ()
    assert (found.answered, found.report.cells) == (0, ())


def test_a_required_question_without_choices_is_a_trap() -> None:
    form = survey(
        "  - {type: select_one topics, name: topic, label: О чём, required: true,"
        " choice_filter: 'who = ${teacher_position_group}'}\n"
    )
    people = [*crowd_of(3), asked(4, facts={"teacher_position_group": "manager"})]
    found = rehearse(plan(form, people))
    assert [one.question.name for one in found.traps] == ["topic"]
    assert 0 < found.traps[0].share < 100


@pytest.mark.parametrize(
    "constraint",
    [
        ". >= 18 and . <= 65",
        ". = 2019",
        ". > 100000",
        ". < 0",
        ". = ${before} + 1",
        ". + ${before} = 50",
        ". = 50 - ${before}",
        ". <= ${before}",
    ],
)
def test_numbers_are_found_where_a_person_would_find_them(constraint: str) -> None:
    form = survey(
        "  - {type: integer, name: before, label: До, required: true, constraint: . > 0 and . < 50}\n"
        f"  - {{type: integer, name: after, label: После, required: true, constraint: '{constraint}'}}\n"
    )
    assert rehearse(plan(form, crowd_of(10))).traps == ()


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [
        ("date", ". <= today()"),
        ("date", ". > today()"),
        ("date", ". >= date('2031-05-01')"),
        ("time", "string-length(.) = 5"),
        ("decimal", ". > 0 and . <= 1.5"),
        ("text", "regex(., '[0-9]{4}')"),
        ("text", "string-length(.) > 30"),
        ("select_multiple topics", "count-selected(.) = 1"),
        ("rank topics", ""),
    ],
)
def test_other_answers_are_found_too(kind: str, constraint: str) -> None:
    held = f', constraint: "{constraint}"' if constraint else ""
    form = survey(f"  - {{type: {kind}, name: one, label: Один, required: true{held}}}\n")
    assert rehearse(plan(form, crowd_of(10))).traps == ()


def test_long_surveys_take_longer_than_promised_and_groups_differ() -> None:
    form = survey(
        "".join(f"  - {{type: integer, name: n{one}, label: Сколько часов, required: true}}\n" for one in range(40))
        + "  - {type: text, name: play, label: Во что играете, required: true,"
        " relevant: \"${teacher_position_group} = 'preschool'\"}\n",
        minutes=1,
    )
    young = [
        asked(n, position_group="preschool", facts={"teacher_position_group": "preschool"}) for n in range(100, 140)
    ]
    found = rehearse(plan(form, [*crowd_of(40), *young])).minutes
    assert found is not None
    assert found.promised == 1
    assert 4 < found.median < 6
    assert found.median < found.usual_longest <= found.longest
    preschool, teachers = found.by_group
    assert (preschool.position_group, preschool.people) == ("preschool", 40)
    assert preschool.median > teachers.median


def test_small_groups_are_withheld() -> None:
    form = survey(LIKERT, privacy="confidential", more=SCALE)
    people = crowd_of(60) + [asked(n, organisation_id=2, kind="preschool", experience="0-3") for n in range(100, 104)]
    found = rehearse(plan(form, people))
    groups = {(one.cut, one.group): one for one in found.groups}
    everybody, preschool = groups[Cut.MUNICIPALITY, ALL], groups[Cut.KIND, "preschool"]
    assert everybody.asked == 64
    assert everybody.shown == {50: 32, 70: 45, 90: 58}
    assert preschool.asked == 4
    assert set(preschool.shown.values()) == {None}
    # Those who are left would tell of the small group.
    assert set(groups[Cut.KIND, "school"].shown.values()) == {None}
    assert found.clusters == {"preschool-1": (2,), "school-1": (1,)}
    assert found.report.cells
    assert {cell.group for cell in found.report.cells} == {ALL}


def test_what_an_earlier_wave_has_shown_limits_this_one() -> None:
    """So few have changed since then that the difference of both waves would be theirs alone."""
    form = survey(LIKERT, privacy="confidential", more=SCALE)
    people = crowd_of(60)
    alone = rehearse(plan(form, people, k=10))
    assert alone.groups[0].shown == {50: 30, 70: 42, 90: 54}
    places = {one.key: Place("school", "school-1", "11-20") for one in people}
    before = Earlier(10, frozenset({EVERYBODY}), places, complete=True)
    again = rehearse(plan(form, people, k=10, earlier=(before,)))
    assert again.groups[0].shown == {50: 30, 70: 42, 90: None}


def test_named_surveys_have_a_report_and_no_groups() -> None:
    found = rehearse(plan(survey(LIKERT, more=SCALE), crowd_of(10)))
    assert found.groups == ()
    assert found.answered == 7
    measures = {cell.measure for cell in found.report.cells}
    assert {"scale:mood", "band:mood:bad", "share:calm:1"} <= measures
    shares = [cell.value for cell in found.report.cells if cell.measure.startswith("share:calm")]
    assert sum(shares) == pytest.approx(100, abs=0.2)


def test_an_organisation_answers_once() -> None:
    form = survey(LIKERT, respondent="organisation")
    found = rehearse(plan(form, [asked(1, key=(1, 4)), asked(2, key=(2, 4)), asked(2, key=(2, 5))]))
    assert (found.asked, found.walked) == (2, 2)
    assert found.invitations.now == 3


def test_nobody_to_ask() -> None:
    found = rehearse(plan(survey(LIKERT, privacy="confidential", more=SCALE), []))
    assert (found.minutes, found.unreached, found.traps, found.groups) == (None, (), (), ())
    assert found.invitations.last_at is None


def test_invitations_go_out_thirty_a_second() -> None:
    people = [*crowd_of(301), asked(900, joined=False)]
    found = invitations(people, OPENS)
    assert (found.now, found.waiting) == (301, 1)
    assert found.last_at == OPENS + timedelta(seconds=10)


def test_one_chat_gets_one_message_a_second() -> None:
    found = invitations([asked(1, key=(1, pair)) for pair in range(1, 5)], OPENS)
    assert found.last_at == OPENS + timedelta(seconds=3)


def test_the_same_campaign_gives_the_same_figures() -> None:
    form = survey(LIKERT, privacy="confidential", more=SCALE)
    people = crowd_of(40)
    assert rehearse(plan(form, people)) == rehearse(plan(form, people))
    assert rehearse(plan(form, people)) != rehearse(plan(form, people, seed=8))


@pytest.mark.parametrize("name", CATALOGUE_FILES)
def test_the_catalogue_has_no_traps(name: str) -> None:
    form = catalogue(name)
    groups = ("subject_teacher", "preschool", "supplementary", "specialist", "manager")
    people = [
        asked(
            number,
            key=(number, number),
            position_group=groups[number % 5],
            facts={
                "teacher_position_group": groups[number % 5],
                "teacher_is_management": "yes" if number % 5 == 4 else "no",
                "teacher_experience": "0-3",
                "pair_role": ("mentor", "mentee")[number % 2],
                "event_title": "Курс",
                "organisation_kind": ("school", "preschool", "supplementary")[number % 3],
                "organisation_staff": "30",
                "organisation_young": "3",
                **{option.fact.name: "yes" for option in form.options},
            },
        )
        for number in range(1, 31)
    ]
    found = rehearse(plan(form, people))
    assert found.traps == ()
    hidden = {one.label for one in found.unreached}
    assert hidden <= {question.label for question in form.questions if "${event_title} = ''" in _condition(question)}


def _condition(question: object) -> str:
    relevant = getattr(question, "relevant", None)
    return relevant.source if relevant is not None else ""


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from(CATALOGUE_FILES))
def test_every_walk_could_be_handed_in(seed: int, name: str) -> None:
    """Property: what a made-up person has answered is nothing that the chat would refuse."""
    form = catalogue(name)
    facts = {
        **asked(1).facts,
        "pair_role": "mentor",
        "organisation_kind": "school",
        "organisation_staff": "30",
        "organisation_young": "3",
    }
    found = walk(form, facts, Person(Random(seed), form))
    assert found.stuck == ()
    assert rules.missing(form, found.answers, facts) == ()
    assert rules.broken(form, found.answers, facts) == ()
    asked_of = {n for n in rules.steps(form, found.answers, facts) if form.question(n).is_asked}
    assert {n for n in found.answers if form.question(n).is_asked} <= asked_of


def test_in_quiet_hours_the_first_invitation_goes_later() -> None:
    morning = OPENS + timedelta(hours=9)
    found = rehearse(plan(survey(LIKERT), [asked(1), asked(2)], invites_at=morning)).invitations
    assert (found.now, found.first_at) == (2, morning)
