"""Refusals in the form of the Bot API: {"ok": false, "error_code": …, "description": …, "parameters": …}."""

from typing import Any


class ApiError(Exception):
    """A refusal that the bot gets as its answer."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The JSON that Telegram would send."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(message: str) -> ApiError:
    """400; the first letter becomes small unless the message is a code such as BUTTON_DATA_INVALID (Client.cpp)."""
    is_code = len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z")
    return ApiError(400, "Bad Request: " + (message if is_code else message[0].lower() + message[1:]))


def forbidden(message: str) -> ApiError:
    """403."""
    return ApiError(403, f"Forbidden: {message}")


def conflict(message: str) -> ApiError:
    """409."""
    return ApiError(409, f"Conflict: {message}")


def unauthorized() -> ApiError:
    """401, for a token that is not this bot's."""
    return ApiError(401, "Unauthorized")


def too_many(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def not_imitated(what: str) -> ApiError:
    """400 for what Telegram may know and the stand-in does not: better loud than silently accepted."""
    return ApiError(400, f"Bad Request: stand-in does not know {what}")
