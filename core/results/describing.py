"""What of a result does not depend on where its figures come from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.results.figures import Reading, points_of, wording
from core.results.model import CutRow, Figures, Option, Result, Shape
from core.results.waves import is_recounted, is_reworded
from core.surveys.model import Facts, Question, QuestionType, Scale, SurveyDefinition
from core.surveys.situation import Situation


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figures of a result; `asked` is the question or scale of the wave before."""

    previous: Figures | None = None
    asked: Question | Scale | None = None
    rows: Sequence[CutRow] = ()


def question_result(
    definition: SurveyDefinition, question: Question, read: Reading, figures: Figures, beside: Beside, texts: int | None
) -> Result:
    points = points_of(definition, question)
    return Result(
        name=question.name,
        label=wording(question.label) or question.name,
        shape=read.shape,
        options=read.options,
        figures=figures,
        section="" if question.section is None else wording(definition.section(question.section).title),
        battery=_battery(definition, question),
        top=None if not points else max(points.values()),
        previous=beside.previous,
        reworded=isinstance(beside.asked, Question) and is_reworded(question, beside.asked),
        rows=tuple(beside.rows),
        is_helper=is_helper(question),
        texts=texts,
    )


def scale_result(scale: Scale, figures: Figures, beside: Beside) -> Result:
    return Result(
        name=scale.name,
        label=scale.title,
        shape=Shape.SCALE,
        options=tuple(Option(band.code, band.title) for band in scale.bands),
        figures=figures,
        previous=beside.previous,
        reworded=isinstance(beside.asked, Scale) and is_recounted(scale, beside.asked),
        rows=tuple(beside.rows),
    )


def cut_rows(titles: Mapping[str, str], found: Mapping[str, Figures]) -> list[CutRow]:
    """In the order of the titles, which is the registry's: never by value."""
    return [CutRow(key, title, found[key]) for key, title in titles.items() if key in found]


def switched_off(definition: SurveyDefinition, options: Facts, told: set[str]) -> set[str]:
    """Scales that this campaign did not ask for, with their items. `told`: names that have figures."""
    situation = Situation(definition, {}, options)
    off = [
        scale
        for scale in definition.scales
        if scale.name not in told and not any(situation.is_relevant(item) for item in scale.items)
    ]
    items = {item for scale in off for item in scale.items}
    return {scale.name for scale in off} | (items - told)


def is_helper(question: Question) -> bool:
    return question.type is QuestionType.CALCULATE and not question.label


def _battery(definition: SurveyDefinition, question: Question) -> str:
    """Lines of a table, or statements that are answered on one scale after another."""
    if question.section is None or not question.choices:
        return ""
    together = definition.section(question.section).matrix or question.type is QuestionType.LIKERT
    return question.section if together else ""
