"""Sentences for the keys of core's expected errors and of the pages' own messages.

They stand in `texts.yaml`, here for what many pages say and in a feature's folder for its own.
"""

from functools import cache
from pathlib import Path

import yaml

from core.errors import AppError

ADMIN = Path(__file__).parent.parent


@cache
def _texts() -> dict[str, str]:
    loaded: dict[str, str] = {}
    for file in sorted(ADMIN.glob("*/texts.yaml")):
        own: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert not own.keys() & loaded.keys(), f"{file} says again what another file says"
        loaded |= own
    return loaded


def text(key: str, **params: object) -> str:
    """Plain text (templates escape it); KeyError when there is no such sentence."""
    return _texts()[key].format(**params)


def knows(key: str) -> bool:
    return key in _texts()


def sentence(error: AppError) -> str:
    """What a person reads about an expected error; an unknown key gets the general sentence."""
    if not knows(error.key):
        return text("unexpected")
    return text(error.key, **error.params)
