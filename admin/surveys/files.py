"""Files that pages give out."""

import asyncio
import re
from urllib.parse import quote

from fastapi.responses import Response

from core.surveys.model import SurveyDefinition
from core.surveys.xlsform import template_workbook, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 100
_UNFIT = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')
"""What some system cannot have in the name of a file."""


async def workbook(definition: SurveyDefinition) -> Response:
    content = await asyncio.to_thread(write_workbook, definition)
    return attachment(content, f"{definition.title}, версия {definition.version}")


async def template() -> Response:
    return attachment(await asyncio.to_thread(template_workbook), "Образец анкеты")


def attachment(content: bytes, name: str) -> Response:
    """To be saved, never shown; the name as RFC 5987 has it, with a plain one for old programs."""
    fit = " ".join(_UNFIT.sub(" ", name).split()).strip(". ")[:_LONGEST] or "file"
    disposition = f"attachment; filename=\"survey.xlsx\"; filename*=UTF-8''{quote(fit + '.xlsx', safe='')}"
    return Response(content, media_type=XLSX, headers={"Content-Disposition": disposition})


def card_address(code: str) -> str:
    """Of a survey's page; codes may have Russian letters."""
    return f"/surveys/{quote(code, safe='')}"
