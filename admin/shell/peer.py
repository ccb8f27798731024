"""From where a request comes, for throttles."""

from fastapi import Request


def address(request: Request) -> str:
    """Of the browser, or of the proxy before it where none is trusted."""
    return request.client.host if request.client else "unknown"
