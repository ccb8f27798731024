"""Protected results: nothing before the end, and afterwards nothing but the release."""

import pytest
from sqlalchemy import select

from core.campaigns.model import CLUSTERS
from core.errors import NotFound
from core.people.model import Actor
from core.releases.model import ALL, Cell, Cut, rank_measure, share_measure
from core.releases.queries import released, released_texts
from core.results import queries
from core.results.exports.making import Format, render, tables
from core.results.model import CampaignResults, ResultCut, Shape
from core.results.published import EVERYBODY, figures, published, reading
from core.results.source import Source, source_of
from core.results.texts import texts
from core.surveys.model import SurveyPrivacy
from storage.models import Answer, Campaign, Response, ScaleResult
from storage.session import Database
from tests.campaigns.world import World
from tests.clocks import SetClock
from tests.releases import survey
from tests.releases import test_releases as releases
from tests.results.world import look, one, rows

POISON = "отравлено"


async def closed(db: Database, clock: SetClock, privacy: str = "confidential") -> tuple[World, int]:
    world = await releases.town(db, clock, privacy)
    campaign = await releases.opened(world)
    for number, teacher in enumerate(world.everybody):
        put = releases.cast if privacy == "anonymous" else releases.submit
        await put(world, campaign, teacher, number)
    await world.close(campaign)
    return world, campaign


async def poison(world: World, campaign: int) -> None:
    """Answers that nobody may ever see, in every table that holds answers."""
    form = survey.definition()
    async with world.db.write() as session:
        sent = (await session.scalars(select(Response.id).where(Response.campaign_id == campaign))).all()
        if not sent:
            response = Response(campaign_id=campaign, teacher_id=world.everybody[0], state="submitted")
            response.survey_version_id = (await queries.wave_of(session, campaign)).campaign.survey_version_id
            response.started_at = response.submitted_at = world.clock.now()
            session.add(response)
            await session.flush()
            sent = [response.id]
        for response_id in sent:
            for question in form.questions:
                row = await session.get(Answer, (response_id, question.number, 0))
                if row is None and question.type not in {"select_multiple", "rank"}:
                    session.add(Answer(response_id=response_id, question=question.number, number=7777.0, text=POISON))
                elif row is not None:
                    row.number, row.text = 7777.0, POISON
            scale = await session.get(ScaleResult, (response_id, "day_scale"))
            if scale is not None:
                scale.value = 7777.0


async def put_together(world: World, campaign: int, *codes: str) -> None:
    """As if these organisations had made one cluster when the campaign opened."""
    async with world.db.write() as session:
        row = await session.get_one(Campaign, campaign)
        members = [world.organisations[code] for code in codes]
        row.options = {**row.options, CLUSTERS: {"school-1": members}}


def told(found: CampaignResults) -> object:
    return found.scales, found.questions, found.submitted


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
async def test_nothing_but_the_release_is_ever_read(db: Database, clock: SetClock, privacy: str) -> None:
    world, campaign = await closed(db, clock, privacy)
    cuts = (None, *(await look(world, campaign)).cuts)
    before = [told(await look(world, campaign, cut)) for cut in cuts]
    await poison(world, campaign)
    assert [told(await look(world, campaign, cut)) for cut in cuts] == before
    async with db.read() as session:
        for format_ in Format:
            found, made = await tables(session, world.methodist, campaign, format_, clock.now())
            cells = [cell for table in made for row in table.rows for cell in row]
            assert found.source is Source.RELEASE
            assert POISON not in cells
            assert 7777.0 not in cells
            assert POISON.encode() not in render(format_, made, "Т")
        _, _, written = await texts(session, world.methodist, campaign, "words", "1")
    assert len(written) == len(world.everybody)
    assert POISON not in written


def test_everything_that_is_not_named_comes_out_of_the_release() -> None:
    assert {one for one in SurveyPrivacy if source_of(one) is Source.ANSWERS} == {SurveyPrivacy.NAMED}


async def test_nothing_is_told_before_the_end(db: Database, clock: SetClock) -> None:
    world = await releases.town(db, clock)
    campaign = await releases.opened(world)
    await releases.answer_all(world, campaign, world.everybody)
    found = await look(world, campaign)
    assert (found.ready, found.submitted, found.all, found.cuts) == (False, None, (), ())
    assert found.campaign.row.submitted == len(world.everybody), "who took part is known"
    async with db.read() as session:
        for format_ in Format:
            with pytest.raises(NotFound):
                await tables(session, world.methodist, campaign, format_, clock.now())
        with pytest.raises(NotFound):
            await texts(session, world.methodist, campaign, "words", "1")


