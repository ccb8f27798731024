"""Figures of a named survey: all that was answered, of the municipality, in the form of a release. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean

from core.releases.model import (
    ALL,
    Ballot,
    Cell,
    Cut,
    Release,
    band_measure,
    mean_measure,
    rank_measure,
    scale_measure,
    share_measure,
)
from core.surveys.model import Question, QuestionType, Scale, SurveyDefinition
from core.surveys.scoring import band_of

DECIMALS = 1


def counted(definition: SurveyDefinition, ballots: Sequence[Ballot]) -> Release:
    """Means and shares among those who answered."""
    found = [cell for scale in definition.scales for cell in _scale(scale, ballots)]
    for question in definition.questions:
        if question.is_asked and not question.is_text:
            found += _question(question, ballots)
    texts = [
        (question.name, str(ballot.answers[question.name]))
        for question in definition.questions
        for ballot in ballots
        if question.is_text and question.name in ballot.answers
    ]
    return Release(tuple(found), tuple(texts))


def _scale(scale: Scale, ballots: Sequence[Ballot]) -> Iterator[Cell]:
    values = [ballot.scales[scale.name] for ballot in ballots if scale.name in ballot.scales]
    if not values:
        return
    yield _cell(scale_measure(scale.name), len(values), fmean(values))
    bands = Counter(band.code for value in values if (band := band_of(scale, value)))
    for band in scale.bands:
        yield _cell(band_measure(scale.name, band.code), len(values), bands[band.code] / len(values) * 100)


def _question(question: Question, ballots: Sequence[Ballot]) -> Iterator[Cell]:
    given = [ballot.answers[question.name] for ballot in ballots if question.name in ballot.answers]
    if not given:
        return
    if question.is_number:
        values = [one for one in given if isinstance(one, int | float)]
        yield _cell(mean_measure(question.name), len(values), fmean(values))
    elif question.type is QuestionType.RANK:
        orders = [one for one in given if isinstance(one, tuple)]
        for choice in question.choices:
            places = [one.index(choice.number) + 1 for one in orders if choice.number in one]
            if places:
                yield _cell(rank_measure(question.name, choice.number), len(places), fmean(places))
    else:
        marks = Counter(number for one in given for number in (one if isinstance(one, tuple) else (one,)))
        for choice in question.choices:
            share = marks[choice.number] / len(given) * 100
            yield _cell(share_measure(question.name, (choice.number,)), len(given), share)


def _cell(measure: str, n: int, value: float) -> Cell:
    return Cell(Cut.MUNICIPALITY, ALL, measure, n, round(value, DECIMALS))
