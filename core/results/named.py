"""Results of a named campaign, counted from what was submitted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from core.results import memory
from core.results.counting import count
from core.results.counts import Counts
from core.results.describing import Beside, cut_rows, question_result, scale_result, switched_off
from core.results.figures import Reading, figures, points_of, reading, scale_figures
from core.results.groups import Division
from core.results.model import Figures, Result, Shape
from core.results.waves import Wave, same_question, same_scale
from core.surveys.facts import options_of
from core.surveys.model import Question, QuestionType, Scale, SurveyDefinition


@dataclass(frozen=True, slots=True)
class Named:
    """Counts of this wave, of the one before where it can be compared, and by group."""

    wave: Wave
    counts: Counts
    before: Wave | None = None
    counts_before: Counts = field(default_factory=Counts)
    groups: Mapping[str, Counts] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def definition(self) -> SurveyDefinition:
        return self.wave.definition

    def scales(self) -> tuple[Result, ...]:
        off = self._off()
        return tuple(self._scale(scale) for scale in self.definition.scales if scale.name not in off)

    def questions(self) -> tuple[Result, ...]:
        off = self._off()
        return tuple(
            self._question(question)
            for question in self.definition.questions
            if question.type is not QuestionType.NOTE and question.name not in off
        )

    def _off(self) -> set[str]:
        answered = {*self.counts.numbers, *self.counts.words, *self.counts.answered}
        told = {question.name for question in self.definition.questions if question.number in answered}
        options = options_of(self.wave.campaign, self.definition)
        return switched_off(self.definition, options, told | set(self.counts.scales))

    def _scale(self, scale: Scale) -> Result:
        asked = None if self.before is None else same_scale(scale, self.before.definition)
        previous = None if asked is None else scale_figures(scale, self.counts_before.scales.get(scale.name))
        rows = {key: scale_figures(scale, one.scales.get(scale.name)) for key, one in self.groups.items()}
        own = scale_figures(scale, self.counts.scales.get(scale.name))
        return scale_result(scale, own, Beside(previous, asked, cut_rows(self.titles, rows)))

    def _question(self, question: Question) -> Result:
        asked = None if self.before is None else same_question(question, self.before.definition)
        found = [(question, self.counts)] if asked is None else [(question, self.counts), (asked, self.counts_before)]
        read = reading(question, *found)
        points = points_of(self.definition, question)
        rows = {key: figures(question, read, one, points) for key, one in self.groups.items()}
        own = figures(question, read, self.counts, points)
        beside = Beside(self._previous(read, points, asked), asked, cut_rows(self.titles, rows))
        texts = own.n if read.shape is Shape.TEXT else None
        return question_result(self.definition, question, read, own, beside, texts)

    def _previous(self, read: Reading, points: Mapping[str, float] | None, asked: Question | None) -> Figures | None:
        if asked is None or self.before is None:
            return None
        same = points if points == points_of(self.before.definition, asked) else None
        return figures(asked, read, self.counts_before, same)


async def named(
    session: AsyncSession, wave: Wave, before: Wave | None, by: Division | None, names: Collection[str] | None
) -> Named:
    """`before` only when the two can be compared; `by` with its groups, `names` as in core.results.counting."""
    groups = {} if by is None else await count(session, wave.campaign.id, wave.definition, by, names)
    return Named(
        wave,
        await memory.whole(session, wave),
        before,
        Counts() if before is None else await memory.whole(session, before),
        groups,
        {} if by is None else by.titles,
    )
