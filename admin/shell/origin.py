"""Whether a request that changes something comes from our own page (STACK.md, "Sessions")."""

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request

from core.errors import AppError

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class ForeignRequest(AppError):
    """The request was sent by another site, or by a form of another session."""

    def __init__(self) -> None:
        super().__init__("foreign_request")


def check_origin(request: Request, own_address: str) -> None:
    """Raises ForeignRequest unless a state-changing request was sent by one of our own pages.

    Browsers tell the origin in `Sec-Fetch-Site`; those that do not (plain http on a network address)
    send `Origin` with every form. Without either the request is not from a form of ours.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise ForeignRequest
        return
    origin = urlsplit(request.headers.get("origin", "")).netloc
    if not origin or origin not in {request.headers.get("host"), urlsplit(own_address).netloc}:
        raise ForeignRequest


def form_token(session_token: str) -> str:
    """Bound to the session without being stored: only who knows the session's secret can make it."""
    return hmac.new(session_token.encode(), b"form", hashlib.sha256).hexdigest()


def check_form_token(given: object, session_token: str) -> None:
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), form_token(session_token).encode()):
        raise ForeignRequest
