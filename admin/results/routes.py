"""The results of a campaign: the page, its charts."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from markupsafe import Markup

from admin.campaigns.reach import CampaignHere, Here
from admin.results import exporting, people, texts, words
from admin.results.blocks import SCALES, Block, blocks
from admin.results.pictures import charts
from admin.results.tables import cut_tables, main_table
from admin.services import Services, ServicesHere
from admin.shell.page import page
from admin.shell.words import CAMPAIGN_STATES
from core.charts import svg
from core.charts.model import Chart
from core.errors import NotFound
from core.results import queries
from core.results.model import CampaignResults, ResultCut
from core.results.source import Source
from core.results.words import CUTS

MANY = 60
"""Groups of a cut beyond which tables are opened one by one."""

router = APIRouter()


def asked_cut(cut: Annotated[str, Query(max_length=20)] = "") -> ResultCut | None:
    """Raises NotFound for a word that names no cut; the first line of the selection is empty."""
    if not cut:
        return None
    if cut not in set(ResultCut):
        raise NotFound
    return ResultCut(cut)


AskedCut = Annotated[ResultCut | None, Depends(asked_cut)]
AskedQuestion = Annotated[str, Query(max_length=60)]


@router.get("/campaigns/{campaign_id:int}/results")
async def card(
    request: Request, services: ServicesHere, here: CampaignHere, cut: AskedCut, question: AskedQuestion = ""
) -> Response:
    """`question`: the only one that is divided, where there are many groups."""
    one_by_one = await _is_long(services, here, cut)
    names = await _together(services, here, question) if one_by_one else None
    found = await _found(services, here, cut, names)
    shown = [_shown(found, block) for block in blocks(found)] if found.ready else []
    return page(
        request,
        "results/card.html",
        here.viewer,
        found=found,
        row=found.campaign.row,
        states=CAMPAIGN_STATES,
        protected=found.source is Source.RELEASE,
        blocks=shown,
        cuts=[(one, CUTS[one]) for one in found.cuts],
        one_by_one=one_by_one,
        question=question,
        files=exporting.FILES if found.sees_answers else {},
        why_not_yet=words.WHY_NOT_YET,
        footnote=words.FOOTNOTES[found.source],
    )


@router.get("/campaigns/{campaign_id:int}/results/charts/{key}.svg")
async def chart_svg(services: ServicesHere, here: CampaignHere, key: str) -> Response:
    return Response(svg.draw(await _chart(services, here, key)), media_type="image/svg+xml")


@router.get("/campaigns/{campaign_id:int}/results/charts/{key}.png")
async def chart_png(services: ServicesHere, here: CampaignHere, key: str) -> Response:
    picture = await services.rasteriser.png(svg.draw(await _chart(services, here, key)))
    return Response(picture, media_type="image/png")


router.include_router(texts.router)
router.include_router(people.router)
router.include_router(exporting.router)


async def _found(
    services: Services, here: Here, cut: ResultCut | None = None, names: Collection[str] | None = None
) -> CampaignResults:
    async with services.db.read() as session:
        return await queries.results(session, here.viewer.actor, here.id, cut, names)


async def _together(services: Services, here: Here, question: str) -> tuple[str, ...]:
    """All names of the block that the question stands in; none when no question was asked for."""
    if not question:
        return ()
    found = blocks(await _found(services, here))
    return next((block.names for block in found if question in block.names), ())


async def _is_long(services: Services, here: Here, cut: ResultCut | None) -> bool:
    if cut is None:
        return False
    async with services.db.read() as session:
        return await queries.groups(session, here.viewer.actor, here.id, cut) > MANY


async def _chart(services: Services, here: Here, key: str) -> Chart:
    """Raises NotFound when there is no such chart, or nothing to draw."""
    found = await _found(services, here)
    drawn = {name: chart for block in blocks(found) for name, chart in charts(found, block).items()}
    if key not in drawn:
        raise NotFound
    return drawn[key]


def _shown(found: CampaignResults, block: Block) -> dict[str, object]:
    """A block as the template wants it."""
    return {
        "key": block.key,
        "title": block.title,
        "section": block.section if block.title != block.section else "",
        "names": block.names,
        "wide": len(block.results) > 1 or block.key == SCALES,
        # The chart's own code escapes what it is given; inside the page it has the page's font.
        "charts": [(key, Markup(svg.draw(chart))) for key, chart in charts(found, block).items()],  # noqa: S704
        "table": main_table(found, block),
        "cut_tables": cut_tables(found, block),
        "texts": [(one.name, one.texts) for one in block.results if one.texts is not None],
    }
