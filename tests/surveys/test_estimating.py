"""Minutes that a survey is likely to take."""

from dataclasses import replace

from core.surveys.estimating import estimated_minutes
from tests.surveys.samples import CATALOGUE_FILES, catalogue, sample


def test_it_is_near_what_the_catalogue_says() -> None:
    for name in CATALOGUE_FILES:
        definition = catalogue(name)
        assert definition.minutes / 3 <= estimated_minutes(definition.questions) <= definition.minutes * 3, name


def test_it_keeps_to_what_a_survey_can_have() -> None:
    question = sample().questions[-2]
    assert estimated_minutes([]) == 1
    assert estimated_minutes([question] * 10_000) == 120
    assert estimated_minutes([replace(question, label="слово " * 2_000)]) > estimated_minutes([question])
