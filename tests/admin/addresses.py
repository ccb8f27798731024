"""Every address of the admin, out of the application itself: what is added there is tested without being named here."""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from admin.app import ROUTERS


def _addresses() -> list[tuple[str, str]]:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router in ROUTERS:
        app.include_router(router)
    return [(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods]


ADDRESSES = _addresses()
"""Method and path with its parameters in braces."""
CHANGING = [path for method, path in ADDRESSES if method != "GET"]
READING = [path for method, path in ADDRESSES if method == "GET"]


def filled(path: str, value: str = "1") -> str:
    return re.sub(r"\{[^}]+\}", value, path)


def routes() -> Iterator[APIRoute]:
    for router in ROUTERS:
        yield from _of(router)


def _of(router: APIRouter) -> Iterator[APIRoute]:
    for one in router.routes:
        if isinstance(one, APIRoute):
            yield one
        else:
            inner: Any = one
            yield from _of(inner.original_router)


def calls(dependant: Dependant) -> set[Any]:
    """Every function that is asked before the page's own."""
    found = {dependant.call}
    for one in dependant.dependencies:
        found |= calls(one)
    return found
