"""One message for the next page. The cookie holds a key and numbers, never a sentence."""

import base64
import binascii
import json
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from admin.shell import texts

COOKIE = "flash"
MAX_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Flash:
    text: str
    good: bool


def redirect(place: str, key: str | None = None, *, good: bool = True, **params: object) -> RedirectResponse:
    """After a change: to `place`, where the sentence of `key` is shown once."""
    response = RedirectResponse(place, status_code=303)
    if key is not None:
        packed = json.dumps([key, good, params], ensure_ascii=False)
        value = base64.urlsafe_b64encode(packed.encode()).decode()
        response.set_cookie(COOKIE, value, max_age=60, httponly=True, samesite="lax")
    return response


def read(request: Request) -> Flash | None:
    """None also for a cookie that is not ours."""
    raw = request.cookies.get(COOKIE, "")
    if not raw or len(raw) > MAX_LENGTH:
        return None
    try:
        key, good, params = json.loads(base64.urlsafe_b64decode(raw))
        return Flash(texts.text(key, **params), bool(good))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, binascii.Error):
        return None


def forget(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
