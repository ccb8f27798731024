"""Results of a protected campaign: nothing but its frozen release, which went through core.disclosure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CLUSTERS
from core.people.model import Actor
from core.releases.model import Cut
from core.releases.queries import released, released_texts
from core.results.describing import Beside, cut_rows, question_result, scale_result, switched_off
from core.results.model import Figures, Result, ResultCut, Shape
from core.results.published import EVERYBODY, Group, Published, figures, is_told, published, reading, scale_figures
from core.results.waves import Wave, same_question, same_scale
from core.results.words import EXPERIENCE, KINDS
from core.surveys.facts import options_of
from core.surveys.model import Question, Scale, SurveyDefinition
from storage.models import Organisation

CUTS: Mapping[ResultCut, Cut] = {
    ResultCut.KIND: Cut.KIND,
    ResultCut.CLUSTER: Cut.CLUSTER,
    ResultCut.EXPERIENCE: Cut.EXPERIENCE,
}


@dataclass(frozen=True, slots=True)
class Released:
    """Cells of this wave, and of the one before where it can be compared."""

    wave: Wave
    cells: Published
    texts: Counter[str]
    before: Wave | None = None
    cells_before: Published | None = None
    cut: Cut | None = None
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
            if is_told(question) and question.name not in off
        )

    def _off(self) -> set[str]:
        told = set(self.cells.groups.get(EVERYBODY, {}))
        return switched_off(self.definition, options_of(self.wave.campaign, self.definition), told)

    def _scale(self, scale: Scale) -> Result:
        asked = None if self.before is None else same_scale(scale, self.before.definition)
        previous = self._previous(asked)
        rows = {key: scale_figures(scale, self.cells, group) for key, group in self._groups().items()}
        return scale_result(
            scale, scale_figures(scale, self.cells, EVERYBODY), Beside(previous, asked, cut_rows(self.titles, rows))
        )

    def _question(self, question: Question) -> Result:
        asked = None if self.before is None else same_question(question, self.before.definition)
        rows = {key: figures(question, self.cells, group) for key, group in self._groups().items()}
        read = reading(question, self.cells)
        own = figures(question, self.cells, EVERYBODY)
        beside = Beside(self._previous(asked), asked, cut_rows(self.titles, rows))
        texts = self.texts[question.name] if read.shape is Shape.TEXT else None
        return question_result(self.definition, question, read, own, beside, texts)

    def _previous(self, asked: Question | Scale | None) -> Figures | None:
        if asked is None or self.cells_before is None:
            return None
        if isinstance(asked, Scale):
            return scale_figures(asked, self.cells_before, EVERYBODY)
        return figures(asked, self.cells_before, EVERYBODY)

    def _groups(self) -> dict[str, Group]:
        """Every group that has something published; of the others nothing is told, not even that there are such."""
        if self.cut is None:
            return {}
        return {key: (self.cut, key) for key in self.cells.in_cut(self.cut)}


async def released_results(
    session: AsyncSession, actor: Actor, wave: Wave, before: Wave | None, cut: ResultCut | None
) -> Released:
    """`before` only when the two can be compared."""
    return Released(
        wave,
        published(await released(session, wave.campaign.id)),
        Counter(question for question, _ in await released_texts(session, wave.campaign.id)),
        before,
        None if before is None else published(await released(session, before.campaign.id)),
        None if cut is None else CUTS[cut],
        {} if cut is None else await _titles(session, actor, wave, cut),
    )


async def _titles(session: AsyncSession, actor: Actor, wave: Wave, cut: ResultCut) -> Mapping[str, str]:
    match cut:
        case ResultCut.KIND:
            return KINDS
        case ResultCut.EXPERIENCE:
            return EXPERIENCE
        case _:
            return await cluster_titles(session, actor, wave)


async def cluster_titles(session: AsyncSession, actor: Actor, wave: Wave) -> dict[str, str]:
    """By code, in the registry's order. A coordinator sees the cluster that is the own organisation alone."""
    clusters: dict[str, list[int]] = wave.campaign.options.get(CLUSTERS, {})
    rows = await session.execute(
        select(Organisation.id, Organisation.short_name).where(
            Organisation.municipality_id == wave.campaign.municipality_id
        )
    )
    names = dict(rows.all())
    if not actor.manages(wave.campaign.municipality_id):
        clusters = {code: ids for code, ids in clusters.items() if len(ids) == 1 and ids[0] in actor.organisations}
    in_order = sorted(clusters.items(), key=lambda one: min(one[1], default=0))
    return {code: ", ".join(names[one] for one in ids if one in names) for code, ids in in_order}
