"""Workbooks that pages of the import give out."""

import re
from urllib.parse import quote

from fastapi.responses import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 100
_UNFIT = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')
"""What some system cannot have in the name of a file."""


def attachment(content: bytes, name: str) -> Response:
    """To be saved, never shown; the name as RFC 5987 has it, with a plain one for old programs."""
    fit = " ".join(_UNFIT.sub(" ", name).split()).strip(". ")[:_LONGEST] or "file"
    disposition = f"attachment; filename=\"registry.xlsx\"; filename*=UTF-8''{quote(fit + '.xlsx', safe='')}"
    return Response(content, media_type=XLSX, headers={"Content-Disposition": disposition})