async def test_every_figure_is_a_published_one(db: Database, clock: SetClock) -> None:
    world, campaign = await closed(db, clock)
    async with db.read() as session:
        cells = await released(session, campaign)
        free = await released_texts(session, campaign)
    by = {cut: {cell.value for cell in cells if cell.cut is cut} for cut in Cut}
    found = await look(world, campaign)
    assert found.submitted == len(world.everybody)
    for result in found.all:
        assert {*result.figures.values.values(), result.figures.mean} - {None} <= by[Cut.MUNICIPALITY]
        assert result.figures.counts == {}, "how many chose what is never told"
    shown = {result.name for result in found.all if result.figures.values or result.figures.mean is not None}
    assert {"day_scale", "weather", "colour", "palette", "order", "hours"} <= shown
    assert "day" not in {result.name for result in found.all}, "days are never published"
    assert one(found, "words").texts == len(free)
    kinds = await look(world, campaign, ResultCut.KIND)
    for result in kinds.all:
        for row in result.rows:
            assert {*row.figures.values.values(), row.figures.mean} - {None} <= by[Cut.KIND]
    assert [row.title for row in one(kinds, "weather").rows] == ["Школы", "Детские сады"]


def test_choices_that_were_published_together_are_one_option() -> None:
    form = survey.definition()
    question = form.by_name("colour")

    def cell(classes: tuple[int, ...], value: float) -> Cell:
        return Cell(Cut.MUNICIPALITY, ALL, share_measure("colour", classes), 40, value)

    cells = published([cell((0, 4), 20.0), cell((1, 3), 50.0), cell((2,), 30.0)])
    read = reading(question, cells)
    assert [option.label for option in read.options] == ["Красный или Синий", "Зелёный", "Серый или нет ответа"]
    found = figures(question, cells, EVERYBODY)
    assert [found.values[option.key] for option in read.options] == [50, 30, 20]
    assert found.n == 40


def test_a_withheld_mark_keeps_its_line_and_looks_like_an_empty_one() -> None:
    form = survey.definition()
    cells = published([Cell(Cut.MUNICIPALITY, ALL, share_measure("palette", (2,)), 40, 55.0)])
    read = reading(form.by_name("palette"), cells)
    assert read.shape is Shape.SEVERAL
    assert len(read.options) == 4
    assert set(figures(form.by_name("palette"), cells, EVERYBODY).values) == {"green"}
    ranks = published([Cell(Cut.MUNICIPALITY, ALL, rank_measure("order", 1), 40, 1.5)])
    assert figures(form.by_name("order"), ranks, EVERYBODY).values == {"good": 1.5}


async def test_a_coordinator_sees_only_a_cluster_that_is_the_own_organisation_alone(
    db: Database, clock: SetClock
) -> None:
    world, campaign = await closed(db, clock)
    whole = await look(world, campaign, ResultCut.CLUSTER)
    assert len(one(whole, "day_scale").rows) > 1
    alone: Actor = world.coordinator("kindergarten")
    found = await look(world, campaign, ResultCut.CLUSTER, alone)
    assert found.cuts == (ResultCut.CLUSTER,)
    assert list(rows(one(found, "day_scale"))) == ["kindergarten"]
    assert not found.sees_answers
    together = world.coordinator("school-2")
    await put_together(world, campaign, "school-1", "school-2")
    assert (await look(world, campaign, actor=together)).cuts == ()
    with pytest.raises(NotFound):
        await look(world, campaign, ResultCut.CLUSTER, together)
    with pytest.raises(NotFound):
        await look(world, campaign, ResultCut.KIND, alone)
    async with db.read() as session:
        with pytest.raises(NotFound):
            await texts(session, alone, campaign, "words", "1")


async def test_the_wave_before_stands_beside_only_when_it_has_published(db: Database, clock: SetClock) -> None:
    world, first = await closed(db, clock)
    clock.advance(days=10)
    second = await releases.opened(world, title="Осень")
    await releases.answer_all(world, second, world.everybody)
    await world.close(second)
    found = await look(world, second)
    assert found.earlier is not None
    assert (found.earlier.id, found.earlier.comparable) == (first, True)
    previous = one(found, "day_scale").previous
    assert previous is not None
    assert previous.mean == one(await look(world, first), "day_scale").figures.mean
    clock.advance(days=10)
    third = await releases.opened(world, title="Зима")
    fourth = await releases.opened(world, title="Весна")
    await world.close(fourth)
    after = await look(world, fourth)
    assert after.earlier is not None
    assert (after.earlier.id, after.earlier.comparable) == (third, False), "the third is still open"
    assert all(result.previous is None for result in after.all)
