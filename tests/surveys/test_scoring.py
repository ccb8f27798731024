"""Scores against cases counted by hand from the published rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.surveys.feedback import feedback, fill, placeholders
from core.surveys.model import Answers, Facts
from core.surveys.scoring import ScaleScore, band_of, score, with_thresholds

from .samples import answers_to, catalogue, facts_for, numbers

BURNOUT, DEFICITS = catalogue("burnout.yaml"), catalogue("deficits.yaml")
PERSONAL = {"option_personal_scale": "yes"}
TEACHER = {"teacher_position_group": "subject_teacher", "teacher_is_management": "no"}
WORK = {
    "work_evening": "always", "work_morning": "often", "work_hour": "sometimes", "work_family": "always",
    "work_emotion": "high", "work_frustration": "low", "work_burnout": "very_low",
}  # fmt: skip
SCHOOL = ("school_programme", "school_topics", "school_hard_tasks", "school_practice", "school_links", "school_sources")


def burnout(facts: Facts = PERSONAL, /, **answers: str) -> dict[str, ScaleScore]:
    return {result.name: result for result in score(BURNOUT, numbers(BURNOUT, **answers), facts)}


def deficits(facts: Facts = TEACHER, /, **answers: str) -> dict[str, ScaleScore]:
    return {result.name: result for result in score(DEFICITS, numbers(DEFICITS, **answers), facts)}


def test_cbi_work_scale() -> None:
    """(100 + 75 + 50 + 0 turned round + 75 + 25 + 0) ÷ 7 = 325 ÷ 7."""
    result = burnout(**WORK)["work_scale"]
    assert result.value == pytest.approx(325 / 7)
    assert (result.answered, result.items) == (7, 7)
    assert result.band is not None
    assert result.band.code == "little"


@pytest.mark.parametrize(
    ("answer", "points"), [("always", 0), ("often", 25), ("sometimes", 50), ("seldom", 75), ("never", 100)]
)
def test_cbi_reversed_item(answer: str, points: int) -> None:
    """Energy left for family and friends is counted the other way round: 50, 50, 50 and the item."""
    others = dict.fromkeys(("work_evening", "work_morning", "work_hour"), "sometimes")
    assert burnout(work_family=answer, **others)["work_scale"].value == (150 + points) / 4


def test_cbi_students_scale_mixes_degrees_and_frequencies() -> None:
    """(100 + 75 + 50 + 25 + 100 + 0) ÷ 6 = 350 ÷ 6."""
    result = burnout(
        students_hard="very_high", students_frustration="high", students_energy="somewhat", students_giving="low",
        students_tired="always", students_future="never",
    )  # fmt: skip
    assert result["students_scale"].value == pytest.approx(350 / 6)


def test_cbi_personal_scale_only_when_switched_on() -> None:
    answers = dict.fromkeys(("personal_tired", "personal_body", "personal_emotion"), "often")
    assert burnout(**answers)["personal_scale"].value == 75
    assert "personal_scale" not in burnout({"option_personal_scale": "no"}, **answers)


@pytest.mark.parametrize(("answered", "counts"), [(0, False), (3, False), (4, True), (7, True)])
def test_cbi_work_scale_needs_half_of_its_items(answered: int, counts: bool) -> None:
    """Four of seven: fewer are treated as no answer."""
    result = burnout(**dict(list(WORK.items())[:answered]))["work_scale"]
    assert (result.value is not None) == counts
    assert (result.band is not None) == counts
    assert result.answered == answered


@pytest.mark.parametrize(("answered", "counts"), [(2, False), (3, True)])
def test_cbi_students_scale_needs_half_of_its_items(answered: int, counts: bool) -> None:
    names = ("students_hard", "students_energy", "students_giving")[:answered]
    assert (burnout(**dict.fromkeys(names, "high"))["students_scale"].value is not None) == counts


def test_deficits_index() -> None:
    """(3 + 3 + 2 + 2 + 1 + 1) ÷ 6 ÷ 3 × 100 = 66.7, a medium deficit."""
    levels = ("much", "much", "some", "some", "little", "little")
    result = deficits(**dict(zip(SCHOOL, levels, strict=True)))["subject_area"]
    assert result.value == pytest.approx(200 / 3)
    assert result.band is not None
    assert result.band.code == "medium"


@pytest.mark.parametrize(
    ("levels", "value", "band"),
    [
        (("none", "none", "none", "none"), 0, "none"),
        (("little", "little", "none", "none"), 50 / 3, "none"),
        (("little", "little", "little", "none"), 25, "minimal"),
        (("some", "some", "little", "none"), 125 / 3, "minimal"),
        (("some", "some", "little", "little"), 50, "medium"),
        (("much", "some", "some", "little"), 200 / 3, "medium"),
        (("much", "much", "some", "little"), 75, "high"),
        (("much", "much", "much", "much"), 100, "high"),
    ],
)
def test_deficits_bands_begin_at_their_thresholds(levels: tuple[str, ...], value: float, band: str) -> None:
    result = deficits(**dict(zip(SCHOOL, levels, strict=False)))["subject_area"]
    assert result.value == pytest.approx(value)
    assert result.band is not None
    assert result.band.code == band


def test_items_of_other_positions_are_not_left_out() -> None:
    """All five of supplementary education answered is a whole scale, though it lists 22 items."""
    facts = {"teacher_position_group": "supplementary"}
    names = ("programme", "field", "contests", "levels", "interest")
    result = deficits(facts, **{f"supplementary_{name}": "some" for name in names})["subject_area"]
    assert (result.answered, result.items) == (5, 5)
    assert result.value == pytest.approx(200 / 3)


def test_an_area_that_was_not_asked_has_no_score() -> None:
    assert "management_area" not in deficits(plans="no")
    assert deficits(plans="yes")["management_area"].value is None
    assert "methodical_area" not in deficits({"teacher_position_group": "manager"}, teaching="none")


def test_a_profile_can_move_the_thresholds() -> None:
    moved = with_thresholds(DEFICITS, {"minimal": 20, "high": 80})
    scale = moved.scales[0]
    assert [band.from_ for band in scale.bands] == [0, 20, 50, 80]
    found = band_of(scale, 79.999)
    assert found is not None
    assert found.code == "medium"
    assert [band.from_ for band in DEFICITS.scales[0].bands] == [0, 25, 50, 75]


@pytest.mark.parametrize("thresholds", [{"none": 5}, {"minimal": 60}, {"high": 101}, {"minimal": 50}])
def test_thresholds_must_ascend_from_zero(thresholds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        with_thresholds(DEFICITS, thresholds)


@given(st.data(), st.sampled_from([BURNOUT, DEFICITS]))
def test_every_value_is_a_per_cent_with_its_band(data: st.DataObject, survey: object) -> None:
    definition = BURNOUT if survey is BURNOUT else DEFICITS
    answers: Answers = data.draw(answers_to(definition))
    for result in score(definition, answers, data.draw(facts_for(definition))):
        assert 0 <= result.answered <= result.items
        assert (result.value is None) == (result.band is None) == (result.answered * 2 < result.items)
        assert result.value is None or 0 <= result.value <= 100


def test_feedback_fits_the_bands() -> None:
    answers = numbers(DEFICITS, **dict.fromkeys(SCHOOL, "much"))
    texts = feedback(DEFICITS, score(DEFICITS, answers, TEACHER))
    assert [(text.scale, text.band) for text in texts] == [(None, None), ("subject_area", "high"), (None, None)]


def test_feedback_names_whom_to_turn_to() -> None:
    assert placeholders(BURNOUT) == {"help_contact"}
    assert placeholders(DEFICITS) == frozenset()
    last = feedback(BURNOUT, ())[-1].text
    assert fill(last, {"help_contact": "психолог центра"}).endswith("психолог центра")
    with pytest.raises(KeyError):
        fill(last, {})


def test_filling_in_runs_nothing() -> None:
    assert fill("{{ help_contact }} {% set a = 1 %}", {"help_contact": "{{ 7*7 }}"}) == "{{ 7*7 }} {% set a = 1 %}"
