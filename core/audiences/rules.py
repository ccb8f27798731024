"""Checks of a saved audience. Pure; every refusal is an AppError."""

from core.errors import AppError

TITLE_LENGTH = 120


def checked_title(title: str) -> str:
    """Without spaces around it. Raises audience.title_empty, audience.title_long."""
    title = " ".join(title.split())
    if not title:
        raise AppError("audience.title_empty")
    if len(title) > TITLE_LENGTH:
        raise AppError("audience.title_long", limit=TITLE_LENGTH)
    return title
