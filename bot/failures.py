"""The bot's edge where anything unforeseen is caught, so that one bad row never stops the rest."""

from collections.abc import Awaitable
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Result = TypeVar("Result")

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout, ConnectionError)
"""Locked, full, unreachable or overloaded: the row is not to blame, and trying again will help."""


async def caught(work: Awaitable[Result]) -> Result | Exception:
    """Runs it to the end; returns what it returned, or the error instead of raising it. Cancelling passes through."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001 - the bot's one edge: see the module
        return error


def kind_of(error: Exception) -> str:
    """Which error and where, without its words: those may quote what a person wrote."""
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
