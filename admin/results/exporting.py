"""Results as files to take away; each is noted in the audit before it is made."""

import asyncio
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from admin.campaigns.reach import CampaignHere
from admin.services import ServicesHere
from core.errors import NotFound
from core.results import actions
from core.results.exports.making import Format, render, tables

FILES = {Format.XLSX.value: "Excel", Format.CSV.value: "CSV", Format.SAV.value: "SPSS"}
"""What can be taken away, and what the button says."""

_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.SAV: "application/x-spss-sav",
}

router = APIRouter()


@router.get("/campaigns/{campaign_id:int}/results.{ending}")
async def file(services: ServicesHere, here: CampaignHere, ending: str) -> Response:
    """Raises NotFound for another ending, and what core.results.exports.making.tables raises."""
    if ending not in set(Format):
        raise NotFound
    wanted, actor = Format(ending), here.viewer.actor
    await actions.note_export(services.db, services.clock, actor, here.id, wanted)
    now = services.clock.now()
    async with services.db.read() as session:
        found, made = await tables(session, actor, here.id, wanted, now)
    title = found.campaign.row.title
    content = await asyncio.to_thread(render, wanted, made, title)
    return Response(content, media_type=_TYPES[wanted], headers={"Content-Disposition": _disposition(title, wanted)})


def _disposition(title: str, format_: Format) -> str:
    """A plain name for old programs, and the real one as RFC 5987 writes it."""
    name = "".join(one if one.isalnum() or one in " -_.," else "_" for one in f"Итоги {title}").strip()
    return f"attachment; filename=\"results.{format_}\"; filename*=UTF-8''{quote(f'{name}.{format_}', safe='')}"
