"""Indicators: the list, the card with its tables, the chart."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from admin.auth import CurrentViewer
from admin.home.words import GROUPS
from admin.indicators import pictures, tables, words
from admin.indicators.rows import lines
from admin.indicators.views import (
    Choice,
    ChoiceHere,
    ViewHere,
    all_views,
    neighbours,
    organisations,
)
from admin.services import ServicesHere
from admin.shell.page import page
from core.charts import svg
from core.errors import NotFound
from core.indicators.model import IndicatorView, Measure
from core.indicators.rules import period_title
from core.indicators.words import BREAKDOWNS

router = APIRouter()


@router.get("/indicators")
async def listing(request: Request, services: ServicesHere, viewer: CurrentViewer, asked: ChoiceHere) -> Response:
    async with services.db.read() as session:
        views = await all_views(session, services, viewer, asked)
        places = await organisations(session, viewer)
    grouped = groupby(views, key=lambda view: view.passport.group)
    return page(
        request,
        "indicators/list.html",
        viewer,
        groups=[(GROUPS[group], [line for view in members for line in lines(view)]) for group, members in grouped],
        subtitle=_subtitle(views[0]) if views else "",
        organisations=places,
        asked=asked,
    )


@router.get("/indicators/{code}")
async def card(
    request: Request, services: ServicesHere, viewer: CurrentViewer, view: ViewHere, asked: ChoiceHere
) -> Response:
    own = lines(view)[0]
    async with services.db.read() as session:
        places = await organisations(session, viewer)
    return page(
        request,
        "indicators/card.html",
        viewer,
        view=view,
        passport=view.passport,
        subtitle=_subtitle(view),
        period=period_title(view.period),
        own=own,
        previous=_said(view, view.previous),
        beside=None if view.beside is None else _said(view, view.beside),
        target=_target(view),
        missing=_missing(view),
        chart=_chart(view, asked),
        parts=tables.parts(view),
        part_words=words.part_words(view.passport.code),
        bands=tables.bands(view),
        breakdowns=tables.breakdowns(view),
        organisations=places,
        asked=asked,
        neighbours=neighbours(services, viewer, view),
        cuts=[BREAKDOWNS[one].lower() for one in view.passport.breakdowns],
    )


@router.get("/indicators/{code}/chart.svg")
async def chart_svg(view: ViewHere) -> Response:
    return Response(_drawn(view), media_type="image/svg+xml")


@router.get("/indicators/{code}/chart.png")
async def chart_png(services: ServicesHere, view: ViewHere) -> Response:
    return Response(await services.rasteriser.png(_drawn(view)), media_type="image/png")


def _drawn(view: IndicatorView) -> str:
    """Raises NotFound when there is no value to draw."""
    chart = pictures.chart(view)
    if chart is None:
        raise NotFound
    return svg.draw(chart)


def _chart(view: IndicatorView, asked: Choice) -> dict[str, str] | None:
    chart = pictures.chart(view)
    if chart is None:
        return None
    address = asked.address(f"/indicators/{view.passport.code}/chart.png")
    # The chart's own code escapes what it is given; inside the page it has the page's font.
    return {"svg": Markup(svg.draw(chart)), "png": address}  # noqa: S704


def _subtitle(view: IndicatorView) -> str:
    return f"{view.scope.title}, {period_title(view.period)}"


def _said(view: IndicatorView, measure: Measure | None) -> dict[str, str]:
    value = words.value(measure, view.passport.unit) or words.absent(view.passport)
    return {"value": value, "people": words.people(measure)}


def _target(view: IndicatorView) -> dict[str, str] | None:
    if view.target is None:
        return None
    origin = words.ORIGINS[view.target.origin]
    return {"value": words.target_value(view.target), "words": words.target(view.target), "origin": origin}


def _missing(view: IndicatorView) -> list[str]:
    own = view.measure.missing if view.measure else ()
    return list(dict.fromkeys((*view.missing, *own)))
