"""What is stored about a person as a page to print or as a file for other programs."""

import json
from dataclasses import asdict

from fastapi import Request
from fastapi.responses import Response

from admin.shell.page import page
from core.rights.model import PersonData


def answer(request: Request, data: PersonData, form: str) -> Response:
    """`form` is "json" for the file; anything else is the page."""
    return _json(data) if form == "json" else page(request, "rights/data.html", None, data=data)


def _json(data: PersonData) -> Response:
    content = asdict(data) | {"at": data.at.isoformat()}
    return Response(
        json.dumps(content, ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )
