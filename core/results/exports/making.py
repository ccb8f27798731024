"""Which tables go into a file, and the file out of them."""

import random
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied, NotFound
from core.people.model import Actor
from core.releases.queries import released_texts
from core.results import queries
from core.results.exports.aggregates import figures_table
from core.results.exports.codebook import about, codebook
from core.results.exports.responses import responses
from core.results.exports.spss import write_sav
from core.results.model import CampaignResults
from core.results.source import Source
from core.tables.csvfile import write_csv
from core.tables.table import Cell, Kind, Table, Variable
from core.tables.workbook import write_xlsx
from storage.models import Municipality


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    SAV = "sav"


async def tables(
    session: AsyncSession, actor: Actor, campaign_id: int, format_: Format, now: datetime
) -> tuple[CampaignResults, list[Table]]:
    """The main table first, unless it is a workbook.

    Raises NotFound for a campaign out of reach and for a protected one that has not closed, Denied for those who
    do not manage the municipality.
    """
    found = await queries.results(session, actor, campaign_id)
    if not found.campaign.may_change:
        raise Denied
    if not found.ready:
        raise NotFound
    main = await _main(session, actor, found)
    if format_ is not Format.XLSX:
        return found, [main]
    municipality = await session.get_one(Municipality, found.campaign.row.municipality_id)
    head = about(found, now.astimezone(ZoneInfo(municipality.timezone)))
    if found.source is Source.RELEASE:
        return found, [head, main, *await _texts(session, found)]
    divided = [await queries.results(session, actor, campaign_id, cut) for cut in found.cuts]
    whole = figures_table("Распределения", [found])
    return found, [head, main, whole, figures_table("По группам", divided), codebook(main)]


def render(format_: Format, made: Sequence[Table], title: str) -> bytes:
    """Takes seconds for a large campaign: call it in a thread. Raises AppError `results.no_spss`."""
    match format_:
        case Format.XLSX:
            return write_xlsx(made)
        case Format.CSV:
            return write_csv(made[0])
        case Format.SAV:
            return write_sav(made[0], title)


async def _main(session: AsyncSession, actor: Actor, found: CampaignResults) -> Table:
    """Answers of a named campaign; of a protected one its published figures in all cuts."""
    if found.source is Source.ANSWERS:
        return await responses(session, found)
    row = found.campaign.row
    divided = [await queries.results(session, actor, row.id, cut) for cut in found.cuts]
    return figures_table("Итоги", [found, *divided])


async def _texts(session: AsyncSession, found: CampaignResults) -> list[Table]:
    """What was released, question by question, each time in another order."""
    labels = {result.name: result.label for result in found.questions}
    written = await released_texts(session, found.campaign.row.id)
    if not written:
        return []
    random.SystemRandom().shuffle(written)
    order = list(labels)
    written.sort(key=lambda one: order.index(one[0]) if one[0] in labels else len(order))
    variables = (Variable("question", "Вопрос", Kind.TEXT), Variable("text", "Ответ", Kind.TEXT))
    rows: list[list[Cell]] = [[labels.get(question, question), text] for question, text in written]
    return [Table("Ответы своими словами", variables, rows)]
