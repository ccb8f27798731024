"""What a protected survey publishes, question by question (decision 0008)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.releases.model import (
    Ballot,
    BallotCuts,
    Cut,
    Measure,
    MeasureKind,
    band_measure,
    mean_measure,
    parse_measure,
    rank_measure,
    scale_measure,
    share_measure,
)
from core.releases.tally import tally
from core.surveys.model import Value
from tests.releases.survey import HOME, answers, ballot, definition

K = 5
AWAY = BallotCuts("preschool", "21+", "preschool-1")


def release(ballots: Sequence[Ballot]) -> dict[str, dict[str, float]]:
    """By question or scale: what stands for the municipality, without the kind of measure."""
    found: dict[str, dict[str, float]] = {}
    for cell in tally(ballots, K, definition()).cells:
        if cell.cut is Cut.MUNICIPALITY:
            measure = parse_measure(cell.measure)
            found.setdefault(measure.name, {})[f"{measure.kind}:{measure.detail}".rstrip(":")] = cell.value
    return found


def changed(count: int, **given: Value | None) -> list[Ballot]:
    """Everybody's answers with some of them replaced, or left out for None."""
    rows = [{**answers(number), **given} for number in range(count)]
    return [ballot({name: value for name, value in row.items() if value is not None}) for row in rows]


def test_every_kind_of_question_has_its_measures() -> None:
    found = release(changed(60))
    assert {name: set(measures) for name, measures in found.items()} == {
        "day_scale": {"scale", "band:low", "band:high"},
        "morning": {"mean"},
        "evening": {"mean"},
        "weather": {"share:1", "share:2", "share:3"},
        "colour": {"share:0", "share:1+4", "share:2", "share:3"},
        "palette": {"share:1", "share:2", "share:3"},
        "order": {"rank:1", "rank:2", "rank:3"},
        "hours": {"mean"},
        "why_good": {"share:0+1", "share:2", "share:3"},
    }
    assert found["colour"] == {"share:0": 25, "share:1+4": 25, "share:2": 25, "share:3": 25}
    assert found["weather"] == {"share:1": 33.3, "share:2": 33.3, "share:3": 33.3}
    assert found["why_good"] == {"share:0+1": 78.3, "share:2": 11.7, "share:3": 10.0}


def test_items_and_ranks_are_not_cut_by_groups_and_questions_are() -> None:
    near = changed(60)
    far = [Ballot(AWAY, one.answers, one.scales) for one in near]
    cells = tally([*near, *far], K, definition()).cells
    by_kind = {parse_measure(cell.measure).name for cell in cells if cell.cut is Cut.KIND}
    assert {"day_scale", "weather", "hours", "colour"} <= by_kind
    assert not {"morning", "evening", "order"} & by_kind
    assert {cell.n for cell in cells} == {60, 120}


def test_a_group_that_lacks_a_class_is_withheld() -> None:
    near = changed(60)
    far = [Ballot(AWAY, {**one.answers, "weather": 2}, one.scales) for one in near]
    cells = tally([*near, *far], K, definition()).cells
    by_kind = {parse_measure(cell.measure).name for cell in cells if cell.cut is Cut.KIND}
    assert "weather" not in by_kind
    assert "hours" in by_kind


def test_unanimous_questions_publish_nothing() -> None:
    found = release(changed(60, weather=2, hours=7, palette=(1, 2), order=(1, 2, 3), colour=1))
    assert not {"weather", "hours", "palette", "order", "colour"} & set(found)


def test_too_few_people_publish_nothing() -> None:
    assert release(changed(K - 1)) == {}
    assert tally(changed(K - 1), K, definition()).texts == ()


def test_an_item_with_few_other_answers_takes_another_with_it() -> None:
    ballots = changed(60, morning=1)
    assert not {"morning", "evening"} & set(release(ballots))
    assert "day_scale" in release(ballots)


def test_points_in_uneven_steps_publish_no_items() -> None:
    """0, 1 and 100: a sum of 203 says that two people chose 100 and three chose 1."""
    survey = definition()
    points = {"good": 100.0, "usual": 1.0, "bad": 0.0}
    other = replace(survey, scales=tuple(replace(scale, points=points) for scale in survey.scales))
    names = {parse_measure(cell.measure).name for cell in tally(changed(60), K, other).cells}
    assert not {"morning", "evening"} & names


def test_texts_are_kept_only_when_enough_people_wrote() -> None:
    assert len(tally(changed(60), K, definition()).texts) == 60
    some = [*changed(4), *changed(50, words=None)]
    assert tally(some, K, definition()).texts == ()
    all_but_one = [*changed(50), *changed(1, words=None)]
    assert tally(all_but_one, K, definition()).texts == ()


def test_several_of_with_one_mark_each_adds_up_as_one_of_does() -> None:
    ballots = [ballot({**answers(number), "palette": (number % 4 + 1,)}) for number in range(60)]
    assert set(release(ballots)["palette"]) == {"share:0+1", "share:2", "share:3", "share:4"}


def test_names_of_measures_are_read_back() -> None:
    names = {
        scale_measure("work"): Measure(MeasureKind.SCALE, "work"),
        band_measure("work", "calm"): Measure(MeasureKind.BAND, "work", "calm"),
        mean_measure("q"): Measure(MeasureKind.MEAN, "q"),
        share_measure("q", (4, 0)): Measure(MeasureKind.SHARE, "q", "0+4"),
        rank_measure("q", 2): Measure(MeasureKind.RANK, "q", "2"),
    }
    for text, measure in names.items():
        assert parse_measure(text) == measure
    assert parse_measure("share:q:0+4").classes == (0, 4)
    for wrong in ("", "scale", "scale:", "share:q", "mean:q:1", "else:q"):
        with pytest.raises(ValueError):  # noqa: PT011 - which words it has is of no matter
            parse_measure(wrong)


def test_a_ballot_at_home_is_one_of_the_school() -> None:
    cells = tally(changed(60), K, definition()).cells
    assert {cell.group for cell in cells if cell.cut is Cut.CLUSTER} == {HOME.cluster}
