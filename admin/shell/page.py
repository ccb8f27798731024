"""From a template and its values to an answer."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from admin.shell import flash, formatting, navigation
from core import russian

if TYPE_CHECKING:
    from admin.auth import Viewer

TEMPLATES = Path(__file__).parent.parent / "templates"
STATIC = Path(__file__).parent.parent / "static"


def _assets_version() -> str:
    """Part of every asset's address, so that a browser that keeps them for a week notices a change."""
    content = b"".join(file.read_bytes() for file in sorted(STATIC.iterdir()))
    return hashlib.sha256(content).hexdigest()[:8]


@pass_context
def _moment(context: Context, value: Any) -> str:
    return formatting.moment(value, context["zone"])


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        whole=formatting.whole,
        decimal=formatting.decimal,
        percent=formatting.percent,
        plural=formatting.plural,
        plural_form=russian.plural_form,
        day=formatting.day,
        moment=_moment,
    )
    made.globals["assets_version"] = _assets_version()
    return made


def fragment(template: str, **values: object) -> str:
    """A part of a page as HTML, for pages that refresh a part of themselves."""
    return environment().get_template(template).render(**values)


def page(request: Request, template: str, viewer: "Viewer | None", *, status: int = 200, **values: object) -> Response:
    """A whole page. `viewer` is None on pages that can be seen without signing in."""
    message = flash.read(request)
    frame: dict[str, object] = {
        "viewer": viewer,
        "zone": viewer.municipality.timezone if viewer else "UTC",
        "menu": navigation.groups(viewer.actor) if viewer else [],
        "path": request.url.path,
        "flash": message,
    }
    body = environment().get_template(template).render(**frame, **values)
    response = HTMLResponse(body, status_code=status)
    if message is not None:
        flash.forget(response)
    return response
