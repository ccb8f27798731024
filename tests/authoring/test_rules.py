"""What may be published: announcement, version, privacy."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.authoring import rules
from core.authoring.model import About
from core.errors import AppError
from core.surveys.model import SurveyPrivacy
from tests.surveys.samples import sample

ORDER = (SurveyPrivacy.NAMED, SurveyPrivacy.CONFIDENTIAL, SurveyPrivacy.ANONYMOUS)
"""From loose to strict."""


def about() -> About:
    return rules.about_of(sample())


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"code": ""}, "authoring.code_unsound"),
        ({"code": "с пробелом"}, "authoring.code_unsound"),
        ({"code": "../etc"}, "authoring.code_unsound"),
        ({"code": "1st"}, "authoring.code_unsound"),
        ({"code": "a" * 61}, "authoring.code_unsound"),
        ({"code": "upload"}, "authoring.code_unsound"),
        ({"code": "drafts"}, "authoring.code_unsound"),
        ({"title": "  "}, "authoring.title_unsound"),
        ({"title": "я" * 201}, "authoring.title_unsound"),
        ({"purpose": "\n"}, "authoring.purpose_unsound"),
        ({"purpose": "я" * 2001}, "authoring.purpose_unsound"),
        ({"minutes": 0}, "authoring.minutes_unsound"),
        ({"minutes": 121}, "authoring.minutes_unsound"),
        ({"k": 2}, "authoring.k_unsound"),
        ({"k": 101}, "authoring.k_unsound"),
    ],
)
def test_an_unsound_announcement_is_refused(changes: dict[str, object], key: str) -> None:
    with pytest.raises(AppError) as caught:
        rules.check_about(replace(about(), **changes))  # type: ignore[arg-type]
    assert caught.value.key == key


@pytest.mark.parametrize(
    "changes", [{"code": "опрос_2-б.1"}, {"code": "a" * 60}, {"minutes": 1}, {"minutes": 120}, {"k": 3}, {"k": 100}]
)
def test_the_limits_themselves_are_allowed(changes: dict[str, object]) -> None:
    rules.check_about(replace(about(), **changes))  # type: ignore[arg-type]


def test_questions_stay_as_they_are_when_a_survey_is_announced_otherwise() -> None:
    old = sample()
    new = rules.with_about(old, replace(about(), code="other", title=" Другая ", k=9, privacy=SurveyPrivacy.ANONYMOUS))
    assert (new.code, new.title, new.k, new.privacy) == ("other", "Другая", 9, SurveyPrivacy.ANONYMOUS)
    assert new.questions == old.questions
    assert (new.source, new.version) == (old.source, old.version)


@pytest.mark.parametrize(
    ("wanted", "taken", "proposed"),
    [
        ("1", set(), "1"),
        ("", set(), "1"),
        ("1", {"1"}, "2"),
        ("1", {"1", "9", "10"}, "11"),
        ("2026-осень", {"1"}, "2026-осень"),
        ("2026-осень", {"2026-осень"}, "1"),
    ],
)
def test_the_version_that_is_proposed_is_free(wanted: str, taken: set[str], proposed: str) -> None:
    assert rules.proposed_version(wanted, taken) == proposed


@given(st.text(max_size=8), st.sets(st.one_of(st.text(max_size=8), st.integers(0, 30).map(str))))
def test_what_is_proposed_is_never_taken(wanted: str, taken: set[str]) -> None:
    assert rules.proposed_version(wanted, taken) not in taken


@pytest.mark.parametrize("version", ["", "я" * 21, "1\n2"])
def test_an_unsound_version_is_refused(version: str) -> None:
    with pytest.raises(AppError) as caught:
        rules.check_version(version, set())
    assert caught.value.key == "authoring.version_unsound"


def test_a_version_is_given_once() -> None:
    with pytest.raises(AppError) as caught:
        rules.check_version("2", {"1", "2"})
    assert (caught.value.key, caught.value.params) == ("authoring.version_taken", {"version": "2"})
    rules.check_version("3", {"1", "2"})


@given(st.sampled_from(ORDER), st.sets(st.sampled_from(ORDER)))
def test_privacy_may_become_stricter_and_never_looser(new: SurveyPrivacy, answered: set[SurveyPrivacy]) -> None:
    if all(ORDER.index(new) >= ORDER.index(one) for one in answered):
        rules.check_privacy(new, answered)
        return
    with pytest.raises(AppError) as caught:
        rules.check_privacy(new, answered)
    assert caught.value.params == {"privacy": max(answered, key=ORDER.index)}
